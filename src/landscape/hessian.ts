import { Matrix } from "ml-matrix";
import { hessianVectorProduct } from "../models/hessian-vector.ts";
import { layout, type Model } from "../models/model.ts";
import { type Parameters, terms } from "../models/objective.ts";

/** Positions in the flat vector of the parameters that train. */
export function trainable(model: Model): number[] {
  return layout(model)
    .slots.filter((slot) => !slot.frozen)
    .flatMap(({ rows, cols, offset }) => Array.from({ length: rows * cols }, (_, k) => offset + k));
}

/**
 * The Hessian of the *summed* loss (the mean loss times `terms`), [t × t] over the t parameters that train, in the order of
 * `trainable`; exact, float64. Summed, like `gradientNorm`, so that a curvature means the same at every n.
 * Throws InputError for a unit-norm model.
 */
export function hessian(model: Model, parameters: Parameters): Matrix {
  const product = hessianVectorProduct(model, parameters);
  const indices = trainable(model);
  const direction = new Float64Array(parameters.length);
  const factor = terms(model);
  const rows = indices.map((k) => {
    direction[k] = 1;
    const row = product(direction);
    direction[k] = 0;
    return row;
  });
  const matrix = new Matrix(indices.length, indices.length);
  // Symmetric but for rounding; the decompositions want it exactly so.
  for (const [a, i] of indices.entries())
    for (const [b, j] of indices.entries())
      matrix.set(a, b, (factor * rows[a]![j]! + factor * rows[b]![i]!) * 0.5);
  return matrix;
}
