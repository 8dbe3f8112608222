import { layout } from "../../models/model.ts";
import { gradient, project } from "../../models/objective.ts";
import { type Engine, type Job, type Snapshot, startOf, type Trajectory } from "../engine.ts";
import { looks, rates } from "../recipe.ts";
import { measured, statusOf } from "./look.ts";

/** Plain TypeScript in float64: the readable definition of training. For tests and small cases, not for populations. */
export function createReferenceEngine(): Engine {
  return {
    name: "reference",
    device: "1 thread, float64",
    async train(jobs, onBlock, onProgress) {
      jobs.forEach((job, index) => {
        onBlock(
          index,
          job.seeds.map((seed) => {
            const trajectory = trainSeed(job, seed);
            onProgress?.(trajectory.end.step);
            return trajectory;
          }),
        );
      });
    },
    async close() {},
  };
}

function trainSeed(job: Job, seed: number): Trajectory {
  const { model, recipe } = job;
  const { slots } = layout(model);
  const rate = rates(recipe);
  const due = new Map(looks(recipe).map((look) => [look.step, look]));
  const checkpoints: Snapshot[] = [];
  let p = startOf(model, seed, job.start);
  for (let step = 0; ; step++) {
    const look = due.get(step);
    if (look) {
      const now = measured(model, step, p);
      if (look.keep) checkpoints.push(now);
      const status = statusOf(now, look, recipe.convergence.gradientNorm);
      if (status) return { seed, status, end: now, checkpoints };
    }
    const g = gradient(model, p).gradient;
    for (const slot of slots)
      if (!slot.frozen)
        for (let k = slot.offset; k < slot.offset + slot.rows * slot.cols; k++)
          p[k] = (p[k] as number) - (rate[step] as number) * (g[k] as number);
    p = project(model, p);
  }
}
