import { expect, test } from "vitest";
import { autoencoder } from "../models/autoencoder.ts";
import type { Model } from "../models/model.ts";
import { InputError } from "../util/check.ts";
import type { Snapshot } from "./engine.ts";
import { recipe } from "./recipe.ts";
import { Run, State } from "./run.ts";

/** Parameters 1, 2, 3, … in the order of `layout`, so that a number says where it came from. */
const snapshot = (size: number, step = 7): Snapshot => ({
  step,
  loss: 0.25,
  gradientNorm: 0.5,
  parameters: Float32Array.from({ length: size }, (_, k) => k + 1),
});
const state = (model: Model, size: number) => new State(model, snapshot(size));

const bare = autoencoder({ features: 3, hidden: 2, loss: "mse" });
const full = autoencoder({
  features: 3,
  hidden: 2,
  loss: "mse",
  tied: false,
  hiddenBias: true,
  outputBias: true,
  scale: 1,
});

test("a state gives every weight by its name in the note", () => {
  const it = state(full, 18);
  expect([it.step, it.loss, it.gradientNorm]).toEqual([7, 0.25, 0.5]);
  expect(it.embedding).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect(it.points).toEqual([
    [1, 4],
    [2, 5],
    [3, 6],
  ]);
  expect(it.hiddenBias).toEqual([7, 8]);
  expect(it.unembedding).toEqual([
    [9, 10],
    [11, 12],
    [13, 14],
  ]);
  expect(it.outputBias).toEqual([15, 16, 17]);
  expect(it.scale).toBe(18);
});

test("what a model lacks is undefined, and a tied unembedding is the embedding's transpose", () => {
  const it = state(bare, 6);
  expect([it.hiddenBias, it.outputBias, it.scale]).toEqual([undefined, undefined, undefined]);
  expect(it.unembedding).toEqual([
    [1, 4],
    [2, 5],
    [3, 6],
  ]);
});

test("the points are computed once", () => {
  const it = state(bare, 6);
  expect(it.points).toBe(it.points);
});

test("any weight of a deeper model is found by its name in the layout", () => {
  const plain = { nonlinearity: "identity", bias: false } as const;
  // weight0 [2 × 3], weight1 [1 × 2], weight2 [3 × 1].
  const deep: Model = { ...bare, sizes: [3, 2, 1, 3], layers: [plain, plain, plain], tied: false };
  const it = state(deep, 11);
  expect(it.matrix("weight1")).toEqual([[7, 8]]);
  expect(it.unembedding).toEqual([[9], [10], [11]]);
  expect(() => it.matrix("weight3")).toThrow(InputError);
  expect(() => it.matrix("weight3")).toThrow('no parameter "weight3"');
});

test("the flat parameters are a copy in float64", () => {
  const it = state(bare, 6);
  expect(it.parameters).toEqual(Float64Array.of(1, 2, 3, 4, 5, 6));
  it.parameters[0] = 9;
  expect(it.embedding[0]![0]).toBe(1);
});

test("a run is its end, with its seed, its status and a view of each checkpoint", () => {
  const [start, end] = [snapshot(6, 0), snapshot(6, 40)];
  const schedule = recipe({ steps: 40, rate: 1 });
  const run = new Run(bare, schedule, { seed: 5, status: "stopped", end, checkpoints: [start, end] });
  expect([run.seed, run.status, run.step]).toEqual([5, "stopped", 40]);
  expect(run.recipe).toBe(schedule);
  expect(run.checkpoints.map((c) => c.step)).toEqual([0, 40]);
  expect(run.checkpoints[0]!.points[2]).toEqual([3, 6]);
});
