import { initialise } from "../models/initialise.ts";
import type { Model } from "../models/model.ts";
import { project } from "../models/objective.ts";
import type { Recipe } from "./recipe.ts";

/**
 * - `converged`: finite, and the gradient norm is within the recipe's tolerance;
 * - `stopped`: finite, but the budget of steps ran out before that;
 * - `diverged`: a parameter, the loss or the gradient became infinite or NaN.
 */
export type Status = "converged" | "stopped" | "diverged";

/** One seed at one step. `loss` is the mean loss; `gradientNorm` that of the summed loss (see `gradientNorm`). */
export interface Snapshot {
  readonly step: number;
  readonly loss: number;
  readonly gradientNorm: number;
  /** In the order of `layout`; unit-norm columns have norm 1. */
  readonly parameters: Float32Array;
}

/** What an engine gives back for one seed. */
export interface Trajectory {
  readonly seed: number;
  readonly status: Status;
  readonly end: Snapshot;
  /** At `checkpointSteps`, up to the step at which the run ended. */
  readonly checkpoints: readonly Snapshot[];
}

/** A block of seeds to train. Results must not depend on which seeds share a block, or on their order. */
export interface Job {
  readonly model: Model;
  readonly recipe: Recipe;
  readonly seeds: readonly number[];
  /** A seed's parameters before the first step; left out, they are what the seed initialises. */
  readonly start?: (seed: number) => Float32Array;
}

/** Where a seed's training starts: columns that are kept at norm 1 have it. */
export function startOf(model: Model, seed: number, start: Job["start"]): Float64Array {
  return project(model, start ? start(seed) : initialise(model, seed));
}

export interface Engine {
  readonly name: string;
  /** What it runs on, for people: "2 threads", "NVIDIA …". Never part of a result's identity. */
  readonly device: string;
  /**
   * Trains the blocks, as many at a time as suits the device, and hands over each as it ends (in any order).
   * `onProgress` is told of seed-steps done since the last call.
   */
  train(
    jobs: readonly Job[],
    onBlock: (index: number, trajectories: Trajectory[]) => void,
    onProgress?: (seedSteps: number) => void,
  ): Promise<void>;
  /** Frees threads and devices. */
  close(): Promise<void>;
}
