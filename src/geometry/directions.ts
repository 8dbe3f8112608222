import { finite } from "../util/check.ts";
import { largestBy } from "../util/numbers.ts";
import { add, checkPoints, norm, type Point, scale, unit } from "./vector.ts";

export interface DirectionOptions {
  /** Two points share a direction when 1 − cos of the angle between them is below this. */
  readonly tolerance?: number;
  /** Points of at most this norm are unlearned. */
  readonly minimumNorm?: number;
}

/** Points that share one direction. */
export type Direction = ReturnType<typeof directions>["directions"][number];

const defaults = { tolerance: 1e-3, minimumNorm: 0.01 };

/**
 * Groups points that are parallel (same direction, not opposite).
 *
 * Grouping is by single linkage: the connected components of "1 − cos < tolerance". Unlike grouping around
 * leaders it cannot depend on the order of the features. Its price is that a chain of close neighbours counts as
 * one direction however far it reaches.
 */
export function directions(points: readonly Point[], options: DirectionOptions = {}) {
  const tolerance = finite("tolerance", options.tolerance ?? defaults.tolerance, 0, true);
  const minimumNorm = finite("minimum norm", options.minimumNorm ?? defaults.minimumNorm, 0);
  const { norms, angles } = measure(points);
  return {
    /** In the order of their first members. */
    directions: group(norms, angles, tolerance, minimumNorm).map((members) => {
      const along = meanDirection(members.map((i) => points[i]!));
      const length = Math.sqrt(members.reduce((sum, i) => sum + norms[i]! ** 2, 0));
      return {
        unit: along,
        /** √Σ‖wᵢ‖² over the members: all that a tied ReLU model under squared error fixes about a direction. */
        norm: length,
        vector: scale(along, length),
        /** Feature indices, ascending. */
        members,
      };
    }),
    /** Features whose point is no longer than the minimum norm, ascending. */
    unlearned: norms.flatMap((norm, i) => (norm <= minimumNorm ? [i] : [])),
  };
}

/** The number of directions, and whether it is the same at a third and at three times the tolerance and the minimum norm. */
export function stableCount(points: readonly Point[]): { count: number; stable: boolean } {
  const { norms, angles } = measure(points);
  const around = (value: number) => [value, value / 3, value * 3];
  const [count, ...others] = around(defaults.tolerance).flatMap((tolerance) =>
    around(defaults.minimumNorm).map((minimum) => group(norms, angles, tolerance, minimum).length),
  ) as [number, ...number[]];
  return { count, stable: others.every((other) => other === count) };
}

/** The points' norms, and 1 − cos of the angle between any two, [n × n]; NaN with a point of norm 0. */
function measure(points: readonly Point[]): { norms: number[]; angles: Float64Array } {
  checkPoints(points);
  const n = points.length;
  const d = points[0]?.length ?? 0;
  const norms = points.map(norm);
  const units = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    const factor = 1 / norms[i]!;
    for (let k = 0; k < d; k++) units[i * d + k] = points[i]![k]! * factor;
  }
  const angles = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      let cosine = 0;
      for (let k = 0; k < d; k++) cosine += units[i * d + k]! * units[j * d + k]!;
      angles[i * n + j] = angles[j * n + i] = 1 - cosine;
    }
  return { norms, angles };
}

/**
 * The connected components of "1 − cos < tolerance" among the points longer than the minimum norm: indices ascending,
 * components by their first.
 */
function group(norms: readonly number[], angles: Float64Array, tolerance: number, minimumNorm: number): number[][] {
  const n = norms.length;
  const taken = new Uint8Array(n);
  const found: number[][] = [];
  for (let first = 0; first < n; first++) {
    if (taken[first] === 1 || !(norms[first]! > minimumNorm)) continue;
    taken[first] = 1;
    const component = [first];
    for (let next = 0; next < component.length; next++) {
      const row = component[next]! * n;
      // Whatever comes before the first is in a component already, or too short.
      for (let item = first + 1; item < n; item++)
        if (taken[item] === 0 && angles[row + item]! < tolerance && norms[item]! > minimumNorm) {
          taken[item] = 1;
          component.push(item);
        }
    }
    found.push(component.sort((i, j) => i - j));
  }
  return found;
}

/** Direction of the sum; of the longest member where a chain closes up so that the sum vanishes. */
function meanDirection(members: readonly Point[]): Point {
  const sum = members.reduce(add);
  const longest = largestBy(members, norm);
  return unit(norm(sum) > 1e-9 * norm(longest) ? sum : longest);
}
