import { type Model, validate } from "../models/model.ts";
import { sha256 } from "../util/canonical.ts";
import { oneOf } from "../util/check.ts";
import { explained } from "./address-space.ts";
import { blockKeys, cacheDirectory, RunCache, sourcesOf } from "./cache/cache.ts";
import type { Engine, Trajectory } from "./engine.ts";
import { chooseEngine, defaultEngine, type EngineChoice, engineChoices, openEngine } from "./engines/registry.ts";
import { type Ensemble, ensembleKey, fingerprint } from "./ensemble.ts";
import { createProgressLine, type Progress, Tally } from "./progress.ts";
import { type Recipe, recipe as validateRecipe } from "./recipe.ts";
import { Run } from "./run.ts";
import { seedBlocks, validateSeeds } from "./seeds.ts";

export interface TrainOptions {
  /** A name, "auto", or an engine of one's own. Default: the variable HYPOTHESES_ENGINE, else "auto". */
  readonly engine?: EngineChoice | Engine;
  /**
   * Directory of the run cache; null: none. Default: the variable HYPOTHESES_CACHE ("off": none), else .cache/runs in
   * the repository; but none for an engine of one's own, whose code the cache's keys do not cover.
   */
  readonly cache?: string | null;
  /** Where each seed starts, if not where it initialises; `key` names it in the cache. */
  readonly from?: { readonly key: string; readonly start: (seed: number) => Float32Array };
  /** Told how far the training is, at every report of the engine. Default: a line on stderr, if that is a terminal. */
  readonly progress?: (progress: Progress) => void;
}

/**
 * Trains a model by a recipe once for every seed. Seeds that diverge are part of the ensemble like any other.
 * Throws InputError, before anything is trained, on an invalid model, recipe, list of seeds or engine.
 */
export async function train(
  model: Model,
  recipe: Recipe,
  seeds: readonly number[],
  options: TrainOptions = {},
): Promise<Ensemble> {
  validate(model);
  validateRecipe(recipe);
  validateSeeds(seeds);
  const { name, why, own, open } = await select(options.engine ?? defaultEngine());
  const directory = cacheDirectory(own ? (options.cache ?? null) : options.cache);
  const cache = directory === null ? null : new RunCache(directory);

  const line = options.progress ? null : createProgressLine();
  const report = options.progress ?? line!.update;
  const tally = new Tally(seeds.length, recipe.steps);
  const trajectories = new Map<number, Trajectory>();
  const keep = (block: readonly Trajectory[]) => {
    for (const trajectory of block) trajectories.set(trajectory.seed, trajectory);
  };

  const blocks = { trained: 0, cached: 0, corrupted: 0, unkept: 0 };
  const pending: { seeds: number[]; key: string }[] = [];
  const cut = seedBlocks(seeds);
  const { from } = options;
  const keys = blockKeys(from ? `${name} from ${from.key}` : name, model, recipe, cut, sourcesOf(name));
  for (const [i, block] of cut.entries()) {
    const key = keys[i]!;
    const found = cache?.read(key) ?? "absent";
    if (found === "corrupted") blocks.corrupted++;
    if (typeof found === "string") pending.push({ seeds: block, key });
    else {
      keep(found);
      blocks.cached++;
      tally.read(block.length);
    }
  }

  let device: string | null = null;
  let trainedSeconds = 0;
  if (pending.length > 0) {
    const start = performance.now();
    const engine = await open();
    device = engine.device;
    const jobs = pending.map((block) => ({ model, recipe, seeds: block.seeds, ...(from && { start: from.start }) }));
    const onBlock = (index: number, block: readonly Trajectory[]) => {
      // At once, so that a run killed later keeps what it has done.
      if (cache?.write(pending[index]!.key, block) === false) blocks.unkept++;
      keep(block);
      blocks.trained++;
      tally.end(block.map((trajectory) => trajectory.end.step));
      report(tally.progress);
    };
    const onProgress = (seedSteps: number) => {
      tally.advance(seedSteps);
      report(tally.progress);
    };
    try {
      await engine.train(jobs, onBlock, onProgress).catch((error: Error) => {
        throw explained(error);
      });
    } finally {
      line?.clear();
    }
    trainedSeconds = (performance.now() - start) / 1000;
  }

  const ordered = seeds.map((seed) => {
    const trajectory = trajectories.get(seed);
    if (!trajectory) throw new Error(`engine "${name}" gave nothing back for seed ${seed}`);
    return trajectory;
  });
  return {
    model,
    recipe,
    engine: { name, device, ...(why !== undefined && { why }) },
    runs: ordered.map((trajectory) => new Run(model, recipe, trajectory)),
    key: from ? sha256(from.key, ensembleKey(model, recipe, seeds)) : ensembleKey(model, recipe, seeds),
    fingerprint: fingerprint(ordered),
    trainedSeconds,
    blocks,
  };
}

/** What is to train: its name, how it came to be chosen, and a way to get at it, taken only where there is work to do. */
async function select(asked: EngineChoice | Engine) {
  if (typeof asked === "object") return { name: asked.name, own: true, open: async () => asked };
  const { name, why } = await chooseEngine(oneOf("engine", asked, engineChoices));
  return { name, why, own: false, open: () => openEngine(name) };
}
