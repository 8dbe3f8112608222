import { fail } from "../../util/check.ts";
import { checkPoints, dot, norm, type Point } from "../vector.ts";

/** Angles of non-zero vectors of ℝ², reduced to [0, period), ascending, in radians. */
function reduced(vectors: readonly Point[], period: number): number[] {
  checkPoints(vectors, [2]);
  return vectors.map(([x, y]) => ((Math.atan2(y!, x!) % period) + period) % period).sort((a, b) => a - b);
}

/** The widest arc of a circle of the given circumference that holds none of the points. */
function widestGap(sorted: readonly number[], circumference: number): number {
  if (sorted.length === 0) return circumference;
  return Math.max(...sorted.map((a, i) => (sorted[i + 1] ?? sorted[0]! + circumference) - a));
}

/**
 * How far vectors of ℝ² are from lying on the half-axes of some orthonormal frame: the largest angle (radians, 0 to π/4)
 * between a vector and its nearest half-axis, in the frame that makes this least.
 */
export function angleOffCross(vectors: readonly Point[]): number {
  return (Math.PI / 2 - widestGap(reduced(vectors, Math.PI / 2), Math.PI / 2)) / 2;
}

/**
 * The width of the widest pair of opposite sectors without a vector in either (radians, 0 to π): π/2 or more when all
 * vectors lie in two opposite quadrants of some frame, edges included.
 */
export function emptyOppositeSectors(vectors: readonly Point[]): number {
  return widestGap(reduced(vectors, Math.PI), Math.PI);
}

/** The bisector of the two longest of some vectors of ℝ², and the angle between these two, in radians. */
export function longestPair(vectors: readonly Point[]): { angle: number; bisector: Point } {
  checkPoints(vectors, [2]);
  if (vectors.length < 2) fail("number of vectors", vectors.length, "at least 2");
  const [a, b] = [...vectors].sort((p, q) => norm(q) - norm(p)) as [Point, Point];
  const [na, nb] = [norm(a), norm(b)];
  return { angle: angleBetween(a, b), bisector: [0, 1].map((k) => a[k]! / na + b[k]! / nb) };
}

/** The angle between two non-zero vectors, in radians from 0 to π. */
export function angleBetween(a: Point, b: Point): number {
  return Math.acos(Math.max(-1, Math.min(1, dot(a, b) / (norm(a) * norm(b)))));
}
