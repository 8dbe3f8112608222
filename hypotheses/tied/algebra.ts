import fc from "fast-check";
import { geometry, models, type State, solutions } from "../../src/index.ts";
import { hundredths, listOf } from "../helpers.ts";
import { tied } from "./setup.ts";

/**
 * What the exact claims about tied models share. wᵢ is the embedding's i-th column; "summed loss" is the squared error
 * summed over all inputs and outputs (n² × the mean).
 */

export type Columns = readonly geometry.Point[];
type Nonlinearity = "relu" | "gelu";

/** The tied model with these columns. Parameters are the embedding, [hidden × features], row by row. */
export const withColumns = (w: Columns, nonlinearity: Nonlinearity = "relu") => ({
  model: tied(nonlinearity, w.length, w[0]!.length),
  parameters: Float64Array.from(w[0]!.flatMap((_, row) => w.map((column) => column[row]!))),
  points: w,
});
type WithColumns = Pick<State, "model" | "parameters" | "points">;

export function summedLossAt(w: Columns, nonlinearity?: Nonlinearity): number {
  const { model, parameters } = withColumns(w, nonlinearity);
  return models.terms(model) * models.loss(model, parameters);
}

/** ∂(summed loss)/∂wᵢ, one vector a feature. */
export function summedGradient({ model, parameters, points }: WithColumns): number[][] {
  const { gradient } = models.gradient(model, parameters);
  return points.map((column, i) => column.map((_, row) => models.terms(model) * gradient[row * points.length + i]!));
}

export const noGradient = (w: Columns) =>
  summedGradient(withColumns(w))
    .flat()
    .every((g) => Math.abs(g) < 1e-10);

/** The growth rate that a gradient step gives each column, −(wᵢ·∂L/∂wᵢ)/‖wᵢ‖² with L the summed loss: below 0 it shrinks. */
export function growthRates(state: WithColumns): number[] {
  const gradient = summedGradient(state);
  return state.points.map((w, i) => -geometry.dot(w, gradient[i]!) / geometry.dot(w, w));
}

/** −4(1 − ‖wᵢ‖²)wᵢ + 4 Σ_{j≠i} ReLU(wᵢ·wⱼ)wⱼ, one vector a feature: the derivative of the loss in terms of the columns. */
export function columnGradient(w: Columns): number[][] {
  return w.map((wi, i) =>
    wi.map((x, row) => {
      const own = -4 * (1 - geometry.dot(wi, wi)) * x;
      const others = w.filter((_, j) => j !== i);
      return others.reduce((sum, wj) => sum + 4 * Math.max(0, geometry.dot(wi, wj)) * wj[row]!, own);
    }),
  );
}

/** Any embedding: 2 to 9 features in 1 to 4 dimensions. */
export const embeddings = fc
  .record({ features: fc.integer({ min: 2, max: 9 }), hidden: fc.integer({ min: 1, max: 4 }) })
  .chain(({ features, hidden }) => listOf(listOf(hundredths(-200, 200), hidden), features));

/** Positive numbers that sum to 1. */
export const shares = (count: number) =>
  listOf(fc.integer({ min: 1, max: 100 }), count).map((parts) =>
    parts.map((part) => part / parts.reduce((a, b) => a + b)),
  );

/** Features that take unit directions in turn; a direction's squared norm is split among them in proportion to `parts`. */
export function onDirections(units: Columns, squaredNorms: readonly number[], parts: readonly number[]): Columns {
  const rows = solutions.shareDirections(units, squaredNorms, parts.length, parts);
  return parts.map((_, i) => rows.map((row) => row[i]!));
}

/** Features on the best regular k-gon, or on one whose squared norms are `factor` times as large. */
export const onPolygon = (k: number, parts: readonly number[], factor = 1) =>
  onDirections(geometry.polygon(k), new Array<number>(k).fill(factor * solutions.polygonSquaredNorm(k)), parts);
