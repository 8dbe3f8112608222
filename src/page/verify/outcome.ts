import type { Comparison } from "../../verification/record/compare.ts";

/**
 * - `reproduced`: every number is the one on record, and so is every bit of what was trained;
 * - `rounded`: so is every bit, but numbers computed from it differ in their last digits, because sines and logarithms are a
 *   browser's own;
 * - `differs`: anything else.
 */
export type Outcome = "reproduced" | "rounded" | "differs";

export function outcomeOf({ outcome, changes }: Comparison): Outcome {
  if (outcome === "same") return "reproduced";
  const close =
    outcome === "moved" && changes.length > 0 && changes.every(({ before, after }) => isClose(before, after));
  return close ? "rounded" : "differs";
}

/** Six digits of a number are on record: this allows for one unit of the last. What float64 itself rounds away may be anything. */
const [relative, negligible] = [1.1e-5, 1e-12];
const numbers = /-?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?/gi;

/** The same words, with numbers that differ by rounding only. Counts, hashes and verdicts do not. */
function isClose(before: string | null, after: string | null): boolean {
  if (before === null || after === null || before.replace(numbers, "") !== after.replace(numbers, "")) return false;
  const read = (text: string) => [...text.matchAll(numbers)].map(([number]) => Number(number.replaceAll(",", "")));
  const found = read(after);
  return read(before).every((x, i) => {
    const y = found[i]!;
    if (Number.isInteger(x) && Number.isInteger(y)) return x === y;
    return Math.abs(x - y) <= Math.max(negligible, relative * Math.max(Math.abs(x), Math.abs(y)));
  });
}
