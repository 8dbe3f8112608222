import { test as property } from "@fast-check/vitest";
import { afterAll, describe, expect, test } from "vitest";
import { autoencoder } from "../../models/autoencoder.ts";
import type { Model } from "../../models/model.ts";
import { gradientNorm, loss } from "../../models/objective.ts";
import { randomModel } from "../../models/testing/random-model.ts";
import type { Engine, Job, Snapshot, Trajectory } from "../engine.ts";
import { recipe } from "../recipe.ts";
import { trainedCases } from "../testing/pytorch.ts";
import { createReferenceEngine } from "./reference.ts";
import { collect } from "./testing/collect.ts";
import { ledger } from "./testing/ledger.ts";
import { createWasmEngine } from "./wasm/engine.ts";

const engines: readonly (() => Engine)[] = [() => createWasmEngine({ threads: 2 })];
const reference = createReferenceEngine();

/** Largest difference between numbers of the same place, relative to those above 1. */
function furthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return Math.max(...Array.from(a, (x, k) => Math.abs(x - b[k]!) / Math.max(1, Math.abs(b[k]!))));
}

function expectClose(actual: Snapshot, expected: Snapshot, model: Model): void {
  expect(actual.step).toBe(expected.step);
  expect(actual.parameters).toBeInstanceOf(Float32Array);
  expect(furthest(actual.parameters, expected.parameters)).toBeLessThan(1e-5);
  expect(furthest([actual.loss], [expected.loss])).toBeLessThan(1e-5);
  // What is reported is exact for the parameters that are reported.
  expect(furthest([actual.loss], [loss(model, actual.parameters)])).toBeLessThan(1e-9);
  expect(furthest([actual.gradientNorm], [gradientNorm(model, actual.parameters)])).toBeLessThan(1e-9);
}

async function expectAgreement(engine: Engine, job: Job): Promise<readonly Trajectory[]> {
  const [actual] = await collect(engine, [job]);
  const [expected] = await collect(reference, [job]);
  expect(actual!.map((t) => [t.seed, t.status])).toEqual(expected!.map((t) => [t.seed, t.status]));
  actual!.forEach((trajectory, i) => {
    if (trajectory.status === "diverged") return;
    expectClose(trajectory.end, expected![i]!.end, job.model);
    expect(trajectory.checkpoints.length).toBe(expected![i]!.checkpoints.length);
    trajectory.checkpoints.forEach((c, k) => {
      expectClose(c, expected![i]!.checkpoints[k]!, job.model);
    });
  });
  return actual!;
}

describe.each(engines.map((create) => create()).map((engine) => [engine.name, engine] as const))(
  "%s",
  (_, engine) => {
    afterAll(() => engine.close());

    // Five seeds: a full vector and one that is not.
    const seeds = [0, 142, 200, 3, 4];
    const schedule = { initial: 0.05, max: 1, final: 0.1, warmup: 0.1 };

    test.each(Object.entries(ledger))("matches the reference after 200 steps: %s", async (_, model) => {
      const checkpoints = { count: 3, spacing: "log" } as const;
      const job = { model, recipe: recipe({ steps: 200, rate: schedule, checkpoints }), seeds };
      const [first] = await expectAgreement(engine, job);
      // The weights that were compared had somewhere to go.

      expect(furthest(first!.checkpoints[0]!.parameters, first!.end.parameters)).toBeGreaterThan(1e-3);
    });

    property.prop([randomModel()], { numRuns: 100 })(
      "matches the reference on random models",
      async (model) => {
        const job = { model, recipe: recipe({ steps: 5, rate: 0.02 }), seeds: [1, 2] };
        await expectAgreement(engine, job);
      },
    );

    test.each(trainedCases().map((c) => [c.name, c] as const))(
      "stays within 1e-4 of PyTorch for 1,000 steps: %s",
      async (_, { job, loss: expected, parameters }) => {
        const [[run]] = (await collect(engine, [job])) as [[Trajectory]];
        expect(run.end.step).toBe(1000);
        expect(furthest(run.end.parameters, parameters)).toBeLessThan(1e-4);
        expect(Math.abs(run.end.loss - expected)).toBeLessThan(1e-5);
      },
    );

    const tied = autoencoder({ features: 5, hidden: 2, nonlinearity: "relu", loss: "mse" });

    test("stops each seed when it has converged, as the reference does", async () => {
      const convergence = { gradientNorm: 1e-2, every: 10 };
      const many = Array.from({ length: 22 }, (_, i) => i);
      const job = { model: tied, recipe: recipe({ steps: 200, rate: 1, convergence }), seeds: many };
      const actual = await expectAgreement(engine, job);
      expect(new Set(actual.map((t) => t.status))).toEqual(new Set(["converged", "stopped"]));
      expect(new Set(actual.map((t) => t.end.step)).size).toBeGreaterThan(4);
    });

    test("looks for convergence at the end only, unless asked", async () => {
      const convergence = { gradientNorm: 1e6 };
      const job = { model: tied, recipe: recipe({ steps: 60, rate: 1, convergence }), seeds };
      const [block] = await collect(engine, [job]);
      expect(block!.map((t) => [t.status, t.end.step])).toEqual(seeds.map(() => ["converged", 60]));
    });

    test("a checkpoint is the end of a shorter run at the same rate", async () => {
      const checkpoints = { count: 4, spacing: "even" } as const;
      const long = { model: tied, recipe: recipe({ steps: 80, rate: 1, checkpoints }), seeds };
      const short = { model: tied, recipe: recipe({ steps: 20, rate: 1 }), seeds };
      const [a, b] = await collect(engine, [long, short]);
      expect(a![0]!.checkpoints.map((c) => c.step)).toEqual([0, 20, 40, 60, 80]);
      expect(a!.map((t) => t.checkpoints[1])).toEqual(b!.map((t) => t.end));
      expect(a!.map((t) => t.checkpoints[4])).toEqual(a!.map((t) => t.end));
    });

    test.each(["relu", "gelu", "identity"] as const)("reports divergence (%s)", async (nonlinearity) => {
      const convergence = { every: 10 };
      for (const tiedToo of [true, false]) {
        const model = autoencoder({ features: 5, hidden: 2, nonlinearity, loss: "mse", tied: tiedToo });
        const wild = recipe({ steps: 1000, rate: 1e6, convergence });
        const [block] = await collect(engine, [{ model, recipe: wild, seeds }]);
        const [expected] = await collect(reference, [{ model, recipe: wild, seeds }]);
        expect(block!.map((t) => t.status)).toEqual(expected!.map((t) => t.status));
        // ReLU may also throw everything to zero at once.
        expect(block!.some((t) => t.status === "diverged" && t.end.step < 1000)).toBe(true);
      }
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
  },
);
