import { availableParallelism } from "node:os";
import { initialise } from "../../../models/initialise.ts";
import { project } from "../../../models/objective.ts";
import { wholeNumber } from "../../../util/check.ts";
import type { Engine, Job, Trajectory } from "../../engine.ts";
import { checkpointSteps, type Recipe } from "../../recipe.ts";
import { compileKernel } from "./compile.ts";
import { planMemory } from "./plan.ts";
import { type Look, Pool } from "./pool.ts";

/** Seeds that share a vector, and the most that one thread takes at a time. */
const LANES = 4;
const MOST = 16;

export interface WasmOptions {
  /** Worker threads; default: one for each processor. */
  readonly threads?: number;
}

/**
 * The default engine: float32 SIMD, four seeds to a vector, blocks of seeds spread over worker threads. A seed's result
 * is the same to the last bit on every machine, with any number of threads and in any company. See kernel/index.ts.
 */
export function createWasmEngine(options: WasmOptions = {}): Engine {
  const threads = wholeNumber("threads", options.threads ?? availableParallelism(), 1);
  let kernel: Promise<WebAssembly.Module> | undefined;
  const pool = new Pool(threads, () => {
    kernel ??= compileKernel();
    return kernel;
  });
  return {
    name: "wasm",
    device: `${threads} thread${threads === 1 ? "" : "s"}, float32 SIMD`,
    async train(jobs, onBlock, onProgress = () => {}) {
      const seeds = jobs.reduce((sum, job) => sum + job.seeds.length, 0);
      // Small enough that no thread waits long for the last one, in whole vectors.
      const share = Math.min(MOST, Math.ceil(seeds / threads / LANES) * LANES);
      try {
        await Promise.all(
          jobs.map(async (job, index) => onBlock(index, await trainJob(pool, job, share, onProgress))),
        );
      } catch (error) {
        // Nobody waits for the rest.
        await pool.close();
        throw error;
      }
    },
    close: () => pool.close(),
  };
}

async function trainJob(
  pool: Pool,
  { model, recipe, seeds }: Job,
  share: number,
  onProgress: (seedSteps: number) => void,
): Promise<Trajectory[]> {
  const layout = planMemory(model, recipe);
  const looks = planLooks(recipe);
  const tolerance = recipe.convergence.gradientNorm;
  const pieces: Promise<Trajectory[]>[] = [];
  for (let at = 0; at < seeds.length; at += share) {
    const some = seeds.slice(at, at + share);
    const start = new Float32Array(some.length * layout.size);
    some.forEach((seed, i) => {
      start.set(project(model, initialise(model, seed)), i * layout.size);
    });
    const results = pool.run({ layout, start, looks, tolerance }, onProgress);
    pieces.push(results.then((all) => all.map((result, i) => ({ seed: some[i] as number, ...result }))));
  }
  return (await Promise.all(pieces)).flat();
}

/** When to look at a run: at checkpoints, every `every` steps, and at the end. */
function planLooks(recipe: Recipe): Look[] {
  const { every } = recipe.convergence;
  const keep = new Set(checkpointSteps(recipe));
  const check = new Set([recipe.steps]);
  if (every !== null) for (let step = every; step < recipe.steps; step += every) check.add(step);
  return [...new Set([...keep, ...check])]
    .sort((a, b) => a - b)
    .map((step) => ({ step, keep: keep.has(step), check: check.has(step), last: step === recipe.steps }));
}
