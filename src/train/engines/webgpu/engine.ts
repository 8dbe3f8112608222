import { layout, type Model } from "../../../models/model.ts";
import { oneOf } from "../../../util/check.ts";
import { type Engine, type Job, startOf, type Trajectory } from "../../engine.ts";
import { type Recipe, rates } from "../../recipe.ts";
import { Device, OutOfMemory } from "./device.ts";
import type { Kernel } from "./launch.ts";
import { type Plan, planKernel, rateFactor } from "./plan.ts";
import { createReporter } from "./report.ts";
import { writeShader } from "./shader/shader.ts";
import { type Batch, type Member, type Training, trainBatch } from "./training.ts";

/** The most seeds in flight: more would not make a device faster, and would come home later. */
const MOST = 16_384;
/** The most bytes of parameters in flight, of which there are four copies. */
const MOST_BYTES = 2 ** 28;
/** So few seeds should fit on any device. */
const FEWEST = 32;

/**
 * The engine for graphics cards: float32, one kernel for the whole training loop, some threads for each seed, see
 * shader/shader.ts. A seed's result is the same in any company, but not on every device, whose arithmetic differs in
 * the last places. Throws InputError if there is no adapter to train on; `software`: one that computes on the processor
 * will do, by default whether HYPOTHESES_WEBGPU is "software".
 */
export async function createWebgpuEngine({ software = askedForSoftware() } = {}): Promise<Engine> {
  let device: Device | null = await Device.open(software);
  let closed = false;
  return {
    name: "webgpu",
    device: device.name,
    async train(jobs, onBlock, onProgress = () => {}) {
      if (closed) throw new Error("the training engine was closed");
      if (device === null || device.lost !== null) device = await Device.open(software);
      for (const alike of groupJobs(jobs, onBlock)) await trainAlike(device, alike, onProgress);
    },
    async close() {
      closed = true;
      device?.gpu.destroy();
      device = null;
    },
  };
}

function askedForSoftware(): boolean {
  const asked = process.env.HYPOTHESES_WEBGPU;
  return asked ? oneOf("HYPOTHESES_WEBGPU", asked, ["software", "hardware"]) === "software" : false;
}

/** All seeds of one model and recipe, from whichever jobs. */
interface Alike {
  readonly model: Model;
  readonly recipe: Recipe;
  readonly start: Job["start"] | undefined;
  readonly seeds: { readonly seed: number; readonly end: (trajectory: Trajectory) => void }[];
}

/** Gathers the seeds of jobs with the same model and recipe; a job's block is handed over when its last seed ends. */
function groupJobs(jobs: readonly Job[], onBlock: (index: number, block: Trajectory[]) => void): Alike[] {
  const groups: Alike[] = [];
  jobs.forEach(({ model, recipe, seeds, start }, index) => {
    if (seeds.length === 0) {
      onBlock(index, []);
      return;
    }
    const known = groups.find((group) => group.model === model && group.recipe === recipe && group.start === start);
    const alike = known ?? { model, recipe, start, seeds: [] };
    if (!known) groups.push(alike);
    const block: Trajectory[] = [];
    let left = seeds.length;
    seeds.forEach((seed, i) => {
      const end = (trajectory: Trajectory) => {
        block[i] = trajectory;
        left--;
        if (left === 0) onBlock(index, block);
      };
      alike.seeds.push({ seed, end });
    });
  });
  return groups;
}

async function trainAlike(device: Device, alike: Alike, onProgress: (seedSteps: number) => void): Promise<void> {
  const { model, recipe, seeds } = alike;
  const plan = planKernel(model, device.limits);
  const most = mostSeeds(device, plan);
  const batches = Array.from({ length: Math.ceil(seeds.length / most) }, (_, i) =>
    seeds.slice(i * most, (i + 1) * most),
  );
  // The device's compiler works while the first seeds are drawn here.
  const preparing = prepare(device, plan, recipe);
  preparing.catch(() => {});
  const queue = [gather({ ...alike, seeds: batches.shift()! })];
  const kernel = await preparing;
  const training: Training = {
    device,
    kernel,
    recipe,
    onProgress,
    report: await createReporter(model, recipe),
  };
  try {
    for (;;) {
      for (let batch = queue.pop(); batch; batch = queue.pop()) queue.push(...(await trainOrSplit(training, batch)));
      const next = batches.shift();
      if (!next) return;
      queue.push(gather({ ...alike, seeds: next }));
    }
  } finally {
    kernel.rates.destroy();
    kernel.data.destroy();
  }
}

async function prepare(device: Device, plan: Plan, recipe: Recipe): Promise<Kernel> {
  const factor = rateFactor(plan);
  const [pipeline, rateBuffer, data] = await Promise.all([
    device.pipeline(writeShader(plan)),
    device.upload(Float32Array.from(rates(recipe), (rate) => rate * factor)),
    device.upload(plan.data.values),
  ]);
  return { plan, pipeline, rates: rateBuffer, data };
}

function mostSeeds({ limits }: Device, plan: Plan): number {
  const bytes = 4 * Math.max(plan.size + 1, 4 * plan.scratch);
  const binding = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize, MOST_BYTES);
  return Math.max(1, Math.min(MOST, Math.floor(binding / bytes / plan.seedsPerGroup) * plan.seedsPerGroup));
}

/** The batch of some seeds before the first step. */
function gather(alike: Alike): Batch {
  const { model, recipe, seeds, start } = alike;
  const { size } = layout(model);
  const parameters = new Float32Array(seeds.length * size);
  const members = seeds.map(({ seed, end }, i): Member => {
    parameters.set(startOf(model, seed, start), i * size);
    const checkpoints: Trajectory["checkpoints"][number][] = [];
    return { checkpoints, end: (status, last) => end({ seed, status, end: last, checkpoints }) };
  });
  return { members, step: 0, parameters, tolerance: recipe.convergence.gradientNorm };
}

/** Trains a batch; where the device has no room for it, gives its halves back. */
async function trainOrSplit(training: Training, batch: Batch): Promise<Batch[]> {
  try {
    return await trainBatch(training, batch);
  } catch (error) {
    const { length } = batch.members;
    if (!(error instanceof OutOfMemory) || length <= FEWEST) throw error;
    const { size } = training.kernel.plan;
    const half = Math.ceil(length / 2);
    return [
      { ...batch, members: batch.members.slice(0, half), parameters: batch.parameters.slice(0, half * size) },
      { ...batch, members: batch.members.slice(half), parameters: batch.parameters.slice(half * size) },
    ];
  }
}
