import { type Run, recipe, type State } from "../../src/index.ts";
import { medianWithin, summedLoss } from "../helpers.ts";

/** What the specs about the set-up share: learning rates, scopes over sizes, and what is measured on a run. */

/**
 * A linear rise over the first twentieth of the steps, then exponential decay. Rates are multiples of `unit`: n² where the
 * mean squared error carries a factor 1/n² in its gradient.
 */
export const riseAndDecay = (
  steps: number,
  unit: number,
  { initial, max, final }: { readonly initial: number; readonly max: number; readonly final: number },
  convergence = {},
) =>
  recipe({
    steps,
    rate: { initial: initial * unit, max: max * unit, final: final * unit, warmup: 0.05 },
    convergence,
  });

/** By the number of hidden dimensions d, the numbers of features n. */
export type Sizes = Readonly<Record<number, readonly number[]>>;
export const sizeLabel = (hidden: number, features: number) => `d = ${hidden}, n = ${features}`;

/** A condition for each size: the cells "d = 2, n = 8" and so on. */
export const overSizes = <C>(sizes: Sizes, condition: (features: number, hidden: number) => C) =>
  Object.fromEntries(
    Object.entries(sizes).flatMap(([d, counts]) =>
      counts.map((n) => [sizeLabel(Number(d), n), condition(n, Number(d))]),
    ),
  );

/** The median over the seeds of each population: "WHAT, d = 2, n = 8" and so on. */
export const medians = (
  what: string,
  populations: Readonly<Record<string, { readonly runs: readonly Run[] }>>,
  measured: (run: Run) => number,
) =>
  Object.fromEntries(
    Object.entries(populations).map(([label, { runs }]) => [`${what}, ${label}`, medianWithin(runs.map(measured))]),
  );

/** How many of n features a model recovers, by its loss: n − summed loss. */
export const recoveredByLoss = (state: State) => state.model.sizes[0]! - summedLoss(state);
