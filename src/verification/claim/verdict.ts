import { logEvidenceAbove, logEvidenceBelow } from "../../statistics/e-process.ts";

/**
 * - `holds`: in every cell there is evidence enough that the share of seeds lies above the criterion's threshold;
 * - `refuted`: in some cell, that it lies below, and in none that it lies above;
 * - `in part`: some cells hold, others are refuted;
 * - `inconclusive`: the seeds ran out before that;
 * - `measured`: an open question, answered with a number and its uncertainty.
 */
export type Verdict = CellVerdict | "in part" | "measured";
/** Of one population. */
export type CellVerdict = "holds" | "refuted" | "inconclusive";

export const verdicts = [
  "holds",
  "refuted",
  "in part",
  "inconclusive",
  "measured",
] as const satisfies readonly Verdict[];

/** Seeds that met a criterion, out of all seeds trained. */
export interface Count {
  readonly satisfied: number;
  /** Seeds that had not converged, where the claim is about end points: they may yet go either way. */
  readonly undecided: number;
  readonly of: number;
}

/** log10 of the evidence that the share of seeds lies above a threshold, and below it. */
export interface Weight {
  readonly above: number;
  readonly below: number;
}

/**
 * The evidence for either verdict (`statistics/e-process.ts`). Undecided seeds count against both, so that a missing ending can
 * only make a verdict weaker.
 */
export function weigh({ satisfied, undecided, of }: Count, threshold: number): Weight {
  return {
    above: logEvidenceAbove(threshold, satisfied, of - satisfied) / Math.LN10,
    below: logEvidenceBelow(threshold, satisfied + undecided, of - satisfied - undecided) / Math.LN10,
  };
}

/** What the evidence decides: it is wrong with a probability of at most `errorRate`, however often it is looked at. */
export function judge({ above, below }: Weight, errorRate: number): CellVerdict {
  const enough = -Math.log10(errorRate);
  if (above >= enough) return "holds";
  return below >= enough ? "refuted" : "inconclusive";
}

/** The verdict of a claim over several cells, which needs them all, or one. */
export function combined(
  all: readonly CellVerdict[],
  holdsIn: "every cell" | "some cell",
): Exclude<Verdict, "measured"> {
  const has = (verdict: CellVerdict) => all.includes(verdict);
  if (holdsIn === "some cell") return has("holds") ? "holds" : has("inconclusive") ? "inconclusive" : "refuted";
  if (has("refuted")) return has("holds") ? "in part" : "refuted";
  return has("inconclusive") ? "inconclusive" : "holds";
}
