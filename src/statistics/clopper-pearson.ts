import { fail, finite, wholeNumber } from "../util/check.ts";
import { atLeast, atMost } from "./binomial.ts";

/**
 * The exact (Clopper–Pearson) one-sided lower bound of a proportion: the p at which `successes` or more of `trials`
 * have probability `errorRate`. Whatever the true proportion, it lies below the bound with at most that probability.
 */
export function lowerBound(successes: number, trials: number, errorRate: number): number {
  checkCounts(successes, trials, errorRate);
  if (successes === 0) return 0;
  return bisect((p) => atLeast(successes, trials, p) <= errorRate).below;
}

/** The one-sided upper bound: the p at which `successes` or fewer of `trials` have probability `errorRate`. */
export function upperBound(successes: number, trials: number, errorRate: number): number {
  checkCounts(successes, trials, errorRate);
  if (successes === trials) return 1;
  return bisect((p) => atMost(successes, trials, p) > errorRate).above;
}

/** The neighbouring floats in [0, 1] between which `holds` turns from true to false. */
export function bisect(holds: (p: number) => boolean): { below: number; above: number } {
  let below = 0;
  let above = 1;
  for (;;) {
    const middle = (below + above) / 2;
    if (middle <= below || middle >= above) return { below, above };
    if (holds(middle)) below = middle;
    else above = middle;
  }
}

/** Throws InputError unless 0 < errorRate < 1. */
export function checkErrorRate(errorRate: number): void {
  finite("error rate", errorRate, 0, true);
  if (errorRate >= 1) fail("error rate", errorRate, "a probability below 1");
}

function checkCounts(successes: number, trials: number, errorRate: number): void {
  wholeNumber("trials", trials, 1);
  wholeNumber("successes", successes, 0);
  if (successes > trials) fail("successes", successes, `at most the ${trials} trials`);
  checkErrorRate(errorRate);
}
