import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { finite } from "../util/check.ts";

/** A matrix as rows of one length. */
type Rows = readonly (readonly number[])[];

/** Largest first: so ml-matrix sorts them. */
export function singularValues(matrix: Rows): number[] {
  const m = new Matrix(matrix.map((row) => [...row]));
  return new SingularValueDecomposition(m, { autoTranspose: true }).diagonal;
}

/** How many singular values exceed `tolerance` × the largest. */
export function rank(matrix: Rows, tolerance = 1e-10): number {
  finite("tolerance", tolerance, 0);
  const values = singularValues(matrix);
  return values.filter((value) => value > tolerance * values[0]!).length;
}
