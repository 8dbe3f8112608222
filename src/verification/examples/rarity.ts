import { byName, type Observation, type Value } from "../claim/observation.ts";

/** Numbers with more distinct values than this are taken as continuous. */
const mostCounted = 12;

/**
 * How many seeds of the population are at least as rare as each one, itself included: 1 for a unique seed, all of them for
 * the commonest. A word, a yes or no, or one of a few whole numbers counts how often it occurs; any other number how many lie as far
 * out towards its nearer end. Of an observation of several values the rarest counts.
 *
 * @param observations in the order of the seeds; null for a seed that could not be observed, which is as rare as such seeds are
 */
export function rarities(observations: readonly (Observation | null)[]): number[] {
  const least = observations.map(() => observations.length);
  for (const values of Object.values(byName(observations)))
    for (const [i, count] of counts(values).entries()) least[i] = Math.min(least[i]!, count);
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
  const sorted = Float64Array.from(numbers).sort();
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
