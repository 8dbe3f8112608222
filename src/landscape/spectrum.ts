import { EigenvalueDecomposition, type Matrix } from "ml-matrix";

/** The eigenvalues of a symmetric matrix, such as a `hessian`, and for each its unit eigenvector; ml-matrix sorts upwards. */
export function spectrum(matrix: Matrix) {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  return {
    values: realEigenvalues,
    vectors: realEigenvalues.map((_, k) => eigenvectorMatrix.getColumn(k)),
  };
}
