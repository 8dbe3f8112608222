import { Matrix, SingularValueDecomposition } from "ml-matrix";

const tolerance = 1e-10;

/** How many singular values of a matrix, given as rows, exceed 1e-10 of the largest. */
export function rank(matrix: readonly (readonly number[])[]): number {
  const rows = new Matrix(matrix.map((row) => [...row]));
  // ml-matrix sorts them, largest first.
  const values = new SingularValueDecomposition(rows, { autoTranspose: true }).diagonal;
  return values.filter((value) => value > tolerance * values[0]!).length;
}
