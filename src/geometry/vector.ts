import { fail } from "../util/check.ts";
import { mean } from "../util/numbers.ts";

/** A vector of ℝᵈ: an embedding column, in units of the weights. */
export type Point = readonly number[];

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

export function norm(a: ArrayLike<number>): number {
  return Math.sqrt(dot(a, a));
}

export function add(a: Point, b: Point): number[] {
  return a.map((x, i) => x + b[i]!);
}

export function subtract(a: Point, b: Point): number[] {
  return a.map((x, i) => x - b[i]!);
}

export function scale(a: Point, factor: number): number[] {
  return a.map((x) => x * factor);
}

/** a divided by its norm; the caller sees to it that a is not zero. */
export function unit(a: Point): number[] {
  return scale(a, 1 / norm(a));
}

export function squaredDistance(a: Point, b: Point): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}

/** a × b in ℝ³. */
export function cross(a: Point, b: Point): [number, number, number] {
  return [a[1]! * b[2]! - a[2]! * b[1]!, a[2]! * b[0]! - a[0]! * b[2]!, a[0]! * b[1]! - a[1]! * b[0]!];
}

/** The mean of points, at least one. */
export function centroid(points: readonly Point[]): number[] {
  return points[0]!.map((_, k) => mean(points.map((p) => p[k]!)));
}

/** The largest norm among the points; 0 for none. The scale that relative tolerances refer to. */
export function radius(points: readonly Point[]): number {
  return Math.max(0, ...points.map(norm));
}

/** Checks that every point is finite and has one of the `allowed` dimensions, the same for all. */
export function checkPoints(points: readonly Point[], allowed?: readonly number[]): void {
  const d = points[0]?.length;
  for (const point of points) {
    if (point.length !== d || point.length === 0 || !isFinitePoint(point))
      fail("point", point, `${d || "one or more"} finite coordinates, as many as the first point has`);
  }
  if (d !== undefined && allowed && !allowed.includes(d))
    fail("point", points[0], `${allowed.join(" or ")} coordinates`);
}

/** A plain loop: every measurement of every checkpoint asks. */
function isFinitePoint(point: Point): boolean {
  for (let i = 0; i < point.length; i++) if (!Number.isFinite(point[i])) return false;
  return true;
}
