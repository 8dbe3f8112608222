import type { Observation, Value } from "./observation.ts";

/** Numbers with more distinct values than this are taken as continuous. */
const mostCounted = 12;

/**
 * How many seeds of the population are at least as odd as each one, itself included: 1 for a unique seed, all of them for
 * the commonest. A word, a yes or no, or one of a few whole numbers is as odd as it is rare; any other number as it is far
 * out towards its nearer end. Of an observation of several values the oddest counts.
 *
 * @param observations in the order of the seeds; null for a seed that could not be observed, which is as odd as such seeds are rare
 */
export function oddities(observations: readonly (Observation | null)[]): number[] {
  const named = observations.map((o) => (typeof o === "object" ? o : { observed: o }));
  const least = named.map(() => observations.length);
  for (const name of new Set(named.flatMap((o) => (o ? Object.keys(o) : [])))) {
    const values = named.map((o) => (o && name in o ? o[name]! : null));
    for (const [i, count] of counts(values).entries()) least[i] = Math.min(least[i]!, count);
  }
  const absent = observations.filter((o) => o === null).length;
  return least.map((count, i) => (observations[i] === null ? absent : count));
}

function counts(values: readonly (Value | null)[]): number[] {
  const present = values.filter((v) => v !== null);
  const numbers = present.filter((v) => typeof v === "number");
  const counted = numbers.every(Number.isInteger) && new Set(numbers).size <= mostCounted;
  if (numbers.length < present.length || counted) {
    const times = new Map<Value, number>();
    for (const v of present) times.set(v, (times.get(v) ?? 0) + 1);
    return values.map((v) => (v === null ? values.length : times.get(v)!));
  }
  // Numbers that are none (a ratio to nothing) are sorted to the end.
  const sorted = [...numbers].sort((a, b) => compare(a, b));
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  for (const [rank, v] of sorted.entries()) {
    if (!first.has(v)) first.set(v, rank);
    last.set(v, rank);
  }
  return values.map((v) =>
    typeof v === "number" ? Math.min(last.get(v)! + 1, sorted.length - first.get(v)!) : values.length,
  );
}

function compare(a: number, b: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  return Number.isNaN(b) ? -1 : a - b;
}
