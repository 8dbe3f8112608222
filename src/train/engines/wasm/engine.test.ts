import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { describe, expect, test, vi } from "vitest";
import { autoencoder } from "../../../models/autoencoder.ts";
import { initialise } from "../../../models/initialise.ts";
import { forward } from "../../../models/objective.ts";
import type { Engine, Job, Trajectory } from "../../engine.ts";
import { recipe } from "../../recipe.ts";
import { range } from "../../seeds.ts";
import { createReferenceEngine } from "../reference.ts";
import { collect } from "../testing/collect.ts";
import { compileKernel } from "./compile.ts";
import { createWasmEngine } from "./engine.ts";
import { planMemory } from "./plan.ts";
import { type Piece, Pool } from "./pool.ts";

async function using<T>(threads: number, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = createWasmEngine({ threads });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

/** Everything about a run, with the bits of its numbers. */
const bits = ({ seed, status, end, checkpoints }: Trajectory) =>
  [seed, status, ...[end, ...checkpoints].flatMap((s) => [s.step, s.loss, s.gradientNorm, ...s.parameters])].join();

const models = [
  autoencoder({ features: 7, hidden: 2, nonlinearity: "relu", loss: "mse" }),
  autoencoder({ features: 5, hidden: 3, nonlinearity: "gelu", loss: "mse", tied: false, outputBias: true }),
  autoencoder({ features: 6, hidden: 2, loss: "cross-entropy", outputBias: true }),
];
const training = recipe({
  steps: 300,
  rate: { initial: 0.1, max: 2, final: 0.5, warmup: 0.1 },
  convergence: { gradientNorm: 0.3, every: 20 },
  checkpoints: { count: 2, spacing: "even" },
});
const seeds = Array.from({ length: 23 }, (_, i) => i * 7);
const jobs: Job[] = models.map((model) => ({ model, recipe: training, seeds }));

describe("the same bits", () => {
  let expected: string[][];
  test("whatever the number of threads", async () => {
    const [one, two, four] = await Promise.all(
      [1, 2, 4].map((threads) => using(threads, (engine) => collect(engine, jobs))),
    );
    expected = one!.map((block) => block.map(bits));
    expect(two!.map((block) => block.map(bits))).toEqual(expected);
    expect(four!.map((block) => block.map(bits))).toEqual(expected);
    // Seeds stopped beside others that went on, so vectors were closed up.
    const steps = new Set(one![0]!.map((t) => t.end.step));
    expect(steps.size).toBeGreaterThan(3);
  });

  test("whatever the company and the order of the seeds", async () => {
    const mixed: Job[] = [];
    models.forEach((model) => {
      mixed.push({ model, recipe: training, seeds: seeds.slice(5).reverse() });
      for (const seed of seeds.slice(0, 5)) mixed.push({ model, recipe: training, seeds: [seed] });
    });
    const blocks = await using(1, (engine) => collect(engine, mixed));
    models.forEach((_, i) => {
      const [rest, ...single] = blocks.slice(i * 6, i * 6 + 6);
      expect([...single.flat(), ...rest!.reverse()].map(bits)).toEqual(expected[i]);
    });
  });

  test("also beside a seed that diverges", async () => {
    const [calm] = jobs;
    const at = initialise(calm!.model, 7);
    const wild = {
      ...calm!.model,
      initialisation: { scheme: "torch" as const, at: { weight0: [...at] }, noise: 30 },
    };
    const job = { ...calm!, model: wild, seeds: [0, 1, 2, 3, 4] };
    const [block, alone] = await using(1, (engine) => collect(engine, [job, { ...job, seeds: [4] }]));
    expect(new Set(block!.map((t) => t.status))).toContain("diverged");
    expect(bits(block![4]!)).toBe(bits(alone![0]!));
  });
});

test.each([
  ["relu", true],
  ["gelu", true],
  ["identity", true],
  ["relu", false],
  ["gelu", false],
  ["identity", false],
] as const)("a NaN in one pre-activation spreads until it is seen: %s, scale %s", async (nonlinearity, scaled) => {
  // In float32, feature 0 is read by row 1 as ∞ − ∞; in float64 (as it is reported) as 0.
  const [large, one] = [1e20, 0.5];
  const model = autoencoder({
    features: 2,
    hidden: 2,
    nonlinearity,
    loss: "mse",
    tied: false,
    scale: scaled ? 1 : null,
    initialisation: {
      scheme: "torch",
      at: { weight0: [large, one, large, one], weight1: [one, one, large, -large] },
    },
  });
  const convergence = { every: 1, gradientNorm: 1e-9 };
  const once = recipe({ steps: 2, rate: 1e-30, convergence });
  const [[run]] = (await using(1, (engine) => collect(engine, [{ model, recipe: once, seeds: [0] }]))) as [
    [Trajectory],
  ];
  expect([run.status, run.end.step]).toEqual(["diverged", 1]);
  // One of the many bit patterns that are NaN, whatever the processor made.
  const words = new Uint32Array(run.end.parameters.buffer);
  const patterns = words.filter((_, k) => Number.isNaN(run.end.parameters[k]));
  expect(new Set(patterns)).toEqual(new Set([0x7fc00000]));
});

test.each([
  ["tied", { tied: true, gain: { weight0: 100 } }],
  ["tied, with a bias", { tied: true, outputBias: true, gain: { weight0: 30, bias1: 300 } }],
  ["untied", { tied: false, gain: { weight0: 100, weight1: 100 } }],
  ["untied, with a bias", { tied: false, outputBias: true, gain: { weight0: 30, weight1: 30, bias1: 300 } }],
] as const)("softmax of logits that exp cannot hold moves as the reference does: %s", async (_, options) => {
  const { gain, ...kind } = options;
  const initialisation = { scheme: "torch", gain } as const;
  const model = autoencoder({ features: 9, hidden: 2, loss: "cross-entropy", ...kind, initialisation });
  const job = { model, recipe: recipe({ steps: 1, rate: 10 }), seeds: range(8) };
  const [actual] = await using(1, (engine) => collect(engine, [job]));
  const [expected] = await collect(createReferenceEngine(), [job]);
  actual!.forEach(({ end }, seed) => {
    const start = initialise(model, seed);
    const scale = Math.max(...start.map(Math.abs));
    end.parameters.forEach((x, k) => {
      expect(Math.abs(x - expected![seed]!.end.parameters[k]!)).toBeLessThan(1e-5 * scale);
    });
    expect(Math.max(...end.parameters.map((x, k) => Math.abs(x - start[k]!)))).toBeGreaterThan(0.01 * scale);
    expect(Math.max(...forward(model, start).flatMap((row) => [...row]))).toBeGreaterThan(88);
  });
});

test.each([
  ["tied", { tied: true }],
  ["tied, with a bias", { tied: true, outputBias: true }],
  ["untied", { tied: false }],
] as const)("a logit that is not a number is seen under softmax, too: %s", async (_, options) => {
  // Its columns' products overflow in float32 alone.
  const initialisation = { scheme: "torch", at: { weight0: [1e20, 0.5, 0.5, 1e20, 0.5, 0.5] } } as const;
  const model = autoencoder({ features: 3, hidden: 2, loss: "cross-entropy", ...options, initialisation });
  const weight1 = [1e20, 0.5, 0.5, -1e20, 0.5, 0.5];
  const subject = options.tied
    ? model
    : { ...model, initialisation: { ...initialisation, at: { ...initialisation.at, weight1 } } };
  const once = recipe({ steps: 1, rate: 1e-30 });
  const [[run]] = (await using(1, (engine) => collect(engine, [{ model: subject, recipe: once, seeds: [0] }]))) as [
    [Trajectory],
  ];
  expect(run.status).toBe("diverged");
});

test("features that die out do not slow training down", async () => {
  const model = autoencoder({ features: 20, hidden: 2, nonlinearity: "gelu", loss: "mse" });
  const rate = { initial: 0.02, max: 3, final: 1, warmup: 0.05 };
  const checkpoints = { count: 1, spacing: "even" } as const;
  const job = { model, recipe: recipe({ steps: 20_000, rate, checkpoints }), seeds: [0, 1, 2, 3] };
  const [block] = await using(1, (engine) => collect(engine, [job]));
  const tiny = block!.flatMap((t) => [...t.end.parameters].filter((x) => Math.abs(x) < 1e-10));
  expect(tiny.length).toBeGreaterThan(20);
  expect(tiny.filter((x) => x !== 0 && Math.abs(x) < 1e-17)).toEqual([]);
});

test("several trainings at a time share one engine", async () => {
  const [a, b] = await using(2, (engine) =>
    Promise.all([collect(engine, jobs.slice(0, 1)), collect(engine, jobs.slice(1, 2))]),
  );
  const [alone] = await using(1, (engine) => collect(engine, jobs.slice(1, 2)));
  expect(b![0]!.map(bits)).toEqual(alone!.map(bits));
  expect(a![0]!.length).toBe(seeds.length);
});

test("an error of the caller's ends the training with that error", async () => {
  await using(2, async (engine) => {
    const train = engine.train(jobs, () => {
      throw new Error("the disk is full");
    });
    await expect(train).rejects.toThrow("the disk is full");
    // The engine can still be used.
    expect((await collect(engine, jobs.slice(0, 1)))[0]!.length).toBe(seeds.length);
  });
});

test("closing ends what is under way", async () => {
  const engine = createWasmEngine({ threads: 1 });
  const model = autoencoder({ features: 40, hidden: 2, loss: "cross-entropy" });
  const long = { model, recipe: recipe({ steps: 1e6, rate: 0.1 }), seeds };
  const train = engine.train(
    [long],
    () => {},
    () => void engine.close(),
  );
  await expect(train).rejects.toThrow("closed");
});

test("a thread that fails gives one clear error, and another takes its place", async () => {
  const pool = new Pool(1, compileKernel);
  const layout = planMemory(models[0]!, training);
  const looks = [{ step: 1, keep: false, check: true, last: true }];
  const piece: Piece = { layout, start: initialise(models[0]!, 0), looks, tolerance: 1 };
  const impossible = { ...piece, layout: { ...layout, groups: 2 ** 40 } };
  await expect(pool.run(impossible, () => {})).rejects.toThrow(/^a training thread failed: .*memory/i);
  expect((await pool.run(piece, () => {})).statuses).toHaveLength(1);
  await pool.close();
});

test.each([0, 1.5, Number.NaN])("refuses %s threads", (threads) => {
  expect(() => createWasmEngine({ threads })).toThrow(/invalid threads: .*; expected a whole number/);
});

test.each([
  [1, "1 thread, float32 SIMD"],
  [2, "2 threads, float32 SIMD"],
])("%s: runs on %s", (threads, device) => {
  expect(createWasmEngine({ threads }).device).toBe(device);
});

test.each([
  // The share of two threads, in whole vectors of four seeds, and at most 16.
  [20, [12, 8]],
  [24, [12, 12]],
  [3, [3]],
  [40, [16, 16, 8]],
])("%i seeds are cut into pieces of %j for two threads", async (count, sizes) => {
  const posts = vi.spyOn(Worker.prototype, "postMessage");
  const [model] = models;
  const job = { model: model!, recipe: recipe({ steps: 1, rate: 1 }), seeds: range(count) };
  await using(2, (engine) => collect(engine, [job]));
  const pieces = posts.mock.calls.map(([piece]) => piece as Piece);
  expect(pieces.map(({ layout, start }) => start.length / layout.size)).toEqual(sizes);
  posts.mockRestore();
});

test("a process whose engine is idle can end", async () => {
  const load = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const script = `
    import { createWasmEngine } from ${load("./engine.ts")};
    import { autoencoder } from ${load("../../../models/autoencoder.ts")};
    import { recipe } from ${load("../../recipe.ts")};
    const model = autoencoder({ features: 5, hidden: 2, nonlinearity: "relu", loss: "mse" });
    const job = { model, recipe: recipe({ steps: 10, rate: 1 }), seeds: [0, 1] };
    await createWasmEngine({ threads: 2 }).train([job], (_, block) => console.log(block.length));
  `;
  const cwd = fileURLToPath(new URL("../../../..", import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", script],
    { cwd, timeout: 50_000 },
  );
  expect(stdout).toBe("2\n");
});
