import { fail, finite } from "../util/check.ts";
import type { Value } from "./observation.ts";

/** What a claim asks of a population, written down before training: so many seeds satisfy so-and-so. */
export interface Criterion<T> {
  /** "always 5 directions", for tables and pictures. */
  readonly words: string;
  readonly threshold: number;
  /** The proportion must exceed the threshold rather than reach it. */
  readonly strict: boolean;
  /** A method, so that a criterion for one word serves observations of any word. */
  test(observation: T): boolean;
}

/** A value to equal, or a test of the observation and words for what it asks. */
type Asked<T> =
  | readonly [wanted: T & Value, words?: string]
  | readonly [test: (observation: T) => boolean, words: string];

function criterion<T>(
  adverb: string,
  threshold: number,
  strict: boolean,
  [wanted, words]: Asked<T>,
): Criterion<T> {
  if (typeof wanted === "function") {
    if (!words) fail("criterion", wanted, "words beside a function, to say what it asks");
    return { words: `${adverb} ${words}`, threshold, strict, test: wanted };
  }
  if (typeof wanted === "object") fail("criterion", wanted, "one value, or a function of the observation");
  const words_ = words ?? String(wanted);
  return { words: `${adverb} ${words_}`, threshold, strict, test: (observation) => observation === wanted };
}

/** In at least 95 % of seeds: what the note means by "always", and by a plain statement. */
export function always<T>(...asked: Asked<T>): Criterion<T> {
  return criterion("always", 0.95, false, asked);
}

/** In more than half of the seeds: "often", "normally", "usually". */
export function often<T>(...asked: Asked<T>): Criterion<T> {
  return criterion("often", 0.5, true, asked);
}

/** In at least the given proportion of seeds. */
export function inAtLeast<T>(proportion: number, ...asked: Asked<T>): Criterion<T> {
  finite("proportion", proportion, 0, true);
  if (proportion >= 1) fail("proportion", proportion, "less than 1: no number of seeds can show a certainty");
  return criterion(`in at least ${+(100 * proportion).toPrecision(3)} %`, proportion, false, asked);
}
