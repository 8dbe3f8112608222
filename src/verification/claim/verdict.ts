import { lowerBound, upperBound } from "../../statistics/clopper-pearson.ts";

/**
 * - `holds`, `refuted`: the interval lies on one side of the criterion's threshold;
 * - `inconclusive`: it straddles it;
 * - `measured`: an open question, answered with a number and its uncertainty.
 */
export type Verdict = CellVerdict | "measured";
/** Of one population. */
export type CellVerdict = "holds" | "refuted" | "inconclusive";
export const verdicts = ["holds", "refuted", "inconclusive", "measured"] as const satisfies readonly Verdict[];

/** Seeds that met a criterion, out of all seeds trained. */
export interface Count {
  readonly satisfied: number;
  /** Seeds that had not converged, where the claim is about end points: they may yet go either way. */
  readonly undecided: number;
  readonly of: number;
}

/**
 * Exact one-sided Clopper–Pearson bounds of the proportion, each at `errorRate`. Undecided seeds count against the
 * lower bound and for the upper one, so that a missing ending can only make a verdict weaker.
 */
export function interval(count: Count, errorRate: number): readonly [number, number] {
  return [
    lowerBound(count.satisfied, count.of, errorRate),
    upperBound(count.satisfied + count.undecided, count.of, errorRate),
  ];
}

/** Where an interval lies against "the proportion is at least `threshold`" (above it, when `strict`). */
export function judge([low, high]: readonly [number, number], threshold: number, strict: boolean): CellVerdict {
  if (strict ? low > threshold : low >= threshold) return "holds";
  if (strict ? high <= threshold : high < threshold) return "refuted";
  return "inconclusive";
}

/** The verdict of a claim over several cells, which needs them all, or one. */
export function combined(verdicts: readonly CellVerdict[], holdsIn: "every cell" | "some cell"): CellVerdict {
  const [all, one] = holdsIn === "every cell" ? (["holds", "refuted"] as const) : (["refuted", "holds"] as const);
  if (verdicts.every((v) => v === all)) return all;
  return verdicts.includes(one) ? one : "inconclusive";
}
