import { fail, finite } from "../util/check.ts";
import { checkPoints, norm, type Point } from "./vector.ts";

export interface TwoLevel {
  /** Features whose norm is within `tolerance` of the largest one, relative to it; ascending. */
  readonly onRing: readonly number[];
  /** Features no longer than `tolerance` times the largest norm. */
  readonly atZero: readonly number[];
  /** All others: none where every feature is either on one sphere about the origin or at zero. */
  readonly between: readonly number[];
}

/**
 * Sorts features by their norms into those at the largest norm, those at zero, and those in between.
 * Throws InputError unless the tolerance is above 0 and below 0.5.
 */
export function twoLevel(points: readonly Point[], tolerance = 0.02): TwoLevel {
  checkPoints(points);
  if (finite("tolerance", tolerance, 0, true) >= 0.5)
    fail(
      "tolerance",
      tolerance,
      "a number below 0.5: from there on a feature could be on the ring and at zero",
    );
  const norms = points.map(norm);
  const largest = Math.max(...norms);
  const those = (test: (share: number) => boolean) =>
    norms.flatMap((length, i) => (test(largest === 0 ? 0 : length / largest) ? [i] : []));
  return {
    onRing: those((share) => share >= 1 - tolerance),
    atZero: those((share) => share <= tolerance),
    between: those((share) => share > tolerance && share < 1 - tolerance),
  };
}
