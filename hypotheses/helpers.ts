import fc from "fast-check";
import { type Condition, charts, models, type Run, range, type State, statistics } from "../src/index.ts";

/** What specs of several sections share. */

/**
 * Seeds that no one looked at while the criteria were written: smaller ones served to explore. A claim uses as many of them as
 * its evidence needs, from the first on; a question uses all.
 */
export const seedsFrom20000 = (most = 2048) => range(20_000, 20_000 + most);

/** As verdicts and captions spell them. */
export const named = { relu: "ReLU", gelu: "GELU", identity: "linear" } as const;

export const indices = (count: number) => Array.from({ length: count }, (_, i) => i);
export const close = (a: number, b: number, tolerance = 1e-9) => Math.abs(a - b) < tolerance;

export const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
export const median = (values: readonly number[]) => statistics.quantile(values, 0.5);

/** The loss summed over all samples and outputs, as the note writes it, of a run or one of its checkpoints. */
export const summedLoss = (state: State) => models.terms(state.model) * state.loss;

/** How many features a softmax model tells apart: those whose own logit is the largest. */
export const decodedCount = (state: State) => models.decoded(state.model, state.parameters).filter(Boolean).length;

// Numbers for open questions, each with its uncertainty.

/** A number without any. */
export const exactly = (value: number) => ({ value, low: value, high: value });

/** The median of a population with exact bounds, each wrong with a probability of at most `errorRate`. */
export function medianWithin(values: readonly number[], errorRate = 1e-4) {
  const { lower, upper } = statistics.quantileBounds(values, 0.5, errorRate);
  return { value: median(values), low: lower, high: upper };
}

/** The share of a population with exact bounds, each wrong with a probability of at most `errorRate`. */
export function shareWithin(count: number, of: number, errorRate = 1e-4) {
  const low = statistics.lowerBound(count, of, errorRate);
  return { value: count / of, low, high: statistics.upperBound(count, of, errorRate) };
}

/**
 * The mean of a population with four standard errors either way. Where all values are equal the standard error says nothing: the
 * interval then allows for others, `least` apart or more, in as large a share of the population as none among these leaves
 * possible (wrong with a probability of at most 0.0001).
 */
export function meanWithin(values: readonly number[], { least = 0 } = {}) {
  const value = mean(values);
  const variance = values.reduce((sum, x) => sum + (x - value) ** 2, 0) / (values.length - 1);
  const unseen = least * statistics.upperBound(0, values.length, 1e-4);
  const reach = Math.max(4 * Math.sqrt(variance / values.length), unseen);
  return { value, low: value - reach, high: value + reach };
}

/** Such a number as a point of a series. */
export const pointAt = (x: number, { value, low, high }: { value: number; low: number; high: number }) => ({
  x,
  y: value,
  interval: [low, high] as const,
});

/** What a hypothesis is given: a model, how it is trained, and fresh seeds. */
export const onSeedsFrom20000 = (model: models.Model, recipe: Condition["recipe"], most?: number): Condition => ({
  model,
  recipe,
  seeds: seedsFrom20000(most),
});

// Inputs of properties.

/** Lists of so many. */
export const listOf = <T>(item: fc.Arbitrary<T>, length: number) =>
  fc.array(item, { minLength: length, maxLength: length });
export const integers = (min: number, max: number) => fc.integer({ min, max });
/** Numbers with two decimals; the limits are in hundredths. */
export const hundredths = (min: number, max: number) => fc.integer({ min, max }).map((k) => k / 100);

// Figures.

/** A quantity at every checkpoint of some runs, by step on a logarithmic axis; `seeds` names them in the legend. */
export const overTraining = (
  runs: readonly Run[],
  quantity: (state: State) => number,
  { seeds, ...options }: Omit<Parameters<typeof charts.trajectory>[0], "steps" | "conditions"> & { seeds: string },
) =>
  charts.trajectory({
    x: "log",
    steps: runs[0]!.checkpoints.map((state) => state.step),
    conditions: [{ label: seeds, runs: runs.map((run) => run.checkpoints.map(quantity)) }],
    ...options,
  });

/** What is read off the runs of each population of an open question, by its label. */
export const ofEach = <T>(
  populations: Readonly<Record<string, { readonly runs: readonly Run[] }>>,
  read: (runs: readonly Run[]) => T,
): Record<string, T> => Object.fromEntries(Object.entries(populations).map(([label, { runs }]) => [label, read(runs)]));

/** A record of what is made of each item, under the item's label. */
export const byLabel = <Item, T>(
  items: readonly Item[],
  label: (item: Item) => string,
  make: (item: Item) => T,
): Record<string, T> => Object.fromEntries(items.map((item) => [label(item), make(item)]));

/** How a number is distributed over the runs of each group: a cell, a population, or some of its runs. */
export const overRuns = (
  groups: readonly { readonly label: string; readonly runs: readonly Run[] }[],
  number: (run: Run) => number,
  options: Omit<Parameters<typeof charts.distribution>[0], "conditions">,
) =>
  charts.distribution({
    ...options,
    conditions: groups.map(({ label, runs }) => ({ label, values: runs.map(number) })),
  });
