import { dot, type Point } from "../geometry/vector.ts";
import type { State } from "../train/run.ts";

/** The narrowest layer's index in `sizes`. */
function narrowest({ sizes }: State["model"]): number {
  const inner = sizes.slice(1, -1);
  return 1 + inner.indexOf(Math.min(...inner));
}

/**
 * How the features are written into the narrowest layer, one point a feature: the product of the weights up to there, as
 * columns. null where a nonlinearity stands before it.
 */
export function written(state: State): Point[] | null {
  const { sizes, layers } = state.model;
  if (sizes.length < 3) return null;
  const bottleneck = narrowest(state.model);
  if (layers.slice(0, bottleneck - 1).some((layer) => layer.nonlinearity !== "identity")) return null;
  let columns: Point[] = [...state.points];
  for (let layer = 1; layer < bottleneck; layer++) {
    const weights = state.matrix(`weight${layer}`);
    columns = columns.map((column) => weights.map((row) => dot(row, column)));
  }
  return columns;
}

/** The rows that read the outputs straight off the narrowest layer, of an untied model. */
export function reading(state: State): Point[] | null {
  const { tied, layers } = state.model;
  return tied || narrowest(state.model) !== layers.length - 1 ? null : [...state.unembedding];
}
