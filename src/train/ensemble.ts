import { createHash } from "node:crypto";
import type { Model } from "../models/model.ts";
import { canonicalJson, sha256 } from "../util/canonical.ts";
import type { Trajectory } from "./engine.ts";
import type { Recipe } from "./recipe.ts";
import type { Run } from "./run.ts";

/** How many blocks of seeds were: */
export interface Blocks {
  readonly trained: number;
  /** Read from the cache. */
  readonly cached: number;
  /** Found damaged there, and so trained. */
  readonly corrupted: number;
  /** Trained, and refused by the cache. */
  readonly unkept: number;
}

/** Many runs of one model and recipe: a sample from the population of seeds. */
export interface Ensemble {
  readonly model: Model;
  readonly recipe: Recipe;
  /**
   * `device`: what it ran on, for people; null when every block was cached and nothing ran. `why`: how the engine came to be
   * chosen, where it was not named: "auto: no hardware WebGPU adapter".
   */
  readonly engine: { readonly name: string; readonly device: string | null; readonly why?: string };
  /** In the order in which the seeds were asked for; diverged and stopped runs included. */
  readonly runs: readonly Run[];
  /** SHA-256 of what was asked for: model, recipe and seeds, whatever engine trains them. */
  readonly key: string;
  /** 16 hexadecimal digits of what came out: status and weights at the end of every run, to the last bit. */
  readonly fingerprint: string;
  /** Seconds spent training, 0 when every block was cached. */
  readonly trainedSeconds: number;
  readonly blocks: Blocks;
}

export function ensembleKey(model: Model, recipe: Recipe, seeds: readonly number[]): string {
  const { data, initialisation } = model;
  const { at } = initialisation;
  const asked = {
    ...model,
    data: nineDigits(data),
    initialisation: { ...initialisation, ...(at && { at: nineDigits(at) }) },
  };
  return sha256(canonicalJson({ model: asked, recipe, seeds }));
}

/**
 * The last digits of a sine depend on who computes it (Node's versions and browsers differ), and training, in float32, does not
 * see them: data and starting points that differ by no more are the same.
 */
function nineDigits(value: unknown): unknown {
  const rounded = (_: string, inner: unknown) =>
    typeof inner === "number" && !Number.isInteger(inner) ? Number(inner.toPrecision(9)) : inner;
  return JSON.parse(JSON.stringify(value, rounded));
}

/** NaN has many bit patterns, and which one comes out of an operation depends on the processor: all count as one. */
export function fingerprint(trajectories: readonly Trajectory[]): string {
  const hash = createHash("sha256");
  for (const { seed, status, end } of trajectories) {
    hash.update(`${seed} ${status} ${end.parameters.length}\n`);
    const { parameters } = end;
    const bits = new Uint32Array(parameters.slice().buffer);
    for (let i = 0; i < bits.length; i++) if (Number.isNaN(parameters[i])) bits[i] = 0x7fc00000;
    hash.update(bits);
  }
  return hash.digest("hex").slice(0, 16);
}
