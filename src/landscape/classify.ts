import { Matrix } from "ml-matrix";
import type { Model } from "../models/model.ts";
import type { Parameters } from "../models/objective.ts";
import { hessian, trainable } from "./hessian.ts";
import { spectrum } from "./spectrum.ts";
import { symmetryDirections } from "./symmetry.ts";

/**
 * Splits the parameters that train, at a critical point, into directions by what the loss does along them to second order. A
 * curvature counts as 0 within `tolerance` × the largest |eigenvalue|; at a point polished to gradient norm 1e-12 true zeros
 * come out near 1e-13, at a float32 end of training near its gradient norm. Near a ReLU's kink the counts describe one side.
 */
export function classify(model: Model, parameters: Parameters, tolerance = 1e-8) {
  const matrix = hessian(model, parameters);
  const indices = trainable(model);
  const symmetries = symmetryDirections(model, parameters).map((v) => indices.map((k) => v[k]!));
  const size = indices.length;
  // On the complement of the symmetries: P H P with P = 1 − S Sᵀ. The symmetries themselves are lifted above every
  // other eigenvalue (none exceeds the Frobenius norm) and then left off.
  const lift = 2 * matrix.norm("frobenius") + 1;
  const basis = symmetries.length > 0 ? new Matrix(symmetries).transpose() : Matrix.zeros(size, 0);
  const shadow = basis.mmul(basis.transpose());
  const complement = Matrix.sub(Matrix.eye(size), shadow);
  const projected = complement.mmul(matrix).mmul(complement).add(shadow.mul(lift));
  const { values } = spectrum(projected.add(projected.transpose()).mul(0.5));
  const eigenvalues = values.slice(0, size - symmetries.length);
  const cut = tolerance * Math.max(0, ...eigenvalues.map(Math.abs));
  const flat = eigenvalues.filter((value) => Math.abs(value) <= cut).length;
  const negative = eigenvalues.filter((value) => value < -cut).length;
  return {
    /** Directions of the continuous symmetries, along which nothing ever changes. */
    symmetry: symmetries.length,
    /** Further directions of zero curvature. */
    flat,
    curved: eigenvalues.length - flat - negative,
    negative,
    /** Of the summed loss's Hessian on the complement of the symmetries, in increasing order. */
    eigenvalues,
  };
}
