import { directions } from "../directions.ts";
import { norm, type Point } from "../vector.ts";

/**
 * What a model shows at one moment, in the plane: the directions of the features whose own output is above `leastOutput` and
 * whose column is longer than `leastNorm`. The output may be as low as 1/m in a group of m features that have merged, so that
 * a merged group counts as one vertex. Columns join when 1 − cos < `tolerance` (8° at 0.01). Vertices come by angle, in
 * [0, 2π) from the x axis, with the features that point there, ascending.
 *
 * @param own each feature's own output when it is active alone
 */
export function outline(
  points: readonly Point[],
  own: readonly number[],
  { leastOutput = 0.25, leastNorm = 0.5, tolerance = 0.01 } = {},
) {
  const shown = points.flatMap((p, i) => (own[i]! > leastOutput && norm(p) > leastNorm ? [i] : []));
  const found = directions(
    shown.map((i) => points[i]!),
    { tolerance },
  ).directions;
  const vertices = found
    .map((d) => ({
      angle: (Math.atan2(d.unit[1]!, d.unit[0]!) + 2 * Math.PI) % (2 * Math.PI),
      members: d.members.map((m) => shown[m]!),
    }))
    .sort((a, b) => a.angle - b.angle);
  const k = vertices.length;
  if (k < 3) return { vertices, gap: Number.POSITIVE_INFINITY, angleError: Number.POSITIVE_INFINITY };
  const even = (2 * Math.PI) / k;
  const gaps = vertices.map(
    ({ angle }, i) => (i + 1 < k ? vertices[i + 1]!.angle : vertices[0]!.angle + 2 * Math.PI) - angle,
  );
  return {
    vertices,
    /** Largest angle between neighbours over 2π/k: 1 for even spacing; Infinity for fewer than three vertices. */
    gap: Math.max(...gaps) / even,
    /** Largest difference of an angle between neighbours from 2π/k, in radians; Infinity for fewer than three. */
    angleError: Math.max(...gaps.map((g) => Math.abs(g - even))),
  };
}
