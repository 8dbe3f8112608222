import { sequentialInterval } from "../../statistics/e-process.ts";
import { InputError, quote } from "../../util/check.ts";
import type { CellEvidence } from "../claim/conclusion.ts";
import type { Test } from "../claim/criterion.ts";
import { isObservation, type Observation, summarise } from "../claim/observation.ts";
import type { Observed } from "../claim/specification.ts";
import type { Engine, Seeded, Status, Trained } from "../claim/trainer.ts";
import { judge, weigh } from "../claim/verdict.ts";
import type { Cell } from "./cells.ts";
import { nextLook } from "./looks.ts";
import type { Training } from "./training.ts";

/** How every cell of a claim is judged. */
export interface Rules<Run, T> {
  readonly observe: (run: Run, other: Run) => T;
  readonly criterion: Test<T>;
  readonly errorRate: number;
  readonly endPoints: boolean;
}

/** Trains and observes seeds of one cell, from the first on, until the evidence decides or there are no more. */
export async function judged<C extends Seeded, R extends Trained, T extends Observation>(
  cell: Cell<C>,
  { observe, criterion, errorRate, endPoints }: Rules<R, T>,
  training: Training<C, R>,
  /** Whether its ends are to be disturbed, to see whether they are stable. */
  certified = false,
): Promise<Observed<C, R, T>> {
  const { label, given, versus } = cell;
  const runs: R[] = [];
  const others: R[] = [];
  const values: (T | null)[] = [];
  const met: boolean[] = [];
  const looks: number[] = [];
  let engine: Engine | undefined;
  let count = { satisfied: 0, undecided: 0, of: 0 };
  let evidence = weigh(count, criterion.share);
  let verdict = judge(evidence, errorRate);
  let [low, high] = [0, 1];

  while (verdict === "inconclusive" && count.of < given.seeds.length) {
    const next = nextLook(count, criterion.share, errorRate, given.seeds.length);
    const population = await training.train(part(given, count.of, next), label);
    const fresh = population.runs;
    const counterparts = versus ? (await training.train(part(versus, count.of, next), `${label}, versus`)).runs : fresh;
    let { satisfied, undecided } = count;
    fresh.forEach((run, i) => {
      const other = counterparts[i]!;
      const statuses = [run.status, other.status];
      const where = `seed ${run.seed} in "${label}"`;
      const value = statuses.includes("diverged") ? null : observed(() => observe(run, other), where);
      const unfinished = endPoints && value !== null && statuses.includes("stopped");
      const meets = value !== null && !unfinished && answer(() => criterion.test(value), value, where);
      if (unfinished) undecided++;
      if (meets) satisfied++;
      values.push(value);
      met.push(meets);
    });
    runs.push(...fresh);
    others.push(...counterparts);
    looks.push(next);
    engine ??= population.engine;
    count = { satisfied, undecided, of: next };
    evidence = weigh(count, criterion.share);
    verdict = judge(evidence, errorRate);
    low = Math.max(low, sequentialInterval(satisfied, next - satisfied, errorRate)[0]);
    high = Math.min(high, sequentialInterval(satisfied + undecided, next - satisfied - undecided, errorRate)[1]);
  }

  if (values.every((value) => Number.isNaN(value)))
    throw new InputError(`observe gave NaN for all ${values.length} seeds in "${label}"; expected a value`);
  const condition = part(given, 0, count.of);
  const answers = (run: R, i: number) => {
    const other = versus ? others[i]! : run;
    const where = `seed ${run.seed} in "${label}", disturbed`;
    return run.status !== "diverged" && criterion.test(observed(() => observe(run, other), where));
  };
  const stable = endPoints && certified ? await stability(cell, count.of, met, answers, training) : null;
  const described = training.trainer.describe;
  return {
    label,
    condition,
    engine: engine!,
    runs,
    others,
    values,
    met,
    trained: described(condition) + (versus ? `; versus ${described(part(versus, 0, count.of))}` : ""),
    verdict,
    ...count,
    evidence,
    looks,
    interval: [low, high],
    endings: endingsOf(runs),
    observed: summarise(values),
    stable,
  };
}

/** Seeds whose ends are disturbed: enough to tell a minimum from a place where noise-free descent stops. */
const disturbedSeeds = 32;

/** Of the first seeds, how many answer as before when their ends are disturbed and trained on. */
async function stability<C extends Seeded, R extends Trained>(
  { label, given }: Cell<C>,
  used: number,
  met: readonly boolean[],
  answers: (run: R, i: number) => boolean,
  training: Training<C, R>,
): Promise<CellEvidence["stable"]> {
  const disturbed = training.trainer.disturbed?.(part(given, 0, Math.min(disturbedSeeds, used)));
  if (!disturbed) return null;
  const { runs } = await training.train(disturbed.condition, `${label}, disturbed`);
  const same = runs.filter((run, i) => answers(run, i) === met[i]).length;
  return { same, of: runs.length, after: disturbed.words };
}

const part = <C extends Seeded>(condition: C, from: number, to: number): C => ({
  ...condition,
  seeds: condition.seeds.slice(from, to),
});

/** What was read off a run, or an error that says of which: whatever types say, it may be anything. */
function observed<T extends Observation>(observe: () => T, where: string): T {
  const value = tried(observe, `observe failed on ${where}`);
  if (!isObservation(value))
    throw new InputError(
      `observe gave ${value instanceof Promise ? "a Promise (async?)" : quote(value)} for ${where}; ` +
        "expected a number, a word, true or false, or several of these by name",
    );
  return value;
}

function answer<T>(test: () => boolean, value: T, where: string): boolean {
  const met: unknown = tried(test, `the criterion failed on ${where}, observed ${quote(value)}`);
  if (typeof met !== "boolean")
    throw new InputError(`the criterion answered ${quote(met)} to ${quote(value)}, ${where}; expected true or false`);
  return met;
}

/** A mistake in a hypothesis's own code, with where it happened; its stack is the hypothesis's. */
function tried<T>(act: () => T, failed: string): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof Error) error.message = `${failed}: ${error.message}`;
    throw error;
  }
}

function endingsOf(runs: readonly Trained[]): CellEvidence["endings"] {
  const statuses: readonly Status[] = ["converged", "stopped", "diverged"];
  const counts = statuses.map((status) => [status, runs.filter((run) => run.status === status).length] as const);
  return Object.fromEntries(counts.filter(([, n]) => n > 0));
}
