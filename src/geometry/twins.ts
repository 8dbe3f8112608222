import { norm, type Point, squaredDistance } from "./vector.ts";

/**
 * Groups of two or more features that have become the same: columns within `tolerance` of each other (Euclidean, in units
 * of the weights) and biases too, among columns longer than `leastNorm`. Features ascending, a feature joins the first
 * group whose first member it equals.
 */
export function twins(
  points: readonly Point[],
  biases: readonly number[],
  { tolerance = 0.01, leastNorm = 0.3 } = {},
): number[][] {
  const groups: number[][] = [];
  points.forEach((point, i) => {
    if (norm(point) <= leastNorm) return;
    const home = groups.find(
      ([first]) =>
        squaredDistance(points[first!]!, point) < tolerance ** 2 &&
        Math.abs(biases[first!]! - biases[i]!) < tolerance,
    );
    if (home) home.push(i);
    else groups.push([i]);
  });
  return groups.filter((group) => group.length > 1);
}
