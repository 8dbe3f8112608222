import { quantile } from "../src/statistics/quantile.ts";
import { baseline, type Contestant, type Size } from "./contestants.ts";
import type { Kind } from "./kinds.ts";

export interface Entry {
  readonly contestant: Contestant;
  readonly seeds: number;
}

export interface Result extends Entry {
  /** A step of one seed, median of the rounds; not above 0 where noise drowned it. */
  readonly microseconds: number;
  /** How many times faster than the first entry in the same round, median of the rounds. */
  readonly ratio: number;
}

export interface Effort {
  readonly rounds: number;
  /** Milliseconds that the timed steps of a contestant take in a round, about. */
  readonly budget: (seeds: number) => number;
}

/**
 * What a step of one seed costs each of the entries. They take turns within a round. A cost is the difference between a long
 * run and one of a single step, because drawing and evaluating the seeds is no part of a step. Throws where an
 * entry's final losses are not the baseline's.
 */
export async function race(kind: Kind, size: Size, entries: readonly Entry[], effort: Effort): Promise<Result[]> {
  const steps: number[] = [];
  // Finding how many steps fill the budget warms the compilers up.
  for (const [i, entry] of entries.entries()) {
    const budget = effort.budget(entry.seeds);
    const before = entries[i - 1];
    // More seeds of the same contestant: as many seed-steps, whatever a busy machine says.
    const known =
      before?.contestant === entry.contestant
        ? (steps[i - 1]! * before.seeds * budget) / (entry.seeds * effort.budget(before.seeds))
        : null;
    steps.push(await stepsFor(kind, size, entry, budget, known));
  }
  const rounds: number[][] = [];
  for (let round = 0; round < effort.rounds; round++) {
    const costs: number[] = [];
    for (const [i, entry] of entries.entries()) costs.push(await cost(kind, size, entry, steps[i]!, round === 0));
    rounds.push(costs);
  }
  return entries.map((entry, i) => ({
    ...entry,
    microseconds: median(rounds.map((r) => r[i]!)),
    ratio: median(rounds.map((r) => r[0]! / r[i]!)),
  }));
}

/** Milliseconds that `steps` steps take beyond a first one, and the losses after all of them. */
async function run(kind: Kind, size: Size, { contestant, seeds }: Entry, steps: number) {
  const from = performance.now();
  await contestant.train(kind, size, 1, seeds);
  const between = performance.now();
  const losses = await contestant.train(kind, size, steps + 1, seeds);
  return { spent: performance.now() - between - (between - from), losses };
}

async function stepsFor(kind: Kind, size: Size, entry: Entry, budget: number, known: number | null) {
  let steps = Math.max(1, Math.round(known ?? 1));
  const most = known === null ? 1e6 : 4 * steps;
  for (;;) {
    const { spent } = await run(kind, size, entry, steps);
    if (spent > 0.5 * budget) {
      const fitting = (steps * budget) / Math.max(budget, spent);
      return Math.max(1, Math.round(Math.max(fitting, (known ?? 0) / 4)));
    }
    if (steps >= most) return steps;
    steps = Math.min(most, Math.ceil(steps * (spent > 0 ? Math.min(20, (1.2 * budget) / spent) : 20)));
  }
}

/** Microseconds that a step of one seed takes. Throws, if it is to `check` them, where losses are not the baseline's. */
export async function cost(kind: Kind, size: Size, entry: Entry, steps: number, check: boolean) {
  const { spent, losses } = await run(kind, size, entry, steps);
  if (check && entry.contestant !== baseline) {
    const what = `${entry.contestant.name}, ${kind.name}, n = ${size.features}, d = ${size.hidden}`;
    if (losses.length !== entry.seeds) throw new Error(`${what} lost seeds`);
    compare(what, losses, await expectedLosses(kind, size, steps + 1));
  }
  return (1e3 * spent) / (steps * entry.seeds);
}

/** The final losses of the first seeds, from the baseline. */
export function expectedLosses(kind: Kind, size: Size, steps: number): Promise<number[]> {
  return baseline.train(kind, size, steps, baseline.most);
}

/** Throws where the first losses differ by more than what float32 in another order explains. */
export function compare(what: string, actual: readonly number[], expected: readonly number[]): void {
  expected.forEach((loss, seed) => {
    if (!(Math.abs(actual[seed]! - loss) < 1e-3 * loss + 1e-7))
      throw new Error(`${what}: seed ${seed} ends with loss ${actual[seed]}, the baseline with ${loss}`);
  });
}

export const median = (values: readonly number[]) => quantile(values, 0.5);
