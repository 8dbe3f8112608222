import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { fail } from "../../util/check.ts";
import { checkPoints, type Point } from "../vector.ts";

/**
 * Ways to tell vectors v₁…v_n of ℝᵈ apart, built on their frame operator S = Σ vᵢvᵢᵀ (d × d): for states of equal
 * probability the pretty-good measurement reads along S^−½ vᵢ (Hausladen and Wootters 1994), and unambiguous
 * discrimination of independent states along the reciprocal vectors S⁻¹vᵢ (Chefles 1998), for which uⱼ·vᵢ = δᵢⱼ.
 * With more vectors than dimensions S⁻¹vᵢ is the canonical dual frame: the least-squares reading.
 */

/** Σ aᵢbᵢᵀ, d × d. With one argument the frame operator Σ aᵢaᵢᵀ. */
export function outerSum(a: readonly Point[], b: readonly Point[] = a): number[][] {
  checkPoints([...a, ...b]);
  if (a.length !== b.length) fail("number of vectors", b.length, `${a.length}, one for each of the others`);
  return (a[0] ?? []).map((_, row) =>
    b[0]!.map((_, column) => a.reduce((sum, p, i) => sum + p[row]! * b[i]![column]!, 0)),
  );
}

/**
 * Distance of a square matrix from the multiples of the identity, relative to its size: ‖A − (tr A/d)·I‖_F / ‖A‖_F,
 * from 0 (a tight frame, where A is a frame operator) to 1; 0 for the zero matrix.
 */
export function deviationFromIdentity(matrix: readonly Point[]): number {
  const mean = matrix.reduce((sum, row, i) => sum + row[i]!, 0) / matrix.length;
  const square = (of: (x: number, i: number, j: number) => number) =>
    matrix.reduce((sum, row, i) => sum + row.reduce((s, x, j) => s + of(x, i, j) ** 2, 0), 0);
  const size = square((x) => x);
  return size > 0 ? Math.sqrt(square((x, i, j) => (i === j ? x - mean : x)) / size) : 0;
}

const decomposed = (vectors: readonly Point[]) =>
  new EigenvalueDecomposition(new Matrix(outerSum(vectors)), { assumeSymmetric: true });

/** Eigenvalues of the vectors' frame operator, ascending. */
export function frameSpectrum(vectors: readonly Point[]): number[] {
  return decomposed(vectors).realEigenvalues.sort((a, b) => a - b);
}

/** S⁻¹vᵢ for vectors that span ℝᵈ. */
export function reciprocalVectors(vectors: readonly Point[]): Point[] {
  return transformed(vectors, -1);
}

/** S^−½vᵢ for vectors that span ℝᵈ. */
export function prettyGoodVectors(vectors: readonly Point[]): Point[] {
  return transformed(vectors, -0.5);
}

function transformed(vectors: readonly Point[], power: number): Point[] {
  const decomposition = decomposed(vectors);
  const values = decomposition.realEigenvalues;
  const least = Math.min(...values);
  if (!(least > 1e-12 * Math.max(...values)))
    fail("least eigenvalue of the frame operator", least, "one above 0: vectors that span the space");
  const axes = decomposition.eigenvectorMatrix;
  const operator = axes.mmul(Matrix.diag(values.map((value) => value ** power))).mmul(axes.transpose());
  return new Matrix(vectors.map((v) => [...v])).mmul(operator).to2DArray();
}
