import { fail } from "../util/check.ts";
import { lowerBound, upperBound } from "./clopper-pearson.ts";
import type { Bounds } from "./difference.ts";

export interface Superiority extends Bounds {
  /** Pairs with a < b, equal ones, and the rest (a > b, or not comparable because one of them is NaN). */
  readonly below: number;
  readonly ties: number;
  readonly others: number;
  /** below / pairs. */
  readonly proportion: number;
}

/**
 * How often a < b in pairs, such as one quantity of the same seed in two conditions: the proportion of pairs, with exact
 * one-sided bounds of P(a < b) at `errorRate` each. A tie, or a NaN (a run that diverged), counts against the claim.
 */
export function superiority(a: readonly number[], b: readonly number[], errorRate: number): Superiority {
  if (a.length !== b.length)
    fail("pairs", `${a.length} and ${b.length} values`, "as many values on either side");
  const below = a.filter((x, i) => x < b[i]!).length;
  const ties = a.filter((x, i) => x === b[i]).length;
  return {
    below,
    ties,
    others: a.length - below - ties,
    proportion: below / a.length,
    lower: lowerBound(below, a.length, errorRate),
    upper: upperBound(below, a.length, errorRate),
  };
}
