import { fail, finite, wholeNumber } from "../util/check.ts";
import { checkErrorRate, lowerBound, upperBound } from "./clopper-pearson.ts";

/** The fewest trials of which all but `failures` must succeed for the lower bound to reach `threshold`. */
export function trialsNeeded(threshold: number, errorRate: number, failures = 0): number {
  checkQuestion(threshold, errorRate);
  wholeNumber("failures", failures, 0);
  return smallest(failures + 1, (n) => lowerBound(n - failures, n, errorRate) >= threshold);
}

/** The fewest trials of which no more than `successes` may succeed for the upper bound to stay below `threshold`. */
export function trialsToRefute(threshold: number, errorRate: number, successes = 0): number {
  checkQuestion(threshold, errorRate);
  wholeNumber("successes", successes, 0);
  return smallest(successes + 1, (n) => upperBound(successes, n, errorRate) < threshold);
}

function checkQuestion(threshold: number, errorRate: number): void {
  finite("threshold", threshold, 0, true);
  if (threshold >= 1)
    fail("threshold", threshold, "a proportion below 1: no number of trials shows that one is 1");
  checkErrorRate(errorRate);
}

/** The least n ≥ from at which `enough` holds, for one that keeps holding from there on. */
function smallest(from: number, enough: (n: number) => boolean): number {
  if (enough(from)) return from;
  let step = 1;
  while (!enough(from + step)) step *= 2;
  let short = from + Math.floor(step / 2);
  let long = from + step;
  while (long - short > 1) {
    const middle = Math.floor((short + long) / 2);
    if (enough(middle)) long = middle;
    else short = middle;
  }
  return long;
}
