import { test as property } from "@fast-check/vitest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { autoencoder } from "../../models/autoencoder.ts";
import { initialise } from "../../models/initialise.ts";
import { layout, type Model } from "../../models/model.ts";
import { gradient, gradientNorm, loss, project } from "../../models/objective.ts";
import { randomModel } from "../../models/testing/random-model.ts";
import { createNormal } from "../../util/torch-random.ts";
import type { Engine, Job, Snapshot, Trajectory } from "../engine.ts";
import { recipe } from "../recipe.ts";
import { range } from "../seeds.ts";
import { trainedCases } from "../testing/pytorch.ts";
import { createReferenceEngine } from "./reference.ts";
import { collect } from "./testing/collect.ts";
import { exampleModels } from "./testing/models.ts";
import { type Subject, subjects } from "./testing/subjects.ts";

const reference = createReferenceEngine();

/** Largest difference between numbers of the same place, relative to those above 1. */
function furthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return Math.max(...Array.from(a, (x, k) => Math.abs(x - b[k]!) / Math.max(1, Math.abs(b[k]!))));
}

function expectClose(actual: Snapshot, expected: Snapshot, model: Model, tolerance: number): void {
  expect(actual.step).toBe(expected.step);
  expect(actual.parameters).toBeInstanceOf(Float32Array);
  expect(actual.parameters.length).toBe(layout(model).size);
  expect(furthest(actual.parameters, expected.parameters)).toBeLessThan(tolerance);
  expect(furthest([actual.loss], [expected.loss])).toBeLessThan(tolerance);
  // What is reported is exact for the parameters that are reported.
  expect(furthest([actual.loss], [loss(model, actual.parameters)])).toBeLessThan(1e-9);
  expect(furthest([actual.gradientNorm], [gradientNorm(model, actual.parameters)])).toBeLessThan(1e-9);
}

/** Trains a job on the engine and on the reference, and expects the same statuses and the same weights, within the tolerance. */
async function expectAgreement(engine: Engine, job: Job, tolerance: number): Promise<readonly Trajectory[]> {
  const [actual] = await collect(engine, [job]);
  const [expected] = await collect(reference, [job]);
  expect(statuses(actual!)).toEqual(statuses(expected!));
  actual!.forEach((trajectory, i) => {
    if (trajectory.status === "diverged") return;
    expectClose(trajectory.end, expected![i]!.end, job.model, tolerance);
    expect(trajectory.checkpoints.length).toBe(expected![i]!.checkpoints.length);
    trajectory.checkpoints.forEach((c, k) => {
      expectClose(c, expected![i]!.checkpoints[k]!, job.model, tolerance);
    });
  });
  return actual!;
}

/** How each seed ended. */
function statuses(block: readonly Trajectory[]): [seed: number, status: string][] {
  return block.map((t) => [t.seed, t.status]);
}

/** What every engine owes, whatever it runs on. What is special to one is tested beside it. */
function conformance({ open, tolerance, randomModels }: Subject): void {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => engine.close());

  // Five seeds: a full vector and one that is not.
  const seeds = [0, 142, 200, 3, 4];
  const schedule = { initial: 0.05, max: 1, final: 0.1, warmup: 0.1 };
  const tied = autoencoder({ features: 5, hidden: 2, nonlinearity: "relu", loss: "mse" });
  const checkpoints = { count: 3, spacing: "log" } as const;

  describe("agrees with the reference", () => {
    property.prop([randomModel()], { numRuns: randomModels })(
      "in loss and gradient: one step on random models",
      async (model) => {
        const once = { ...checkpoints, count: 1 };
        const job = { model, recipe: recipe({ steps: 1, rate: 1, checkpoints: once }), seeds: [1] };
        const [run] = await expectAgreement(engine, job, tolerance);
        if (model.unitNorm) return;
        // What the weights moved by is the gradient of the definition, up to the rounding of the weights.
        const start = Float64Array.from(run!.checkpoints[0]!.parameters);
        const { gradient: expected } = gradient(model, start);
        const moved = start.map((x, k) => x - run!.end.parameters[k]!);
        for (const { offset, rows, cols, frozen } of layout(model).slots) {
          const part = [offset, offset + rows * cols] as const;
          const slope = frozen ? new Float64Array(rows * cols) : expected.subarray(...part);
          expect(furthest(moved.subarray(...part), slope)).toBeLessThan(tolerance);
        }
      },
    );

    property.prop([randomModel()], { numRuns: randomModels })("after 5 steps on random models", async (model) => {
      const job = { model, recipe: recipe({ steps: 5, rate: 0.02 }), seeds: [1, 2] };
      await expectAgreement(engine, job, tolerance);
    });

    test.each(Object.entries(exampleModels))("after 200 steps: %s", async (_, model) => {
      const job = { model, recipe: recipe({ steps: 200, rate: schedule, checkpoints }), seeds };
      const [first] = await expectAgreement(engine, job, tolerance);
      const [start] = first!.checkpoints;
      expect(start!.parameters).toEqual(Float32Array.from(project(model, initialise(model, seeds[0]!))));
      // The weights that were compared had somewhere to go.
      expect(furthest(start!.parameters, first!.end.parameters)).toBeGreaterThan(1e-3);
    });

    test.each(trainedCases().map((c) => [c.name, c] as const))(
      "and stays within 1e-4 of PyTorch for 1,000 steps: %s",
      async (_, { job, loss: expected, parameters }) => {
        const [[run]] = (await collect(engine, [job])) as [[Trajectory]];
        expect(run.end.step).toBe(1000);
        expect(furthest(run.end.parameters, parameters)).toBeLessThan(1e-4);
        expect(Math.abs(run.end.loss - expected)).toBeLessThan(1e-5);
      },
    );

    test.each(["tied ReLU, d = 2", "untied GELU with both biases, d = 4", "softmax with scale", "unit norm and scale"])(
      "from a given start: %s",
      async (name) => {
        const model = exampleModels[name]!;
        const start = (seed: number) => Float32Array.from({ length: layout(model).size }, createNormal(seed + 7));
        const job = { model, recipe: recipe({ steps: 40, rate: 0.05, checkpoints }), seeds, start };
        const trained = await expectAgreement(engine, job, tolerance);
        for (const { seed, checkpoints, end } of trained) {
          // Columns that are kept at norm 1 are put there first.
          expect(checkpoints[0]!.parameters).toEqual(Float32Array.from(project(model, start(seed))));
          expect(furthest(checkpoints[0]!.parameters, end.parameters)).toBeGreaterThan(1e-3);
        }
      },
    );

    test("from several starts in one go", async () => {
      const normal = (spread: number) => (seed: number) =>
        Float32Array.from({ length: layout(tied).size }, createNormal(seed)).map((x) => spread * x);
      const job = { model: tied, recipe: recipe({ steps: 20, rate: 0.1 }), seeds: [1, 2, 3] };
      const jobs = [job, { ...job, start: normal(0.5) }, { ...job, start: normal(1) }];
      const together = await collect(engine, jobs);
      expect(together).toEqual((await Promise.all(jobs.map((each) => collect(engine, [each])))).flat());
      expect(new Set(together.map(([run]) => run!.end.loss)).size).toBe(3);
    });

    test("on when each seed has converged", async () => {
      const convergence = { gradientNorm: 1e-2, every: 10 };
      const job = { model: tied, recipe: recipe({ steps: 200, rate: 1, convergence }), seeds: range(22) };
      const actual = await expectAgreement(engine, job, tolerance);
      expect(new Set(actual.map((t) => t.status))).toEqual(new Set(["converged", "stopped"]));
      expect(new Set(actual.map((t) => t.end.step)).size).toBeGreaterThan(4);
    });

    test.each(["relu", "gelu", "identity"] as const)("on what diverges (%s)", async (nonlinearity) => {
      const wild = recipe({ steps: 1000, rate: 1e6, convergence: { every: 10 } });
      for (const tiedToo of [true, false]) {
        const model = autoencoder({ features: 5, hidden: 2, nonlinearity, loss: "mse", tied: tiedToo });
        const job = { model, recipe: wild, seeds };
        const [block] = await collect(engine, [job]);
        const [expected] = await collect(createReferenceEngine(), [job]);
        expect(statuses(block!)).toEqual(statuses(expected!));
        // ReLU may also throw everything to zero at once.
        const diverged = block!.filter((t) => t.status === "diverged");
        expect(diverged.some((t) => t.end.step < 1000)).toBe(true);
        // Found where it is looked for, not before.
        expect(diverged.filter((t) => t.end.step % 10 > 0)).toEqual([]);
      }
    });
  });

  describe("a seed's run is the same to the last bit", () => {
    // Some of these seeds stop early, at different steps, so that those in one block part company.
    const convergence = { gradientNorm: 1e-2, every: 10 };
    const jobs = [
      { model: tied, recipe: recipe({ steps: 150, rate: 1, convergence, checkpoints }) },
      {
        model: exampleModels["untied GELU with both biases, d = 4"]!,
        recipe: recipe({ steps: 40, rate: 0.5 }),
      },
      { model: exampleModels["softmax with scale"]!, recipe: recipe({ steps: 40, rate: 0.5 }) },
    ] as const;
    const company = range(18);
    let together: Trajectory[][];
    beforeAll(async () => {
      together = await collect(
        engine,
        jobs.map((job) => ({ ...job, seeds: company })),
      );
      expect(new Set(together[0]!.map((t) => t.end.step)).size).toBeGreaterThan(3);
    });

    test("trained again", async () => {
      const again = await collect(
        engine,
        jobs.map((job) => ({ ...job, seeds: company })),
      );
      expect(again).toEqual(together);
    });

    test("alone", async () => {
      for (const [j, job] of jobs.entries())
        for (const seed of [0, 5, 17])
          expect(await collect(engine, [{ ...job, seeds: [seed] }])).toEqual([[together[j]![seed]]]);
    });

    test("in any order, and in blocks of any size", async () => {
      const reversed = [...company].reverse();
      const cuts = [reversed.slice(0, 1), reversed.slice(1, 8), reversed.slice(8)];
      // Blocks of the three models take turns.
      const mixed: Job[] = cuts.flatMap((part) => jobs.map((job) => ({ ...job, seeds: part })));
      const blocks = await collect(engine, mixed);
      for (const [j] of jobs.entries()) {
        const mine = blocks.filter((_, i) => i % jobs.length === j).flat();
        expect(mine).toEqual(reversed.map((seed) => together[j]![seed]));
      }
    });

    test("on another instance, opened and closed beside the first, and after the first is closed", async () => {
      const [job] = [{ ...jobs[0], seeds: [0, 5] }];
      const expected = [[together[0]![0], together[0]![5]]];
      const second = await open();
      expect(await collect(second, [job])).toEqual(expected);
      await second.close();
      expect(await collect(engine, [job])).toEqual(expected);
      await engine.close();
      engine = await open();
      expect(await collect(engine, [job])).toEqual(expected);
    });
  });

  test("looks for convergence at the end only, unless asked", async () => {
    const convergence = { gradientNorm: 1e6 };
    const job = { model: tied, recipe: recipe({ steps: 60, rate: 1, convergence }), seeds };
    const [block] = await collect(engine, [job]);
    expect(block!.map((t) => [t.status, t.end.step])).toEqual(seeds.map(() => ["converged", 60]));
  });

  test("a checkpoint is the end of a shorter run at the same rate", async () => {
    const even = { count: 4, spacing: "even" } as const;
    const long = { model: tied, recipe: recipe({ steps: 80, rate: 1, checkpoints: even }), seeds };
    const short = { model: tied, recipe: recipe({ steps: 20, rate: 1 }), seeds };
    const [a, b] = await collect(engine, [long, short]);
    expect(a![0]!.checkpoints.map((c) => c.step)).toEqual([0, 20, 40, 60, 80]);
    expect(a!.map((t) => t.checkpoints[1])).toEqual(b!.map((t) => t.end));
    expect(a!.map((t) => t.checkpoints[4])).toEqual(a!.map((t) => t.end));
  });

  test("tells how many seed-steps it did, and takes empty work", async () => {
    const convergence = { gradientNorm: 1e-2, every: 20 };
    const short = recipe({ steps: 400, rate: 1, convergence });
    let told = 0;
    const blocks: Trajectory[][] = [];
    await engine.train(
      [
        { model: tied, recipe: short, seeds },
        { model: tied, recipe: short, seeds: [] },
      ],
      (index, trajectories) => {
        blocks[index] = trajectories;
      },
      (seedSteps) => {
        told += seedSteps;
      },
    );
    expect(told).toBe(blocks[0]!.reduce((sum, t) => sum + t.end.step, 0));
    expect(blocks[1]).toEqual([]);
    await engine.train([], () => expect.unreachable());
  });
}

for (const subject of subjects) {
  const reason = await subject.unavailable();
  // The default reporter says only how many tests were skipped.
  if (reason !== null) console.warn(`the engine ${subject.name} is not tested here: ${reason}`);
  describe(subject.name, () => {
    if (reason === null) conformance(subject);
    else test("cannot run here", ({ skip }) => skip(reason));
  });
}
