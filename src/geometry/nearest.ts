import { fail } from "../util/check.ts";
import { checkPoints, dot, type Point } from "./vector.ts";

/** For each point the index of the unit vector it makes the smallest angle with; the first of several. */
export function nearestDirections(points: readonly Point[], units: readonly Point[]): number[] {
  if (units.length === 0) fail("directions", units, "at least one");
  checkPoints([...points, ...units]);
  return points.map((point) => {
    let nearest = 0;
    units.forEach((u, k) => {
      if (dot(point, u) > dot(point, units[nearest]!)) nearest = k;
    });
    return nearest;
  });
}
