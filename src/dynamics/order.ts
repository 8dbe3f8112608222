import { fail } from "../util/check.ts";

/** The first checkpoint at which a quantity exceeds a level; Infinity when it never does. */
export function firstPassage(values: readonly number[], level: number): number {
  const at = values.findIndex((value) => value > level);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

export type Winner = "first" | "second" | "tie" | "neither";

/**
 * Which of two events came first: checkpoints or steps, Infinity for one that never came. At the same checkpoint they tie,
 * because what happens between two checkpoints is not seen.
 */
export function race(a: number, b: number): Winner {
  if (Number.isNaN(a) || Number.isNaN(b)) fail("times of a race", [a, b], "numbers");
  if (a === b) return a === Number.POSITIVE_INFINITY ? "neither" : "tie";
  return a < b ? "first" : "second";
}
