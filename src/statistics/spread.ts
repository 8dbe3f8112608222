import { fail, finite } from "../util/check.ts";
import { mean, sum } from "../util/numbers.ts";

/**
 * Pearson's χ² of counts against an even spread, Σ (c − m)²/m with m their mean; 0 for equal counts. Things thrown into k
 * places independently and evenly give k − 1 on average.
 */
export function unevenness(counts: readonly number[]): number {
  const total = sum(counts);
  if (!(total > 0)) fail("counts", counts, "at least one, not all 0");
  const even = total / counts.length;
  return sum(counts.map((c) => (c - even) ** 2)) / even;
}

/** How many equal shares are as concentrated as these, (Σx)²/Σx²: n for n equal ones, 1 for one that holds everything. */
export function effectiveNumber(shares: readonly number[]): number {
  for (const share of shares) finite("share", share, 0);
  const squares = sum(shares.map((x) => x * x));
  if (!(squares > 0)) fail("shares", shares, "at least one above 0");
  return sum(shares) ** 2 / squares;
}

/**
 * Correlation of y with x within groups: of their deviations from the means of each group, pooled. Groups of one tell
 * nothing. NaN where nothing varies.
 */
export function correlationWithin(groups: readonly (readonly (readonly [x: number, y: number])[])[]): number {
  let [xx, xy, yy] = [0, 0, 0];
  for (const group of groups) {
    const [mx, my] = [0, 1].map((k) => mean(group.map((pair) => pair[k]!))) as [number, number];
    for (const [x, y] of group) {
      xx += (x - mx) ** 2;
      xy += (x - mx) * (y - my);
      yy += (y - my) ** 2;
    }
  }
  return xy / Math.sqrt(xx * yy);
}
