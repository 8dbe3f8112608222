import { type Direction, type DirectionOptions, directions } from "../../geometry/directions.ts";
import { checkPoints } from "../../geometry/vector.ts";

/** A feature's column in the plane, [x, y]. */
export type Vector = readonly number[];

/** Members that lie on one ray from the origin, nearest first. */
export type Ray = ReturnType<typeof rays>["rays"][number];

/**
 * Sorts columns into rays (see `directions`: the same grouping that counts them) and counts those at the origin. The
 * result does not depend on the order of the columns.
 */
export function rays(points: readonly Vector[], values: readonly number[] | undefined, grouping: DirectionOptions) {
  checkPoints(points, [2]);
  const found = directions(points, grouping);
  const toRay = ({ unit, norm, members }: Direction) => ({
    angle: Math.atan2(unit[1]!, unit[0]!),
    /** √Σ‖w‖² over the members: what a shared direction is worth to a ReLU model. */
    combinedNorm: norm,
    members: members
      .map((i) => {
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
