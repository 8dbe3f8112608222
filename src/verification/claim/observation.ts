import type { Json } from "../../util/json.ts";

/** One number, word or yes/no. */
export type Value = number | string | boolean;
/** What is read off a run: a value, or several by name. */
export type Observation = Value | Readonly<Record<string, Value>>;

export function isObservation(value: unknown): value is Observation {
  const isValue = (v: unknown) => ["number", "string", "boolean"].includes(typeof v);
  if (isValue(value)) return true;
  const plain = typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return plain && Object.keys(value).length > 0 && Object.values(value).every(isValue);
}

/** The observations of a population, summarised by name: how often each value, or the quantiles of a number. */
export type Summary = Readonly<Record<string, Json>>;

const most = 12;

/** The values by name, "observed" where there is one without; `null` of a seed that could not be observed (it diverged). */
export function byName(observations: readonly (Observation | null)[]): Record<string, (Value | null)[]> {
  const named = observations.map((o) => (typeof o === "object" ? o : { observed: o }));
  const names = [...new Set(named.flatMap((o) => (o ? Object.keys(o) : [])))];
  return Object.fromEntries(names.map((name) => [name, named.map((o) => (o && name in o ? o[name]! : null))]));
}

export function summarise(observations: readonly (Observation | null)[]): Summary {
  const named = Object.entries(byName(observations));
  return Object.fromEntries(named.map(([name, values]) => [name, summariseValues(values.filter((v) => v !== null))]));
}

function summariseValues(values: readonly Value[]): Json {
  const distinct = new Set(values);
  const numbers = values.filter((v) => typeof v === "number");
  const countable = numbers.every(Number.isInteger) && distinct.size <= most;
  if (numbers.length === values.length && !countable) return quantiles(numbers);
  const counts = [...distinct].map((v) => [String(v), values.filter((w) => w === v).length] as const);
  counts.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const rest = counts.slice(most).reduce((sum, [, n]) => sum + n, 0);
  // Integer-like keys would be reordered by JavaScript objects, so each key carries its count after a word or "×".
  const shown = counts.slice(0, most).map(([v, n]) => `${v} ×${n}`);
  return rest > 0 ? [...shown, `${counts.length - most} others ×${rest}`] : shown;
}

function quantiles(numbers: readonly number[]): Json {
  // NaN goes last. A comparison by difference would leave the others out of order around it, and each browser in another one.
  const sorted = Float64Array.from(numbers).sort();
  const at = (q: number) => sorted[Math.round(q * (sorted.length - 1))] as number;
  return { least: at(0), lower: at(0.05), median: at(0.5), upper: at(0.95), most: at(1) };
}
