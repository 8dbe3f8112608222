import fc from "fast-check";
import { apply, frame, type Isometry, mirrored } from "../symmetry/isometry.ts";
import type { Point } from "../vector.ts";

const coordinate = fc.double({ min: -1, max: 1, noNaN: true });

/** Rotations of ℝ² or ℝ³, with a reflection or without. */
export function isometries(d: 2 | 3): fc.Arbitrary<Isometry> {
  const vector = fc.tuple(...Array.from({ length: d }, () => coordinate));
  return fc
    .tuple(vector, vector, fc.boolean())
    .map(([a, b, flip]) => {
      const axes = Math.hypot(...a) > 0.1 ? frame(a, b) : undefined;
      return axes && flip ? mirrored(axes) : axes;
    })
    .filter((axes) => axes !== undefined);
}

export function turned(points: readonly Point[], isometry: Isometry): Point[] {
  return points.map((point) => apply(isometry, point));
}

/** The points with numbers in ±size added that depend on nothing but their places. */
export function jittered(points: readonly Point[], size: number): Point[] {
  return points.map((point, i) => point.map((x, axis) => x + size * Math.sin(12.9 * i + 78.2 * axis + 1)));
}

/** All orders of n things, as arbitrary permutations. */
export function permutations(n: number): fc.Arbitrary<number[]> {
  const all = Array.from({ length: n }, (_, i) => i);
  return fc.shuffledSubarray(all, { minLength: n, maxLength: n });
}

/** Largest distance of a point of one set to the nearest of the other, either way round. */
export function hausdorff(a: readonly Point[], b: readonly Point[]): number {
  const reach = (from: readonly Point[], to: readonly Point[]) =>
    Math.max(...from.map((p) => Math.min(...to.map((q) => Math.hypot(...p.map((x, i) => x - q[i]!))))));
  return Math.max(reach(a, b), reach(b, a));
}
