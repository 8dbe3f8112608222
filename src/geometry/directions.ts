import { finite } from "../util/check.ts";
import { add, checkPoints, dot, norm, type Point, scale, unit } from "./vector.ts";

export interface DirectionOptions {
  /** Two points share a direction when 1 − cos of the angle between them is below this. */
  readonly tolerance?: number;
  /** Points of at most this norm are unlearned. */
  readonly minimumNorm?: number;
}

/** Points that share one direction. */
export interface Direction {
  /** Unit vector along the sum of the members. */
  readonly unit: Point;
  /** √Σ‖wᵢ‖² over the members: all that a tied ReLU model under squared error fixes about a direction. */
  readonly norm: number;
  /** `unit` times `norm`. */
  readonly vector: Point;
  /** Feature indices, ascending. */
  readonly members: readonly number[];
  /** Largest 1 − cos between a member and `unit`: shows a chain that drifted further than the tolerance. */
  readonly spread: number;
}

export interface Directions {
  /** In the order of their first members. */
  readonly directions: readonly Direction[];
  /** Features whose point is no longer than the minimum norm, ascending. */
  readonly unlearned: readonly number[];
}

const defaults = { tolerance: 1e-3, minimumNorm: 0.01 };

/**
 * Groups points that are parallel (same direction, not opposite).
 *
 * Grouping is by single linkage: the connected components of "1 − cos < tolerance". Unlike grouping around
 * leaders it cannot depend on the order of the features. Its price is that a chain of close neighbours counts as
 * one direction however far it reaches; `spread` tells.
 */
export function directions(points: readonly Point[], options: DirectionOptions = {}): Directions {
  const { tolerance, minimumNorm } = checkOptions(options);
  const { norms, angles } = measure(points);
  return {
    directions: group(norms, angles, tolerance, minimumNorm).map((members) => {
      const along = meanDirection(members.map((i) => points[i]!));
      const length = Math.sqrt(members.reduce((sum, i) => sum + norms[i]! ** 2, 0));
      const spread = members.reduce((most, i) => Math.max(most, 1 - dot(points[i]!, along) / norms[i]!), 0);
      return { unit: along, norm: length, vector: scale(along, length), members, spread };
    }),
    unlearned: norms.flatMap((norm, i) => (norm <= minimumNorm ? [i] : [])),
  };
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

export interface StableCount {
  /** Number of directions at the stated tolerance and minimum norm. */
  readonly count: number;
  /** Whether all of `counts` agree. */
  readonly stable: boolean;
  readonly counts: readonly { tolerance: number; minimumNorm: number; count: number }[];
}

/** The number of directions at the tolerance and minimum norm, and at each of them divided and multiplied by `factor`. */
export function stableCount(
  points: readonly Point[],
  options: DirectionOptions & { readonly factor?: number } = {},
): StableCount {
  const stated = checkOptions(options);
  const factor = finite("factor", options.factor ?? 3, 1, true);
  const around = (value: number) => [value / factor, value, value * factor];
  const { norms, angles } = measure(points);
  const counts = around(stated.tolerance).flatMap((tolerance) =>
    around(stated.minimumNorm).map((minimumNorm) => ({
      tolerance,
      minimumNorm,
      count: group(norms, angles, tolerance, minimumNorm).length,
    })),
  );
  const count = counts[4]!.count;
  return { count, stable: counts.every((each) => each.count === count), counts };
}

function checkOptions(options: DirectionOptions): Required<DirectionOptions> {
  return {
    tolerance: finite("tolerance", options.tolerance ?? defaults.tolerance, 0, true),
    minimumNorm: finite("minimum norm", options.minimumNorm ?? defaults.minimumNorm, 0),
  };
}

/**
 * The connected components of "1 − cos < tolerance" among the points longer than the minimum norm: indices ascending,
 * components by their first.
 */
function group(
  norms: readonly number[],
  angles: Float64Array,
  tolerance: number,
  minimumNorm: number,
): number[][] {
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
  const longest = members.reduce((a, b) => (norm(b) > norm(a) ? b : a));
  return unit(norm(sum) > 1e-9 * norm(longest) ? sum : longest);
}
