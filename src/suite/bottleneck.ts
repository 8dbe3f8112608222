import { dot, type Point } from "../geometry/vector.ts";
import type { State } from "../train/run.ts";

/** The bottleneck's index in `sizes`. */
function narrowest({ model: { sizes } }: State): number {
  const inner = sizes.slice(1, -1);
  return 1 + inner.indexOf(Math.min(...inner));
}

/**
 * One point a feature: the product of the weights up to the bottleneck, as columns. null behind a nonlinearity, and where
 * there is no layer between features and outputs.
 */
export function written(run: State): Point[] | null {
  const { sizes, layers } = run.model;
  if (sizes.length < 3) return null;
  const bottleneck = narrowest(run);
  if (layers.slice(0, bottleneck - 1).some((layer) => layer.nonlinearity !== "identity")) return null;
  let columns: Point[] = [...run.points];
  for (let layer = 1; layer < bottleneck; layer++) {
    const weights = run.matrix(`weight${layer}`);
    columns = columns.map((column) => weights.map((row) => dot(row, column)));
  }
  return columns;
}

/** The rows that read the outputs straight off the bottleneck, of an untied model. */
export function reading(run: State): Point[] | null {
  const { tied, layers } = run.model;
  return tied || narrowest(run) !== layers.length - 1 ? null : [...run.unembedding];
}
