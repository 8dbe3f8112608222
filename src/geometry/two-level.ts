import { checkPoints, norm, type Point } from "./vector.ts";

/** Relative to the largest norm. */
const tolerance = 0.02;

/**
 * Sorts features by their norms into those at the largest norm, those at zero, and those in between: none where every
 * feature is either on one sphere about the origin or at zero. Indices ascending.
 */
export function twoLevel(points: readonly Point[]) {
  checkPoints(points);
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
