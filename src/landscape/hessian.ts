import { Matrix } from "ml-matrix";
import { hessianVectorProduct } from "../models/hessian-vector.ts";
import { layout, type Model } from "../models/model.ts";
import { type Parameters, terms } from "../models/objective.ts";
import { indices } from "../util/numbers.ts";

/** Positions in the flat vector of the parameters that train; or of those that do not. */
export function trainable(model: Model, train = true): number[] {
  return layout(model)
    .slots.filter(({ frozen }) => frozen !== train)
    .flatMap(({ rows, cols, offset }) => indices(rows * cols).map((k) => offset + k));
}

/**
 * The Hessian of the *summed* loss (the mean loss times `terms`), [t × t] over the t parameters that train, in the order of
 * `trainable`; exact, float64. Summed, like `gradientNorm`, so that a curvature means the same at every n.
 * Throws InputError for a unit-norm model.
 */
export function hessian(model: Model, parameters: Parameters): Matrix {
  const product = hessianVectorProduct(model, parameters);
  const positions = trainable(model);
  const direction = new Float64Array(parameters.length);
  const factor = terms(model);
  const rows = positions.map((k) => {
    direction[k] = 1;
    const row = product(direction);
    direction[k] = 0;
    return row;
  });
  const matrix = new Matrix(positions.length, positions.length);
  // Symmetric but for rounding; the decompositions want it exactly so.
  for (const [a, i] of positions.entries())
    for (const [b, j] of positions.entries()) matrix.set(a, b, (factor * rows[a]![j]! + factor * rows[b]![i]!) * 0.5);
  return matrix;
}
