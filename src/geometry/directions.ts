import { finite } from "../models/check.ts";
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
  checkPoints(points);
  const norms = points.map(norm);
  const learned = indices(points).filter((i) => norms[i]! > minimumNorm);
  const units = points.map((point, i) => scale(point, 1 / norms[i]!));
  return {
    directions: components(learned, (i, j) => 1 - dot(units[i]!, units[j]!) < tolerance).map((members) => {
      const along = meanDirection(members.map((i) => points[i]!));
      const length = Math.sqrt(members.reduce((sum, i) => sum + norms[i]! ** 2, 0));
      const spread = Math.max(0, ...members.map((i) => 1 - dot(units[i]!, along)));
      return { unit: along, norm: length, vector: scale(along, length), members, spread };
    }),
    unlearned: indices(points).filter((i) => norms[i]! <= minimumNorm),
  };
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
  const counts = around(stated.tolerance).flatMap((tolerance) =>
    around(stated.minimumNorm).map((minimumNorm) => ({
      tolerance,
      minimumNorm,
      count: directions(points, { tolerance, minimumNorm }).directions.length,
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

function indices(points: readonly Point[]): number[] {
  return points.map((_, i) => i);
}

/** Connected components of a symmetric relation over `items`, each in the order of `items`, by their first items. */
function components(items: readonly number[], related: (i: number, j: number) => boolean): number[][] {
  let left = items.slice();
  const found: number[][] = [];
  while (left.length > 0) {
    const component = [left.shift()!];
    for (let next = 0; next < component.length; next++) {
      const apart: number[] = [];
      for (const item of left) (related(component[next]!, item) ? component : apart).push(item);
      left = apart;
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
