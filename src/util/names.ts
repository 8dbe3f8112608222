import { closest } from "fastest-levenshtein";
import { InputError } from "./check.ts";

/** Throws InputError on a key that is not known, and names the known one that is most like it. */
export function demandKnown(what: string, given: object, known: readonly string[]): void {
  for (const key of Object.keys(given))
    if (!known.includes(key))
      throw new InputError(`unknown field "${key}" of ${what}; did you mean "${closest(key, [...known])}"?`);
}
