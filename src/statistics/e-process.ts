import { fail, finite, wholeNumber } from "../util/check.ts";
import { logTailRatio } from "./beta.ts";
import { bisect, checkErrorRate } from "./clopper-pearson.ts";

/**
 * Evidence about a proportion p that may be looked at after every trial.
 *
 * After S successes and F failures the evidence that p lies above θ is
 *
 *     E = ½ · 1{F = 0} θ^−S  +  ½ · ∫₀¹ u^F (u + (1 − u)/θ)^S du.
 *
 * Each term averages likelihood ratios of a proportion q > θ against θ: the first takes q = 1, the second q = 1 − (1 − θ) u
 * with u uniform. A further trial multiplies such a ratio by q/θ or (1 − q)/(1 − θ), and for p ≤ θ the mean of that factor is
 * at most 1. So E is then a supermartingale that starts at 1, and the chance that it ever reaches 1/ε is at most ε, however
 * often one looks (Ville 1939). Mixing over q, so that none need be guessed, is Robbins 1970; Howard, Ramdas, McAuliffe and
 * Sekhon 2021, and Waudby-Smith and Ramdas 2024, have it for proportions.
 *
 * Every ratio falls as θ rises. So the values of θ that the evidence has not rejected form an interval.
 */
export function logEvidenceAbove(threshold: number, successes: number, failures: number): number {
  finite("threshold", threshold, 0, true);
  if (threshold >= 1) fail("threshold", threshold, "a proportion below 1: no number of trials shows that one is 1");
  wholeNumber("successes", successes, 0);
  wholeNumber("failures", failures, 0);
  return logAbove(threshold, 1 - threshold, successes, failures);
}

/** The evidence that the proportion lies below the threshold: that the failures' lies above 1 − θ. */
export function logEvidenceBelow(threshold: number, successes: number, failures: number): number {
  finite("threshold", threshold, 0, true);
  if (threshold >= 1) fail("threshold", threshold, "a proportion below 1");
  wholeNumber("successes", successes, 0);
  wholeNumber("failures", failures, 0);
  return logAbove(1 - threshold, threshold, failures, successes);
}

/** `rest` is 1 − θ, which is exact where it is the one that was given. */
function logAbove(threshold: number, rest: number, successes: number, failures: number): number {
  // With q for u the integral is θ (1 − I_θ(1 + S, 1 + F)) / (θ^(1+S) (1−θ)^(1+F) / B(1 + S, 1 + F)).
  const mixed = Math.log(threshold) + logTailRatio(threshold, 1 + successes, 1 + failures, rest) - Math.LN2;
  if (failures > 0) return mixed;
  const certain = -successes * Math.log(threshold) - Math.LN2;
  const most = Math.max(mixed, certain);
  return most + Math.log(Math.exp(mixed - most) + Math.exp(certain - most));
}

/**
 * The proportions that neither kind of evidence has rejected, each at `errorRate`: the true one is not among them, at any time,
 * with a probability of at most twice that.
 */
export function sequentialInterval(successes: number, failures: number, errorRate: number): readonly [number, number] {
  checkErrorRate(errorRate);
  const limit = -Math.log(errorRate);
  const above = (p: number) => logEvidenceAbove(p, successes, failures) >= limit;
  const below = (p: number) => logEvidenceBelow(p, successes, failures) < limit;
  return [successes === 0 ? 0 : bisect(above).below, failures === 0 ? 1 : bisect(below).above];
}
