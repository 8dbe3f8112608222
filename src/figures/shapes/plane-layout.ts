import { type Direction, type DirectionOptions, directions } from "../../geometry/directions.ts";
import { fail, finite } from "../../util/check.ts";

/** A feature's column in the plane, [x, y]. */
export type Vector = readonly number[];

export interface Member {
  readonly x: number;
  readonly y: number;
  readonly norm: number;
  readonly value: number | undefined;
}

/** Members that lie on one ray from the origin, nearest first. */
export interface Ray {
  readonly angle: number;
  readonly members: readonly Member[];
  /** √Σ‖w‖² over the members: what a shared direction is worth to a ReLU model. */
  readonly combinedNorm: number;
}

/**
 * Sorts columns into rays (see `directions`: the same grouping that counts them) and counts those at the origin. The
 * result does not depend on the order of the columns.
 */
export function rays(
  points: readonly Vector[],
  values: readonly number[] | undefined,
  grouping: DirectionOptions,
): { rays: Ray[]; atOrigin: number } {
  for (const [i, point] of points.entries()) {
    if (point.length !== 2) fail(`point ${i}`, point, "two coordinates");
    for (const [c, name] of ["x", "y"].entries()) finite(`${name} of point ${i}`, point[c]);
  }
  const found = directions(points, grouping);
  const toRay = ({ unit, norm, members }: Direction): Ray => ({
    angle: Math.atan2(unit[1]!, unit[0]!),
    combinedNorm: norm,
    members: members
      .map((i): Member => {
        const [x, y] = points[i] as readonly [number, number];
        return { x, y, norm: Math.hypot(x, y), value: values?.[i] };
      })
      .sort((a, b) => a.norm - b.norm || (a.value ?? 0) - (b.value ?? 0)),
  });
  return {
    rays: found.directions.map(toRay).sort((a, b) => a.angle - b.angle),
    atOrigin: found.unlearned.length,
  };
}

/** Corners of the convex hull, counter-clockwise from the leftmost (Andrew's monotone chain). */
export function convexHull(points: readonly Vector[]): Vector[] {
  const sorted = [...points].sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!);
  const chain = (order: readonly Vector[]) => {
    const kept: Vector[] = [];
    for (const p of order) {
      while (kept.length > 1 && turn(kept.at(-2)!, kept.at(-1)!, p) <= 0) kept.pop();
      kept.push(p);
    }
    return kept.slice(0, -1);
  };
  return [...chain(sorted), ...chain(sorted.reverse())];
}

function turn(a: Vector, b: Vector, c: Vector): number {
  return (b[0]! - a[0]!) * (c[1]! - a[1]!) - (b[1]! - a[1]!) * (c[0]! - a[0]!);
}
