import { existsSync } from "node:fs";
import util from "node:util";
import { test as property } from "@fast-check/vitest";
import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, describe, expect, test, vi } from "vitest";
import { autoencoder } from "../../../models/autoencoder.ts";
import { initialise } from "../../../models/initialise.ts";
import { layout, type Model } from "../../../models/model.ts";
import { gradient, loss, project } from "../../../models/objective.ts";
import { randomModel } from "../../../models/testing/random-model.ts";
import type { Trajectory } from "../../engine.ts";
import { recipe } from "../../recipe.ts";
import { collect } from "../testing/collect.ts";
import { exampleModels } from "../testing/models.ts";
import { type Loader, openBackend, plainJavaScript } from "./backend.ts";
import { download, upload } from "./batch.ts";
import { createTfjsCudaEngine, createTfjsEngine } from "./engine.ts";
import { createNetwork } from "./network.ts";

const tied = autoencoder({ features: 5, hidden: 2, nonlinearity: "relu", loss: "mse" });

// The first of the file, because the advice comes with the first tensor.
test("plain JavaScript where tfjs-node-gpu is not installed, without TensorFlow's own advice", async () => {
  const said = ["log", "warn", "error", "info"] as const;
  const spies = said.map((level) => vi.spyOn(console, level).mockImplementation(() => {}));
  expect(await openBackend(plainJavaScript)).toMatchObject({ name: "cpu", cuda: false });
  const engine = await createTfjsEngine(plainJavaScript);
  await collect(engine, [{ model: tied, recipe: recipe({ steps: 2, rate: 1 }), seeds: [0] }]);
  expect([engine.name, engine.device]).toEqual(["tfjs", "TensorFlow.js, cpu backend (plain JavaScript)"]);
  expect(spies.flatMap((spy) => spy.mock.calls)).toEqual([]);
  vi.restoreAllMocks();
});

/** Losses and gradients by autodiff of a few seeds, and those of the definition; slots as flat vectors. */
async function compare(model: Model): Promise<{ ours: number[][]; theirs: number[][] }> {
  await createTfjsEngine(plainJavaScript);
  const starts = [1, 2, 3].map((seed) => Float32Array.from(project(model, initialise(model, seed))));
  const network = createNetwork(model);
  const parameters = upload(model, starts);
  const losses = await network.losses(parameters).data();
  const found = network.gradients(parameters);
  const filled = found.map((g, k) => g ?? tf.zerosLike(parameters[k]!));
  const gradients = await download(model, filled);
  const { slots } = layout(model);
  expect(found.map((g) => g === null)).toEqual(slots.map((slot) => slot.frozen));
  return {
    ours: gradients.map((g, i) => [losses[i]!, ...g]),
    theirs: starts.map((p) => {
      const g = gradient(model, p).gradient;
      for (const slot of slots) if (slot.frozen) g.fill(0, slot.offset, slot.offset + slot.rows * slot.cols);
      return [loss(model, p), ...g];
    }),
  };
}

/** Largest difference of a seed's numbers, relative to the largest of them, or to 1 where all are smaller. */
function furthest({ ours, theirs }: { ours: number[][]; theirs: number[][] }): number {
  return Math.max(
    ...ours.map((a, i) => {
      const size = Math.max(1, ...theirs[i]!.map(Math.abs));
      return Math.max(...a.map((x, k) => Math.abs(x - theirs[i]![k]!) / size));
    }),
  );
}

describe("losses and gradients by autodiff are those of the definition, to float32", () => {
  property.prop([randomModel()], { numRuns: 150 })("on random models of the whole family", async (model) => {
    expect(furthest(await compare(model))).toBeLessThan(3e-6);
  });

  test.each(Object.entries(exampleModels))("%s", async (_, model) => {
    expect(furthest(await compare(model))).toBeLessThan(3e-6);
  });
});

const seeds = [0, 142, 200, 3, 4];

test("keeps no tensors: not while it trains, not when it ends, not when it fails", async () => {
  const engine = await createTfjsEngine(plainJavaScript);
  const before = tf.memory().numTensors;
  const during: number[] = [];
  const watch = () => during.push(tf.memory().numTensors);
  const train = (steps: number) => ({
    model: tied,
    recipe: recipe({ steps, rate: 1, convergence: { gradientNorm: 1e-2, every: 40 } }),
    seeds: Array.from({ length: 22 }, (_, i) => i),
  });
  const ends: number[] = [];
  await engine.train([train(400)], (_, block) => ends.push(...block.map((t) => t.end.step)), watch);
  // Some left the batch while others trained on.
  expect(new Set(ends).size).toBeGreaterThan(3);
  expect(during.length).toBeGreaterThan(4);
  expect(new Set(during).size).toBe(1);
  expect(tf.memory().numTensors).toBe(before);
  const stopped = engine.train(
    [train(100)],
    () => expect.unreachable(),
    () => {
      throw new Error("no more");
    },
  );
  await expect(stopped).rejects.toThrow("no more");
  expect(tf.memory().numTensors).toBe(before);
});

test("progress is told while a long stretch trains", async () => {
  const engine = await createTfjsEngine(plainJavaScript);
  const told: number[] = [];
  const job = { model: tied, recipe: recipe({ steps: 120, rate: 1 }), seeds };
  await engine.train(
    [job],
    () => {},
    (seedSteps) => told.push(seedSteps),
  );
  expect(told).toEqual([250, 250, 100]);
});

describe("the device is what runs", () => {
  test("plain JavaScript where the package does not load, with the reason", async () => {
    const broken = () => {
      throw Object.assign(new Error("Cannot find module './tfjs_binding.node'"), {
        code: "MODULE_NOT_FOUND",
      });
    };
    expect((await createTfjsEngine(broken)).device).toBe(
      "TensorFlow.js, cpu backend (plain JavaScript); tfjs-node-gpu does not load: Cannot find module './tfjs_binding.node'",
    );
    await expect(createTfjsCudaEngine(broken)).rejects.toThrow(
      "@tensorflow/tfjs-node-gpu does not load: Cannot find module './tfjs_binding.node'",
    );
  });

  test("only what Node cannot find is not installed, though another failure may name the package, too", async () => {
    const refused = () => {
      throw Object.assign(new Error("Cannot load '@tensorflow/tfjs-node-gpu'"), {
        code: "ERR_DLOPEN_FAILED",
      });
    };
    await expect(createTfjsCudaEngine(refused)).rejects.toThrow("does not load: Cannot load");
  });

  test("a package that registers no backend does not load", async () => {
    await expect(createTfjsCudaEngine(() => ({ version: {} }))).rejects.toThrow(
      "@tensorflow/tfjs-node-gpu does not load: Backend name 'tensorflow' not found in registry",
    );
  });

  test("asking for CUDA without it says how to add it", async () => {
    const failure = createTfjsCudaEngine(plainJavaScript);
    await expect(failure).rejects.toThrow("no CUDA for TensorFlow.js: @tensorflow/tfjs-node-gpu is not installed");
    await expect(failure).rejects.toThrow("`npx tsx scripts/tensorflow-binding.ts --cuda` installs it");
    await expect(failure).rejects.toThrow("docs/running-on-a-gpu.md");
  });

  test("a package that is not here is recognised as not installed", async () => {
    const installed = existsSync("node_modules/@tensorflow/tfjs-node-gpu");
    const said = await createTfjsCudaEngine().then(
      (engine) => engine.device,
      (error: Error) => error.message,
    );
    expect(said.includes("is not installed")).toBe(!installed);
  });

  test("TensorFlow's CPU library where the package finds no GPU; an error for who asked for CUDA", async () => {
    const noGpu = () => pretend(false);
    expect((await createTfjsEngine(noGpu)).device).toBe(
      "TensorFlow.js, the CPU through TensorFlow 2.21.0 and tfjs-node-gpu 4.22.1 (no GPU that it can use)",
    );
    expect(await openBackend(noGpu)).toMatchObject({ name: "tensorflow", cuda: false });
    const failure = createTfjsCudaEngine(noGpu);
    await expect(failure).rejects.toThrow("@tensorflow/tfjs-node-gpu finds no GPU that it can use");
    await expect(failure).rejects.toThrow("`nvidia-smi` must list the GPU");
    await expect(failure).rejects.toThrow('The engine "tfjs" runs without it.');
  });
});

/** Registers a backend as tfjs-node-gpu does, with plain JavaScript behind it. */
function pretend(isUsingGpuDevice: boolean) {
  if (tf.findBackend("tensorflow")) tf.removeBackend("tensorflow");
  const binding = { TF_Version: "2.21.0" };
  tf.registerBackend("tensorflow", () => Object.assign(new MathBackendCPU(), { isUsingGpuDevice, binding }));
  tf.copyRegisteredKernels("cpu", "tensorflow");
  return { version: { "tfjs-node": "4.22.1" } };
}

test("tfjs-node-gpu finds the function that Node 23 took away", async () => {
  Object.assign(util, { isNullOrUndefined: undefined });
  await createTfjsEngine();
  const { isNullOrUndefined } = util as unknown as { isNullOrUndefined: (value: unknown) => boolean };
  expect([null, undefined, 0, ""].map(isNullOrUndefined)).toEqual([true, true, false, false]);
});

test("products keep all their bits on CUDA, unless the user has decided otherwise", async () => {
  vi.stubEnv("NVIDIA_TF32_OVERRIDE", undefined);
  await createTfjsEngine();
  expect(process.env.NVIDIA_TF32_OVERRIDE).toBe("0");
  vi.stubEnv("NVIDIA_TF32_OVERRIDE", "1");
  await createTfjsEngine();
  expect(process.env.NVIDIA_TF32_OVERRIDE).toBe("1");
  vi.unstubAllEnvs();
});

test("on TensorFlow's CPU library, played by plain JavaScript, seeds train by sixteens", async () => {
  const bytes = async (load: Loader, count: number) => {
    const engine = await createTfjsEngine(load);
    const job = {
      model: tied,
      recipe: recipe({ steps: 10, rate: 1 }),
      seeds: Array.from({ length: count }, (_, i) => i),
    };
    let during = 0;
    const blocks: Trajectory[][] = [];
    await engine.train(
      [job],
      (_, block) => blocks.push(block),
      () => {
        during = tf.memory().numBytes;
      },
    );
    return { during, blocks };
  };
  const noGpu = () => pretend(false);
  const five = await bytes(noGpu, 5);
  expect(five.during).toBe((await bytes(noGpu, 16)).during);
  expect(five.during).toBeLessThan((await bytes(noGpu, 17)).during);
  expect((await bytes(plainJavaScript, 5)).during).toBeLessThan(five.during);
  expect(five.blocks).toEqual((await bytes(plainJavaScript, 5)).blocks);
  tf.removeBackend("tensorflow");
});

describe("on CUDA, played by plain JavaScript", () => {
  afterAll(() => tf.removeBackend("tensorflow"));

  test.each([createTfjsEngine, createTfjsCudaEngine])("jobs of one model share batches: %o", async (create) => {
    const own = recipe({ steps: 90, rate: 1, convergence: { gradientNorm: 0.3, every: 30 } });
    const other = autoencoder({ features: 4, hidden: 2, nonlinearity: "relu", loss: "mse" });
    const jobs = [
      ...[[0, 142], [], [7, 3, 200]].map((some) => ({ model: tied, recipe: own, seeds: some })),
      { model: other, recipe: own, seeds: [1, 2] },
      { model: other, recipe: recipe({ steps: 20, rate: 1 }), seeds: [1] },
    ];
    const alone: Trajectory[][] = [];
    const cpu = await createTfjsEngine(plainJavaScript);
    for (const job of jobs) alone.push(...(await collect(cpu, [job])));

    const engine = await create(() => pretend(true));
    expect(engine.name).toBe(create === createTfjsEngine ? "tfjs" : "tfjs-cuda");
    expect(engine.device).toBe("TensorFlow.js, CUDA through TensorFlow 2.21.0 and tfjs-node-gpu 4.22.1");
    const told: number[] = [];
    const together: Trajectory[][] = [];
    await engine.train(
      jobs,
      (index, block) => {
        together[index] = block;
      },
      (seedSteps) => told.push(seedSteps),
    );
    expect(tf.getBackend()).toBe("tensorflow");
    expect(together).toEqual(alone);
    expect(new Set(alone.flat().map((t) => t.end.step)).size).toBeGreaterThan(2);
    // Five seeds at once, then those that are left.
    expect(told[0]).toBe(5 * 30);
  });
});
