import { lowerBound, upperBound } from "./clopper-pearson.ts";

export interface Count {
  readonly successes: number;
  readonly trials: number;
}

/** Each end is one-sided: the truth lies beyond it with at most the error rate. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Bounds of pₐ − p_b for two independent proportions. Each end sets a bound of one against the opposite bound of the other,
 * both exact at half the error rate, so by the union bound the error is never above `errorRate` (and usually well below).
 */
export function differenceBounds(a: Count, b: Count, errorRate: number): Bounds {
  const half = errorRate / 2;
  return {
    lower: lowerBound(a.successes, a.trials, half) - upperBound(b.successes, b.trials, half),
    upper: upperBound(a.successes, a.trials, half) - lowerBound(b.successes, b.trials, half),
  };
}
