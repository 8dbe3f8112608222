import { Matrix } from "ml-matrix";
import { kinkDistance } from "../models/layers.ts";
import type { Model } from "../models/model.ts";
import type { Parameters } from "../models/objective.ts";
import { hessian, trainable } from "./hessian.ts";
import { spectrum } from "./spectrum.ts";
import { symmetryDirections } from "./symmetry.ts";

/** The directions at a critical point, sorted by what the loss does along them to second order. */
export interface Classification {
  /** Directions of the continuous symmetries, along which nothing ever changes. */
  readonly symmetry: number;
  /** Further directions of zero curvature. */
  readonly flat: number;
  readonly curved: number;
  readonly negative: number;
  /** Of the summed loss's Hessian on the complement of the symmetries, in increasing order. */
  readonly eigenvalues: readonly number[];
  /** See `kinkDistance`: where it is about 0 the counts describe one side of a kink only. */
  readonly kinkDistance: number;
}

/**
 * Splits the parameters that train into symmetry, flat, curved and negative directions. A curvature counts as 0 within
 * `tolerance` × the largest |eigenvalue|; at a point polished to gradient norm 1e-12 true zeros come out near 1e-13, at a
 * float32 end of training near its gradient norm.
 */
export function classify(model: Model, parameters: Parameters, tolerance = 1e-8): Classification {
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
    symmetry: symmetries.length,
    flat,
    curved: eigenvalues.length - flat - negative,
    negative,
    eigenvalues,
    kinkDistance: kinkDistance(model, parameters),
  };
}
