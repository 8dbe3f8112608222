import { norm, type Point, squaredDistance } from "./vector.ts";

/** Distance of columns (Euclidean, in units of the weights), and of biases, below which they count as the same. */
const tolerance = 0.01;

/**
 * Groups of two or more features that have become the same, column and bias, among columns longer than `leastNorm`.
 * Features ascending, a feature joins the first group whose first member it equals.
 */
export function twins(points: readonly Point[], biases: readonly number[], { leastNorm = 0.3 } = {}): number[][] {
  const groups: number[][] = [];
  points.forEach((point, i) => {
    if (norm(point) <= leastNorm) return;
    const home = groups.find(
      ([first]) =>
        squaredDistance(points[first!]!, point) < tolerance ** 2 && Math.abs(biases[first!]! - biases[i]!) < tolerance,
    );
    if (home) home.push(i);
    else groups.push([i]);
  });
  return groups.filter((group) => group.length > 1);
}
