import { fail, finite, wholeNumber } from "../util/check.ts";
import { checkErrorRate, lowerBound } from "./clopper-pearson.ts";

/** The fewest trials of which all but `failures` must succeed for the lower bound to reach `threshold`. */
export function trialsNeeded(threshold: number, errorRate: number, failures = 0): number {
  finite("threshold", threshold, 0, true);
  if (threshold >= 1) fail("threshold", threshold, "a proportion below 1: no number of trials shows that one is 1");
  checkErrorRate(errorRate);
  wholeNumber("failures", failures, 0);
  // Once enough, always enough: with as many failures among more trials the bound only rises.
  const enough = (trials: number) => lowerBound(trials - failures, trials, errorRate) >= threshold;
  const from = failures + 1;
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
