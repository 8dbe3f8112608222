import type { Engine, Job, Trajectory } from "../../engine.ts";

/** Trains the jobs and gives each one's trajectories, in the order of the jobs. */
export async function collect(engine: Engine, jobs: readonly Job[]): Promise<Trajectory[][]> {
  const out: Trajectory[][] = [];
  await engine.train(jobs, (index, trajectories) => {
    out[index] = trajectories;
  });
  return out;
}
