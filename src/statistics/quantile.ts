import { fail, finite } from "../util/check.ts";
import { atLeast, atMost } from "./binomial.ts";
import { checkErrorRate } from "./clopper-pearson.ts";

/** Sorted, none of them NaN. Infinite values are kept: a diverged loss is a large one. */
function sorted(values: readonly number[]): Float64Array {
  if (values.length === 0) fail("values", values, "at least one number");
  if (values.some(Number.isNaN)) fail("values", Number.NaN, "numbers");
  return Float64Array.from(values).sort();
}

function checkLevel(level: number): void {
  finite("quantile", level, 0);
  if (level > 1) fail("quantile", level, "a fraction in [0, 1]");
}

/** The sample quantile that interpolates linearly between order statistics (type 7 of Hyndman and Fan, 1996). */
export function quantile(values: readonly number[], level: number): number {
  checkLevel(level);
  const order = sorted(values);
  const position = (order.length - 1) * level;
  const below = order[Math.floor(position)]!;
  const above = order[Math.ceil(position)]!;
  // Between two equal values there is nothing to interpolate (and two infinities would give NaN).
  return below === above ? below : below + (position % 1) * (above - below);
}

/**
 * Exact bounds of the population's quantile, each one-sided at `errorRate`, for any distribution: order statistics
 * chosen by the binomial tail (Conover, Practical Nonparametric Statistics, 3.2). Where the sample is too small for
 * an end, that end is infinite.
 */
export function quantileBounds(
  values: readonly number[],
  level: number,
  errorRate: number,
): { lower: number; upper: number } {
  checkLevel(level);
  checkErrorRate(errorRate);
  const order = sorted(values);
  const n = order.length;
  // The r-th smallest lies above the quantile only if fewer than r values are at or below it.
  // That at most n are is certain, and that at least 0 are: either is above the error rate, so r ends by n, and s by 1.
  let r = 0;
  while (atMost(r, n, level) <= errorRate) r++;
  let s = n + 1;
  while (atLeast(s - 1, n, level) <= errorRate) s--;
  return {
    lower: order[r - 1] ?? Number.NEGATIVE_INFINITY,
    upper: order[s - 1] ?? Number.POSITIVE_INFINITY,
  };
}
