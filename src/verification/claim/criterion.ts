import { fail, finite } from "../../util/check.ts";
import type { Observation, Value } from "./observation.ts";

/** What must be true of a seed: a test and the words for it, or the value that the observation has to equal. */
type Asked<T, Share extends string> =
  | ({ readonly [share in Share]: string } & { readonly when: (observation: T) => boolean })
  | ({ readonly [share in Share]: T & Value } & { readonly when?: undefined });

/**
 * How many seeds must do what, written down before anything is trained.
 * - `nearlyAll`: at least 95 % of seeds; what "always" and a plain statement mean here;
 * - `most`: more than half of them;
 * - `inAtLeast` so large a share, `that` they do so.
 *
 * `{ nearlyAll: 5 }` asks that the observation is 5; `{ nearlyAll: "a square", when: (o) => o.corners === 4 }` says what is
 * asked and tests for it.
 */
export type Expectation<T> =
  | Asked<T, "nearlyAll">
  | Asked<T, "most">
  | ({ readonly inAtLeast: number } & Asked<T, "that">);

/** A criterion as the record keeps it. */
export interface Criterion {
  /** What is asked of a seed. */
  readonly words: string;
  readonly share: number;
}

/** A criterion that can be put to an observation. */
export interface Test<T> extends Criterion {
  readonly test: (observation: T) => boolean;
}

/** Throws InputError where the expectation names no share, asks nothing, or asks for a share of 0, or of 1 and more. */
export function criterionOf<T extends Observation>(expectation: Expectation<T>): Test<T> {
  const given = expectation as { readonly [key: string]: unknown };
  const { share, asked } = shareOf(given);
  const test = given.when;
  if (test === undefined) {
    if (!["string", "number", "boolean"].includes(typeof asked))
      fail("criterion", asked, "a value that the observation has to equal, or words beside `when`");
    return { words: String(asked), share, test: (observation) => observation === asked };
  }
  if (typeof test !== "function") fail("when", test, "a function of the observation");
  if (typeof asked !== "string" || asked.trim() === "")
    fail("criterion", asked, "words beside `when`, to say what it asks");
  return { words: asked, share, test: test as (observation: T) => boolean };
}

function shareOf(given: { readonly [key: string]: unknown }) {
  const named = ["nearlyAll", "most", "inAtLeast"].filter((key) => key in given);
  if (named.length !== 1)
    fail("expect", Object.keys(given), "one of nearlyAll, most, inAtLeast, and `when` or a value");
  if ("nearlyAll" in given) return { share: 0.95, asked: given.nearlyAll };
  if ("most" in given) return { share: 0.5, asked: given.most };
  const share = finite("inAtLeast", given.inAtLeast as number, 0, true);
  if (share >= 1) fail("inAtLeast", share, "less than 1: no number of seeds can show a certainty");
  return { share, asked: given.that };
}
