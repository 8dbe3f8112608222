import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { autoencoder } from "../models/autoencoder.ts";
import type { Engine } from "./engine.ts";
import { createReferenceEngine } from "./engines/reference.ts";
import { closeEngines, openEngine } from "./engines/registry.ts";
import { recipe } from "./recipe.ts";
import { range } from "./seeds.ts";
import { type TrainOptions, train } from "./train.ts";

const model = autoencoder({ features: 3, hidden: 2, loss: "mse", nonlinearity: "relu" });
const training = recipe({ steps: 5, rate: 0.5, checkpoints: { count: 2, spacing: "even" } });

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "train-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(cache, { recursive: true, force: true });
});

/** The reference engine, with a note of the seeds it was asked for. */
function watched(change: Partial<Engine> = {}): Engine & { asked: number[] } {
  const engine = createReferenceEngine();
  const asked: number[] = [];
  return {
    ...engine,
    asked,
    train(jobs, ...rest) {
      for (const job of jobs) asked.push(...job.seeds);
      return engine.train(jobs, ...rest);
    },
    ...change,
  };
}
const quiet = (engine: TrainOptions["engine"] = "reference"): TrainOptions => ({ engine, cache });

describe("an ensemble", () => {
  test("holds a run of each seed in the order asked for, the same as if trained alone", async () => {
    const together = await train(model, training, [40, 3, 17], quiet());
    expect(together.runs.map((run) => run.seed)).toEqual([40, 3, 17]);
    for (const run of together.runs) {
      const [alone] = (await train(model, training, [run.seed], { engine: "reference", cache: null })).runs;
      expect(alone!.parameters).toEqual(run.parameters);
      expect(alone!.loss).toBe(run.loss);
      expect(alone!.checkpoints.map((c) => c.step)).toEqual([0, 3, 5]);
    }
  });

  test("names its engine, and what was trained by a key that the order of properties leaves alone", async () => {
    const first = await train(model, training, [1, 2], quiet());
    expect(first.engine).toStrictEqual({ name: "reference", device: "1 thread, float64" });
    expect(first.key).toMatch(/^[0-9a-f]{64}$/);
    const { steps, ...rest } = training;
    const same = await train(model, { ...rest, steps }, [1, 2], quiet());
    expect([same.key, same.fingerprint]).toEqual([first.key, first.fingerprint]);
    const reordered = await train(model, training, [2, 1], quiet());
    expect(reordered.key).not.toBe(first.key);
  });

  test("keeps seeds that diverged", async () => {
    const wild = recipe({ steps: 50, rate: 1e6 });
    const { runs } = await train(model, wild, range(3), quiet());
    expect(runs.map((run) => run.status)).toEqual(["diverged", "diverged", "diverged"]);
    const again = await train(model, wild, range(3), quiet());
    expect(again.blocks.cached).toBe(1);
    expect(again.runs.map((run) => run.loss)).toEqual(runs.map((run) => run.loss));
  });

  test("is an error of the engine when a seed is missing", async () => {
    const forgetful = watched({ name: "forgetful", train: async () => {} });
    await expect(train(model, training, [7], { engine: forgetful })).rejects.toThrow(
      'engine "forgetful" gave nothing back for seed 7',
    );
  });
});

describe("what was trained before", () => {
  test("is read back bit for bit, without opening an engine", async () => {
    const start = performance.now();
    const cold = await train(model, training, range(40), quiet());
    expect(cold.blocks).toEqual({ trained: 2, cached: 0, corrupted: 0, unkept: 0 });
    expect(cold.trainedSeconds).toBeGreaterThan(0);
    expect(cold.trainedSeconds).toBeLessThanOrEqual((performance.now() - start) / 1000);
    const warm = await train(model, training, range(40), quiet());
    expect(warm.blocks).toEqual({ trained: 0, cached: 2, corrupted: 0, unkept: 0 });
    expect(warm.trainedSeconds).toBe(0);
    expect(warm.engine).toEqual({ name: "reference", device: null });
    expect(warm.fingerprint).toBe(cold.fingerprint);
    expect(warm.runs.map((r) => [...r.parameters])).toEqual(cold.runs.map((r) => [...r.parameters]));
    expect(warm.runs[39]!.checkpoints.map((c) => c.loss)).toEqual(cold.runs[39]!.checkpoints.map((c) => c.loss));
  });

  test("is not trained again for a wider range of seeds", async () => {
    await train(model, training, range(32), quiet(watched()));
    const engine = watched();
    const wide = await train(model, training, range(96), quiet(engine));
    expect(wide.blocks).toEqual({ trained: 2, cached: 1, corrupted: 0, unkept: 0 });
    expect(engine.asked).toEqual(range(32, 96));
  });

  test("is not met by another recipe", async () => {
    await train(model, training, [1], quiet());
    const other = await train(model, { ...training, steps: 6 }, [1], quiet());
    expect(other.blocks.cached).toBe(0);
  });

  test("is trained again, counted and replaced when its entry is damaged", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const cold = await train(model, training, range(40), quiet());
    const victim = join(cache, readdirSync(cache)[0]!);
    const bytes = readFileSync(victim);
    bytes[bytes.length - 50] = bytes[bytes.length - 50]! ^ 0xff;
    writeFileSync(victim, bytes);
    const mended = await train(model, training, range(40), quiet());
    expect(mended.blocks).toEqual({ trained: 1, cached: 1, corrupted: 1, unkept: 0 });
    expect(mended.fingerprint).toBe(cold.fingerprint);
    expect(warn).toHaveBeenCalledTimes(1);
    const warm = await train(model, training, range(40), quiet());
    expect(warm.blocks).toEqual({ trained: 0, cached: 2, corrupted: 0, unkept: 0 });
  });

  test("is kept block by block, so that an interrupted training loses only what it had not finished", async () => {
    const reference = createReferenceEngine();
    const interrupted = watched({
      train: async (jobs, onBlock) => {
        await reference.train(jobs.slice(0, 1), onBlock);
        throw new Error("interrupted");
      },
    });
    await expect(train(model, training, range(64), quiet(interrupted))).rejects.toThrow("interrupted");
    writeFileSync(join(cache, ".half-written.run.tmp"), "half");
    const resumed = await train(model, training, range(64), quiet());
    expect(resumed.blocks).toEqual({ trained: 1, cached: 1, corrupted: 0, unkept: 0 });
  });

  test("is not asked for with the cache off, nor for an engine of one's own unless a directory is named", async () => {
    vi.stubEnv("HYPOTHESES_CACHE", cache);
    await train(model, training, [1], { engine: "reference", cache: null });
    await train(model, training, [1], { engine: watched() });
    expect(readdirSync(cache)).toEqual([]);
    await train(model, training, [1], { engine: "reference" });
    expect(readdirSync(cache)).toHaveLength(1);
  });

  test("is not needed: a cache that cannot be written is counted, and costs no run", async () => {
    const file = join(cache, "file");
    writeFileSync(file, "");
    const { runs, blocks } = await train(model, training, range(40), { engine: "reference", cache: file });
    expect(runs).toHaveLength(40);
    expect(blocks).toEqual({ trained: 2, cached: 0, corrupted: 0, unkept: 2 });
  });
});

test("progress counts cached and trained seeds up to all of them", async () => {
  await train(model, training, range(32), quiet());
  const seen: number[][] = [];
  await train(model, training, range(40), {
    ...quiet(),
    progress: ({ seeds, seedSteps }) => seen.push([seeds.done, seeds.total, seedSteps.done, seedSteps.total]),
  });
  expect(seen[0]).toEqual([32, 40, 165, 200]);
  expect(seen.at(-1)).toEqual([40, 40, 200, 200]);
});

test("the line on a terminal is wiped at the end, even of a training that failed", async () => {
  vi.stubEnv("CI", "");
  const { stderr } = process;
  const own = Object.getOwnPropertyDescriptor(stderr, "isTTY");
  Object.defineProperty(stderr, "isTTY", { value: true, configurable: true });
  try {
    const written = vi.spyOn(stderr, "write").mockReturnValue(true);
    const failing = watched({
      train: async (_jobs, _onBlock, onProgress) => {
        onProgress!(1);
        throw new Error("interrupted");
      },
    });
    await expect(train(model, training, [1], quiet(failing))).rejects.toThrow("interrupted");
    expect(written.mock.calls.map(([text]) => text)).toEqual([
      expect.stringContaining("training 0/1 seeds"),
      "\r\u001b[K",
    ]);
  } finally {
    if (own) Object.defineProperty(stderr, "isTTY", own);
    else Reflect.deleteProperty(stderr, "isTTY");
  }
});

describe("engines", () => {
  test("are opened once", () => {
    expect(openEngine("reference")).toBe(openEngine("reference"));
  });
  test("chosen by auto say why, and keep their runs apart", async () => {
    vi.stubEnv("HYPOTHESES_AUTO", "wasm: nothing better");
    const [automatic, named, other] = [
      await train(model, training, [1], quiet("auto")),
      await train(model, training, [1], quiet("wasm")),
      await train(model, training, [1], quiet("reference")),
    ];
    expect(automatic.engine).toMatchObject({ name: "wasm", why: "auto: nothing better" });
    expect(automatic.engine.device).toMatch(/thread/);
    expect(named.engine).toEqual({ name: "wasm", device: null });
    expect(named.blocks.cached).toBe(1);
    expect(other.blocks.cached).toBe(0);
    expect(other.key).toBe(named.key);
    await closeEngines();
  });
  test("default to the variable HYPOTHESES_ENGINE, else auto", async () => {
    vi.stubEnv("HYPOTHESES_ENGINE", "");
    vi.stubEnv("HYPOTHESES_AUTO", "wasm: nothing better");
    expect((await train(model, training, [1], { cache: null })).engine.why).toBe("auto: nothing better");
    await closeEngines();
    vi.stubEnv("HYPOTHESES_ENGINE", "reference");
    expect((await train(model, training, [1], { cache: null })).engine.name).toBe("reference");
  });
});

describe("invalid input is one line that quotes the value, before anything is trained", () => {
  const engine = () => watched();
  test.each<[string, () => Promise<unknown>]>([
    ["invalid hidden: 0", () => train({ ...model, sizes: [3, 0, 3] }, training, [1], quiet(engine()))],
    ["invalid steps: 0", () => train(model, { ...training, steps: 0 }, [1], quiet(engine()))],
    [
      "invalid learning rate (max): NaN",
      () => train(model, { ...training, rate: { ...training.rate, max: Number.NaN } }, [1], quiet(engine())),
    ],
    ["invalid seeds: []", () => train(model, training, [], quiet(engine()))],
    ["invalid seed: -1", () => train(model, training, [-1], quiet(engine()))],
    ["invalid seeds: 5; expected each seed once", () => train(model, training, [5, 5], quiet(engine()))],
    ['invalid engine: "abacus"', () => train(model, training, [1], quiet("abacus" as "wasm"))],
  ])("%s", async (message, run) => {
    const error = await run().catch((e: Error) => e);
    expect((error as Error).name).toBe("InputError");
    expect((error as Error).message).toContain(message);
    expect((error as Error).stack).not.toContain("\n");
  });
  test("HYPOTHESES_ENGINE", async () => {
    vi.stubEnv("HYPOTHESES_ENGINE", "abacus");
    await expect(train(model, training, [1], { cache: null })).rejects.toThrow(
      'invalid HYPOTHESES_ENGINE: "abacus"; expected "auto" or "wasm" or "webgpu"',
    );
  });
});
