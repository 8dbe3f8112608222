import { directions } from "../geometry/directions.ts";
import type { Run } from "../train/run.ts";

/** The directions of a run's embedding; null for a run that diverged, which has none to speak of. */
export const learnedDirections = (run: Run) => (run.status === "diverged" ? null : directions(run.points));
