import { EigenvalueDecomposition, type Matrix } from "ml-matrix";

/** Eigenvalues in increasing order, and for each its unit eigenvector. */
export interface Spectrum {
  readonly values: readonly number[];
  readonly vectors: readonly (readonly number[])[];
}

/** The spectrum of a symmetric matrix, such as a `hessian`; ml-matrix sorts it upwards. */
export function spectrum(matrix: Matrix): Spectrum {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  return {
    values: realEigenvalues,
    vectors: realEigenvalues.map((_, k) => eigenvectorMatrix.getColumn(k)),
  };
}

/** An orthonormal basis of the directions whose curvature is within `tolerance` × the largest |eigenvalue| of 0. */
export function flatDirections({ values, vectors }: Spectrum, tolerance: number): (readonly number[])[] {
  const cut = tolerance * Math.max(...values.map(Math.abs));
  return vectors.filter((_, k) => Math.abs(values[k]!) <= cut);
}
