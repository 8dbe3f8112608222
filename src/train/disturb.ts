import { layout, type Model } from "../models/model.ts";
import { canonicalJson } from "../util/canonical.ts";
import { finite, wholeNumber } from "../util/check.ts";
import { createNormal } from "../util/torch-random.ts";
import type { Ensemble } from "./ensemble.ts";
import type { Recipe } from "./recipe.ts";
import { type TrainOptions, train } from "./train.ts";

/**
 * What is done to the end of a training to see whether it is a minimum. Descent without noise also stops on saddles and on
 * kinks of the ReLU; a small push shows which it was.
 */
export interface Disturbance {
  /** Standard deviation of the Gaussian noise on every weight that trains. */
  readonly noise: number;
  /** How many times it is added and trained on. */
  readonly rounds: number;
}

/** Trains, then so many times adds noise to where each seed ended and trains on, at the recipe's last rate. */
export async function trainDisturbed(
  model: Model,
  recipe: Recipe,
  seeds: readonly number[],
  { noise, rounds }: Disturbance,
  options: Omit<TrainOptions, "from"> = {},
): Promise<Ensemble> {
  finite("noise", noise, 0, true);
  wholeNumber("rounds", rounds, 1);
  const again = onwards(recipe);
  let ensemble = await train(model, recipe, seeds, options);
  const { blocks, trainedSeconds } = ensemble;
  const spent = { ...blocks, trainedSeconds };
  for (let round = 1; round <= rounds; round++) {
    const ends = new Map(ensemble.runs.map((run) => [run.seed, run.parameters]));
    const start = (seed: number) => pushed(model, ends.get(seed)!, noise, seed, round);
    const key = canonicalJson({ recipe, noise, round });
    ensemble = await train(model, again, seeds, { ...options, from: { key, start } });
    spent.trained += ensemble.blocks.trained;
    spent.cached += ensemble.blocks.cached;
    spent.corrupted += ensemble.blocks.corrupted;
    spent.unkept += ensemble.blocks.unkept;
    spent.trainedSeconds += ensemble.trainedSeconds;
  }
  const { trainedSeconds: seconds, ...all } = spent;
  return { ...ensemble, blocks: all, trainedSeconds: seconds };
}

/** The recipe without its changes of rate, and without checkpoints. */
function onwards(recipe: Recipe): Recipe {
  const { final } = recipe.rate;
  return {
    ...recipe,
    rate: { initial: final, max: final, final, warmup: 0 },
    checkpoints: { count: 0, spacing: "even" },
  };
}

/** Each round of each seed has a stream of its own. */
function pushed(model: Model, end: Float64Array, noise: number, seed: number, round: number): Float32Array {
  const normal = createNormal((seed ^ Math.imul(round, 0x9e3779b9)) >>> 0);
  const parameters = Float32Array.from(end);
  for (const { offset, rows, cols, frozen } of layout(model).slots)
    if (!frozen) for (let k = offset; k < offset + rows * cols; k++) parameters[k]! += noise * normal();
  return parameters;
}
