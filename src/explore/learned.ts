import { directions } from "../geometry/directions.ts";
import type { Run } from "../train/run.ts";
import { written } from "./bottleneck.ts";

/**
 * The directions in which a run writes features into its narrowest layer; null for a run that diverged, which has none to
 * speak of, and where a nonlinearity stands before that layer.
 */
export function learnedDirections(run: Run) {
  const points = run.status === "diverged" ? null : written(run);
  return points && directions(points);
}
