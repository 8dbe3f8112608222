import * as tf from "@tensorflow/tfjs-core";
import type { Engine, Job } from "../../engine.ts";
import { type Backend, type Loader, openBackend, openCudaBackend } from "./backend.ts";
import { trainBatch } from "./train.ts";

/**
 * The model written in TensorFlow.js operations with gradients by its automatic differentiation, float32: an independent
 * check of the gradients that the other engines derive by hand. On CUDA where the optional package tfjs-node-gpu is
 * installed, else in plain JavaScript, which is slow; `device` says which.
 */
export async function createTfjsEngine(load?: Loader): Promise<Engine> {
  return engineOn("tfjs", await openBackend(load));
}

/** The same on CUDA; throws, with the command that installs what is missing, where there is none. */
export async function createTfjsCudaEngine(load?: Loader): Promise<Engine> {
  return engineOn("tfjs-cuda", await openCudaBackend(load));
}

function engineOn(name: string, backend: Backend): Engine {
  return {
    name,
    device: backend.device,
    async train(jobs, onBlock, onProgress = () => {}) {
      await tf.setBackend(backend.name);
      for (const group of groups(jobs, backend.cuda ? cudaOutputs : 0)) {
        const { seeds: _, ...alike } = jobs[group[0]!]!;
        const seeds = group.flatMap((index) => jobs[index]!.seeds);
        const trajectories = await trainBatch({ ...alike, seeds }, onProgress);
        for (const index of group) onBlock(index, trajectories.splice(0, jobs[index]!.seeds.length));
      }
    },
    async close() {},
  };
}

/** Network outputs, over samples and seeds, at which a batch is large enough for a GPU: 32 MiB a tensor. */
const cudaOutputs = 2 ** 23;

/**
 * Indices of the jobs, in groups that train as one batch: neighbours with the same model, recipe and start, as long as together
 * they have at most so many network outputs. Plain JavaScript takes a job at a time: it gains nothing from larger
 * batches, and finished jobs are safe.
 */
function groups(jobs: readonly Job[], most: number): number[][] {
  const found: number[][] = [];
  let outputs = 0;
  jobs.forEach((job, index) => {
    const group = found.at(-1);
    const first = group && jobs[group[0]!]!;
    const own = job.seeds.length * job.model.data.inputs.length * job.model.sizes.at(-1)!;
    const alike = first?.model === job.model && first.recipe === job.recipe && first.start === job.start;
    if (alike && outputs + own <= most) {
      group!.push(index);
      outputs += own;
    } else {
      found.push([index]);
      outputs = own;
    }
  });
  return found;
}
