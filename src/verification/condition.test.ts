import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { autoencoder } from "../models/autoencoder.ts";
import { createReferenceEngine } from "../train/engines/reference.ts";
import { Trainer } from "./condition.ts";
import { condition, FakeTrainer } from "./testing/fake-trainer.ts";

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "condition-"));
});
afterEach(() => rmSync(cache, { recursive: true }));

describe("a trainer", () => {
  test("trains with the engine it is given, says how far it is, and remembers", async () => {
    const lines: string[] = [];
    const trainer = new Trainer((line) => lines.push(line), {
      engine: createReferenceEngine(),
      cache,
    });
    const ensemble = await trainer.train(condition(3), "given");
    expect(trainer.ensembles).toEqual([ensemble]);
    expect(ensemble.runs.map((run) => run.seed)).toEqual([0, 1, 2]);
    expect(ensemble.engine.name).toBe("reference");
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.every((line) => /^given: \S/.test(line))).toBe(true);
  });

  test("refuses a model that is none", async () => {
    const trainer = new Trainer(() => {}, { engine: createReferenceEngine(), cache });
    const model = { ...autoencoder({ features: 1, hidden: 1, loss: "mse" }), layers: [] };
    await expect(trainer.train({ ...condition(1), model }, "given")).rejects.toThrow("layers");
    expect(trainer.ensembles).toEqual([]);
  });

  test("names the engine, and the device only where everything was trained now and it is not wasm", async () => {
    const trained = async (...engines: { name: string; cached: number }[]) => {
      const trainer = new FakeTrainer();
      for (const { name, cached } of engines) {
        const ensemble = await trainer.train(condition(1), name);
        const at = trainer.ensembles.indexOf(ensemble);
        trainer.ensembles[at] = {
          ...ensemble,
          engine: { name: name as never, device: "a GPU" },
          blocks: { trained: 1, cached, corrupted: 0 },
        };
      }
      return trainer.engine;
    };
    expect(await trained()).toBeNull();
    expect(await trained({ name: "wasm", cached: 0 })).toBe("wasm");
    expect(await trained({ name: "webgpu", cached: 0 })).toBe("webgpu on a GPU");
    expect(await trained({ name: "webgpu", cached: 1 })).toBe("webgpu");
    expect(await trained({ name: "webgpu", cached: 0 }, { name: "webgpu", cached: 2 })).toBe("webgpu");
  });

  test("hashes what was trained, in its order; nothing is no hash", async () => {
    const trainer = new FakeTrainer();
    expect([trainer.hash("key"), trainer.hash("fingerprint")]).toEqual([null, null]);
    await trainer.train(condition(1), "a");
    await trainer.train(condition(1), "b");
    const sha = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);
    expect(trainer.hash("key")).toBe(sha("key of akey of b"));
    expect(trainer.hash("fingerprint")).toBe(sha("bits of abits of b"));
  });
});
