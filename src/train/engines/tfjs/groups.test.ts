import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, expect, test, vi } from "vitest";
import { autoencoder } from "../../../models/autoencoder.ts";
import { kHot } from "../../../models/data/data.ts";
import type { Job } from "../../engine.ts";
import { recipe } from "../../recipe.ts";

const trainBatch = vi.fn(async ({ seeds }: Job) => seeds.map((seed) => ({ seed })));

afterAll(() => {
  vi.doUnmock("./train.ts");
  vi.resetModules();
  tf.removeBackend("tensorflow");
});

test("jobs share a batch on CUDA as long as its outputs take at most 32 MiB", async () => {
  tf.registerBackend("tensorflow", () => Object.assign(new MathBackendCPU(), { isUsingGpuDevice: true }));
  vi.doMock("./train.ts", () => ({ trainBatch }));
  vi.resetModules();
  const { createTfjsEngine } = await import("./engine.ts");
  const engine = await createTfjsEngine(() => ({ version: {} }));
  // 2,016 samples of 64 outputs: 65 seeds are 8,386,560 numbers, 66 are more than 2^23.
  const options = { features: 64, hidden: 2, nonlinearity: "relu", loss: "mse" } as const;
  const model = autoencoder({ ...options, data: kHot(64, 2) });
  const short = recipe({ steps: 1, rate: 1 });
  const counts = [30, 30, 5, 1, 64, 70, 1];
  const seeds = (count: number) => Array.from({ length: count }, (_, i) => i);
  const handed: number[] = [];
  await engine.train(
    counts.map((count) => ({ model, recipe: short, seeds: seeds(count) })),
    (index, block) => handed.push(index, block.length),
  );
  const batches = trainBatch.mock.calls.map(([job]) => job.seeds.length);
  expect(batches).toEqual([65, 65, 70, 1]);
  expect(handed).toEqual(counts.flatMap((count, index) => [index, count]));
  // 64 one-hot samples of 64 outputs: 2^12 for each seed, so that 2^11 seeds fill a batch to the last number.
  trainBatch.mockClear();
  const exact = autoencoder(options);
  await engine.train(
    [2047, 1, 1].map((count) => ({ model: exact, recipe: short, seeds: seeds(count) })),
    () => {},
  );
  expect(trainBatch.mock.calls.map(([job]) => job.seeds.length)).toEqual([2048, 1]);
  // From elsewhere: a batch of its own.
  trainBatch.mockClear();
  const start = () => new Float32Array(128);
  await engine.train(
    [undefined, start, start].map((from) => ({
      model: exact,
      recipe: short,
      seeds: [0],
      ...(from && { start: from }),
    })),
    () => {},
  );
  expect(trainBatch.mock.calls.map(([job]) => [job.seeds.length, job.start])).toEqual([
    [1, undefined],
    [2, start],
  ]);
});
