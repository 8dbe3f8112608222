import { initialise } from "../../models/initialise.ts";
import { layout } from "../../models/model.ts";
import { gradient, gradientNorm, loss, project } from "../../models/objective.ts";
import type { Engine, Job, Snapshot, Status, Trajectory } from "../engine.ts";
import { checkpointSteps, rates } from "../recipe.ts";

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

function trainSeed({ model, recipe }: Job, seed: number): Trajectory {
  const { slots } = layout(model);
  const rate = rates(recipe);
  const { gradientNorm: tolerance, every } = recipe.convergence;
  const wanted = new Set(checkpointSteps(recipe));
  const checkpoints: Snapshot[] = [];
  let p = project(model, initialise(model, seed));
  let step = 0;
  const look = (): Snapshot => ({
    step,
    loss: loss(model, p),
    gradientNorm: gradientNorm(model, p),
    parameters: Float32Array.from(p),
  });
  const finite = (s: Snapshot) =>
    Number.isFinite(s.loss) && Number.isFinite(s.gradientNorm) && s.parameters.every(Number.isFinite);
  for (; ; step++) {
    const due = wanted.has(step);
    const checking = step === recipe.steps || (every !== null && step % every === 0 && step > 0);
    if (due || checking) {
      const now = look();
      if (due) checkpoints.push(now);
      let status: Status | null = null;
      if (!finite(now)) status = "diverged";
      else if (checking && now.gradientNorm <= tolerance) status = "converged";
      else if (step === recipe.steps) status = "stopped";
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
