import { fail, finite, oneOf, wholeNumber } from "../util/check.ts";
import { demandKnown } from "../util/names.ts";

/** How a model is trained: full-batch gradient descent, no momentum, no weight decay. */
export interface Recipe {
  /** The budget of steps ("epochs" in the note: the batch is the whole data set). */
  readonly steps: number;
  readonly rate: Schedule;
  readonly convergence: Convergence;
  readonly checkpoints: Checkpoints;
}

/**
 * Linear from `initial` to `max` over the first W = floor(steps × warmup) steps, then exponential decay by the constant
 * factor (final/max)^(1/(steps × (1 − warmup))) a step. A constant rate has initial = max = final.
 */
export interface Schedule {
  readonly initial: number;
  readonly max: number;
  readonly final: number;
  readonly warmup: number;
}

interface Convergence {
  /** A run whose gradient norm (of the summed loss, see `gradientNorm`) is at most this has converged. */
  readonly gradientNorm: number;
  /** Look, and stop a converged run, every so many steps; null: train the whole budget and look at the end. */
  readonly every: number | null;
}

/**
 * Steps at which weights are kept. `count` counts the intervals: with 10 even ones of 6,000 steps `checkpoints[0]` is step 0, before
 * training, `checkpoints[1]` step 600, and `checkpoints[10]` the last one. The end is always kept. `count` 0: none. `from`: those
 * before this step are left out, where nobody looks at them and they would fill the memory.
 */
interface Checkpoints {
  readonly count: number;
  readonly spacing: "even" | "log";
  readonly from?: number;
}

export interface RecipeOptions {
  readonly steps: number;
  readonly rate: number | Schedule;
  readonly convergence?: Partial<Convergence>;
  readonly checkpoints?: Checkpoints;
}

export function recipe(options: RecipeOptions): Recipe {
  demandKnown("a recipe", options, ["steps", "rate", "convergence", "checkpoints"]);
  const { steps, rate } = options;
  wholeNumber("steps", steps, 1);
  const schedule = typeof rate === "number" ? { initial: rate, max: rate, final: rate, warmup: 0 } : rate;
  for (const key of ["initial", "max", "final"] as const) finite(`learning rate (${key})`, schedule[key], 0, true);
  finite("warmup", schedule.warmup, 0);
  if (schedule.warmup >= 1) fail("warmup", schedule.warmup, "a fraction in [0, 1)");
  const convergence = { gradientNorm: 1e-3, every: null, ...options.convergence };
  finite("gradient norm of convergence", convergence.gradientNorm, 0, true);
  if (convergence.every !== null) wholeNumber("steps between looks at convergence", convergence.every, 1);
  const checkpoints = options.checkpoints ?? { count: 0, spacing: "even" };
  wholeNumber("checkpoints", checkpoints.count, 0);
  oneOf("spacing of checkpoints", checkpoints.spacing, ["even", "log"]);
  if (checkpoints.from !== undefined && wholeNumber("first checkpoint", checkpoints.from, 0) > steps)
    fail("first checkpoint", checkpoints.from, `at most the last step, ${steps}`);
  return { steps, rate: schedule, convergence, checkpoints };
}

/** The learning rate of every step, [steps], in float64. */
export function rates(recipe: Recipe): Float64Array {
  const { initial, max, final, warmup } = recipe.rate;
  const rising = Math.floor(recipe.steps * warmup);
  // By exp and log, whose bits are the same in every version of Node; those of ** changed with Node 24.
  const decay = Math.exp(Math.log(final / max) / (recipe.steps * (1 - warmup)));
  const out = new Float64Array(recipe.steps);
  let rate = max;
  for (let t = 0; t < recipe.steps; t++) {
    if (t < rising) out[t] = initial + ((max - initial) * t) / rising;
    else {
      out[t] = rate;
      rate *= decay;
    }
  }
  return out;
}

/** The steps at which checkpoints are taken: increasing, from 0 (before the first step) to at most `steps`. */
export function checkpointSteps(recipe: Recipe): number[] {
  const { count, spacing, from = 0 } = recipe.checkpoints;
  if (count === 0) return [];
  const steps = new Set<number>([0]);
  for (let i = 1; i <= count; i++)
    steps.add(Math.round(spacing === "even" ? (recipe.steps * i) / count : recipe.steps ** (i / count)));
  return [...steps].filter((step) => step >= from).sort((a, b) => a - b);
}

/** A step at which every seed is looked at. */
export interface Look {
  readonly step: number;
  /** Keep a checkpoint. */
  readonly keep: boolean;
  /** Stop the seeds that have converged. */
  readonly check: boolean;
  /** Stop all seeds. */
  readonly last: boolean;
}

/** When to look: at checkpoints, every `every` steps, and at the end. */
export function looks(recipe: Recipe): Look[] {
  const { every } = recipe.convergence;
  const keep = new Set(checkpointSteps(recipe));
  const check = new Set([recipe.steps]);
  if (every !== null) for (let step = every; step < recipe.steps; step += every) check.add(step);
  return [...new Set([...keep, ...check])]
    .sort((a, b) => a - b)
    .map((step) => ({ step, keep: keep.has(step), check: check.has(step), last: step === recipe.steps }));
}
