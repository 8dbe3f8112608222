import fc, { type Arbitrary, type Parameters } from "fast-check";
import { test as plain } from "vitest";

type Run<Values extends unknown[]> = (...values: Values) => unknown;

/**
 * Stands in for `@fast-check/vitest` under the mutation tester, in as much as the tests use of it: importing that
 * package takes a second (0.5.0 wraps every chain of Vitest's modifiers), again for each of thousands of mutants. Every
 * mutant meets the same few inputs, and a counterexample is not shrunk.
 */
const prop =
  <Values extends [unknown, ...unknown[]]>(
    arbitraries: { [K in keyof Values]: Arbitrary<Values[K]> },
    parameters?: Parameters<Values>,
  ) =>
  (name: string, run: Run<Values>, timeout?: number) =>
    plain(
      name,
      () =>
        fc.assert(
          fc.asyncProperty(...arbitraries, async (...values: Values) => (await run(...values)) as boolean | undefined),
          {
            ...parameters,
            seed: 20_261_122,
            numRuns: parameters?.numRuns ?? 20,
            endOnFailure: true,
          },
        ),
      timeout,
    );

export const test = Object.assign(plain.extend({}), { prop });
export { fc, test as it };
