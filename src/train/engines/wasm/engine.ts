import { availableParallelism } from "node:os";
import { wholeNumber } from "../../../util/check.ts";
import { type Engine, type Job, startOf, type Trajectory } from "../../engine.ts";
import { unpack } from "../../packed.ts";
import { looks } from "../../recipe.ts";
import { compileKernel } from "./compile.ts";
import { planMemory } from "./plan.ts";
import { Pool } from "./pool.ts";

/** Seeds that share a vector, and the most that one thread takes at a time. */
const LANES = 4;
const MOST = 16;

/**
 * The default engine: float32 SIMD, four seeds to a vector, blocks of seeds spread over worker threads. A seed's result
 * is the same to the last bit on every machine, with any number of threads (by default one for each processor) and in any
 * company. See kernel/index.ts.
 */
export function createWasmEngine({ threads = availableParallelism() } = {}): Engine {
  wholeNumber("threads", threads, 1);
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
        await Promise.all(jobs.map(async (job, index) => onBlock(index, await trainJob(pool, job, share, onProgress))));
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
  job: Job,
  share: number,
  onProgress: (seedSteps: number) => void,
): Promise<Trajectory[]> {
  const { model, recipe, seeds } = job;
  const layout = planMemory(model, recipe);
  const common = { layout, looks: looks(recipe), tolerance: recipe.convergence.gradientNorm };
  const pieces: Promise<Trajectory[]>[] = [];
  for (let at = 0; at < seeds.length; at += share) {
    const some = seeds.slice(at, at + share);
    const start = new Float32Array(some.length * layout.size);
    some.forEach((seed, i) => {
      start.set(startOf(model, seed, job.start), i * layout.size);
    });
    const packed = pool.run({ ...common, start }, onProgress);
    pieces.push(packed.then((all) => unpack(some, all)));
  }
  return (await Promise.all(pieces)).flat();
}
