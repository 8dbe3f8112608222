import { describe, expect, test } from "vitest";
import { autoencoder } from "../../models/autoencoder.ts";
import { initialise } from "../../models/initialise.ts";
import type { Model } from "../../models/model.ts";
import { gradient, gradientNorm, loss, project } from "../../models/objective.ts";
import type { Job, Trajectory } from "../engine.ts";
import { type RecipeOptions, recipe } from "../recipe.ts";
import { trainedCases } from "../testing/pytorch.ts";
import { createReferenceEngine } from "./reference.ts";

async function trainJobs(jobs: readonly Job[]): Promise<Trajectory[][]> {
  const out: Trajectory[][] = [];
  const engine = createReferenceEngine();
  await engine.train(jobs, (index, trajectories) => {
    out[index] = trajectories;
  });
  await engine.close();
  return out;
}

/** Trains one seed, 3 if none is given. */
async function trainOne(model: Model, options: RecipeOptions, seed = 3): Promise<Trajectory> {
  return (await trainJobs([{ model, recipe: recipe(options), seeds: [seed] }]))[0]![0]!;
}

test("runs on one thread in float64", () => {
  expect(createReferenceEngine().device).toBe("1 thread, float64");
});

const furthest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (x, k) => Math.abs(x - b[k]!)));

const tied = autoencoder({ features: 5, hidden: 2, nonlinearity: "relu", loss: "mse" });

describe("1,000 steps stay within 1e-4 of PyTorch", () => {
  test.each(trainedCases().map((c) => [c.name, c] as const))("%s", async (_, { job, loss, parameters }) => {
    const { end } = (await trainJobs([job]))[0]![0]!;
    expect(end.step).toBe(1000);
    expect(end.parameters.length).toBe(parameters.length);
    expect(furthest(end.parameters, parameters)).toBeLessThan(1e-4);
    expect(Math.abs(end.loss - loss)).toBeLessThan(1e-5);
    // The agreement is not that of two models that stayed where they were.
    expect(furthest(initialise(job.model, job.seeds[0]!), parameters)).toBeGreaterThan(0.2);
  });
});

test("a step moves against the gradient of the mean loss, by the rate of that step", async () => {
  const start = Float64Array.from(initialise(tied, 3));
  const rate = { initial: 0.5, max: 1, final: 1, warmup: 0.5 };
  const { end } = await trainOne(tied, { steps: 2, rate });
  const after = start.map((x, k) => x - 0.5 * gradient(tied, start).gradient[k]!);
  const twice = after.map((x, k) => x - gradient(tied, after).gradient[k]!);
  expect(end.parameters).toEqual(Float32Array.from(twice));
  expect(end.loss).toBe(loss(tied, twice));
  expect(end.gradientNorm).toBe(gradientNorm(tied, twice));
});

test("seeds and jobs are trained apart from one another", async () => {
  const recipes = [recipe({ steps: 20, rate: 1 }), recipe({ steps: 30, rate: 0.5 })] as const;
  const blocks = await trainJobs([
    { model: tied, recipe: recipes[0], seeds: [7, 3] },
    { model: tied, recipe: recipes[1], seeds: [3] },
  ]);
  expect(blocks.map((block) => block.map((t) => t.seed))).toEqual([[7, 3], [3]]);
  expect(blocks[0]![1]).toEqual(await trainOne(tied, { steps: 20, rate: 1 }));
  expect(blocks[1]![0]).toEqual(await trainOne(tied, { steps: 30, rate: 0.5 }));
  expect(furthest(blocks[0]![0]!.end.parameters, blocks[0]![1]!.end.parameters)).toBeGreaterThan(0.01);
});

test("reports the seed-steps done", async () => {
  let done = 0;
  const job = { model: tied, recipe: recipe({ steps: 15, rate: 1 }), seeds: [0, 1] };
  await createReferenceEngine().train(
    [job, job],
    () => {},
    (seedSteps) => {
      done += seedSteps;
    },
  );
  expect(done).toBe(60);
});

describe("how a run ends", () => {
  const gradientNorm = 0.05;

  test("stopped, when the budget ends before it has converged", async () => {
    const { status, end } = await trainOne(tied, { steps: 10, rate: 1, convergence: { gradientNorm } });
    expect(status).toBe("stopped");
    expect(end.step).toBe(10);
    expect(end.gradientNorm).toBeGreaterThan(gradientNorm);
  });

  test("converged, after the whole budget where it is not to look before", async () => {
    const { status, end } = await trainOne(tied, { steps: 1000, rate: 1, convergence: { gradientNorm } });
    expect(status).toBe("converged");
    expect(end.step).toBe(1000);
    expect(end.gradientNorm).toBeLessThanOrEqual(gradientNorm);
  });

  test("converged, at the first look that finds it so", async () => {
    const every = 20;
    const checkpoints = { count: 50, spacing: "even" } as const;
    const whole = await trainOne(tied, { steps: 1000, rate: 1, checkpoints });
    // The tolerance is met exactly at step 240, so the comparison's "at most" is tested too.
    const first = whole.checkpoints[12]!;
    const gradientNorm = first.gradientNorm;
    expect(whole.checkpoints.slice(0, 12).every((c) => c.gradientNorm > gradientNorm)).toBe(true);
    const early = await trainOne(tied, { steps: 1000, rate: 1, convergence: { gradientNorm, every } });
    expect(early.status).toBe("converged");
    expect(early.end).toEqual(first);
  });

  test("a start that is already converged is looked at after `every` steps, not before", async () => {
    const convergence = { gradientNorm: 1e9, every: 4 };
    const checkpoints = { count: 5, spacing: "even" } as const;
    const { status, end } = await trainOne(tied, { steps: 10, rate: 1, convergence, checkpoints });
    expect([status, end.step]).toEqual(["converged", 4]);
  });

  test("diverged, when something became infinite or NaN", async () => {
    const { status, end } = await trainOne(tied, { steps: 50, rate: 1e4 });
    expect(status).toBe("diverged");
    expect(end.step).toBe(50);
    expect(end.parameters.every(Number.isFinite) && Number.isFinite(end.loss)).toBe(false);
  });

  test("diverged, when a parameter is infinite though the loss is finite", async () => {
    // ReLU hides an infinitely negative bias: the output, and so the gradient, is 0.
    const finite = autoencoder({ features: 3, hidden: 2, nonlinearity: "relu", outputBias: true, loss: "mse" });
    // What float32 cannot hold is refused by whoever makes a model, and may still be where training leads.
    const model: Model = { ...finite, initialisation: { scheme: "torch", at: { bias1: [-1e39, -1e39, -1e39] } } };
    const { status, end } = await trainOne(model, { steps: 5, rate: 1 });
    expect([status, end.loss, end.gradientNorm]).toEqual(["diverged", 1 / 3, 0]);
  });

  test("diverged, when the gradient is infinite though loss and parameters are finite", async () => {
    // An amplitude a = 1e150: the loss a²(w² − 1)² is about 1e300, the gradient squared about its square.
    const initialisation = { scheme: "torch", at: { weight0: [0.5] } } as const;
    const finite = autoencoder({ features: 1, hidden: 1, loss: "mse", initialisation });
    const model: Model = { ...finite, data: { ...finite.data, inputs: [[1e150]], targets: [[1e150]] } };
    const checkpoints = { count: 1, spacing: "even" } as const;
    const { status, end } = await trainOne(model, { steps: 5, rate: 1, checkpoints });
    expect([status, end.step, end.gradientNorm]).toEqual(["diverged", 0, Number.POSITIVE_INFINITY]);
    expect(end.loss / 1e300).toBeCloseTo(0.75 ** 2, 12);
    expect(end.parameters).toEqual(Float32Array.of(0.5));
  });

  test("diverged, at the first look or checkpoint that finds it so", async () => {
    const checkpoints = { count: 10, spacing: "even" } as const;
    const kept = await trainOne(tied, { steps: 100, rate: 1e4, checkpoints });
    expect(kept.status).toBe("diverged");
    expect(kept.end.step).toBeLessThan(100);
    expect(kept.checkpoints.at(-1)).toEqual(kept.end);
    const looked = await trainOne(tied, { steps: 100, rate: 1e4, convergence: { every: 10 } });
    expect(looked.status).toBe("diverged");
    expect(looked.end.step).toBe(kept.end.step);
  });
});

test("checkpoints are what a shorter run ends with, step 0 the start", async () => {
  const checkpoints = { count: 4, spacing: "even" } as const;
  const run = await trainOne(tied, { steps: 40, rate: 1, checkpoints });
  expect(run.checkpoints.map((c) => c.step)).toEqual([0, 10, 20, 30, 40]);
  expect(run.checkpoints[0]!.parameters).toEqual(initialise(tied, 3));
  expect(run.checkpoints[1]).toEqual((await trainOne(tied, { steps: 10, rate: 1 })).end);
  expect(run.checkpoints[4]).toEqual(run.end);
  expect((await trainOne(tied, { steps: 40, rate: 1 })).checkpoints).toEqual([]);
});

test("frozen parameters do not move, and the others do", async () => {
  const model = autoencoder({
    features: 4,
    hidden: 2,
    tied: false,
    hiddenBias: true,
    outputBias: true,
    loss: "mse",
    frozen: ["bias0", "weight1"],
  });
  const start = initialise(model, 3);
  const { end } = await trainOne(model, { steps: 20, rate: 1 });
  const moved = Array.from(end.parameters, (x, k) => x !== start[k]);
  // weight0 (8), bias0 (2), weight1 (8), bias1 (4)
  expect(moved).toEqual(Array.from({ length: 22 }, (_, k) => k < 8 || k >= 18));
});

test("unit-norm columns have norm 1 in every snapshot, the start included", async () => {
  const model = autoencoder({
    features: 6,
    hidden: 3,
    nonlinearity: "relu",
    unitNorm: true,
    scale: 1,
    loss: "mse",
  });
  const checkpoints = { count: 3, spacing: "even" } as const;
  const run = await trainOne(model, { steps: 30, rate: 2, checkpoints });
  expect(run.checkpoints[0]!.parameters).toEqual(Float32Array.from(project(model, initialise(model, 3))));
  for (const { parameters: p } of run.checkpoints)
    for (let j = 0; j < 6; j++) expect(Math.hypot(p[j]!, p[6 + j]!, p[12 + j]!)).toBeCloseTo(1, 6);
  expect(run.end.parameters[18]).not.toBe(1);
});
