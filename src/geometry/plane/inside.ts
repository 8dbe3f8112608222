import { polygon } from "../polyhedra/shapes.ts";
import { checkPoints, dot, type Point, radius } from "../vector.ts";

const directions = polygon(360);
const margin = 0.02;

/**
 * Which of the points in the plane lie inside the convex hull of them all: those that stay behind the hull's edge by more
 * than a fiftieth of the largest norm, in every one of 360 directions. Indices ascending.
 */
export function inside(points: readonly Point[]): number[] {
  checkPoints(points, [2]);
  const room = margin * radius(points);
  const reach = directions.map((u) => points.map((p) => dot(u, p)));
  const furthest = reach.map((along) => Math.max(...along));
  return points.flatMap((_, i) => (reach.every((along, k) => along[i]! < furthest[k]! - room) ? [i] : []));
}
