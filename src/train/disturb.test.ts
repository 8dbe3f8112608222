import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { autoencoder } from "../models/autoencoder.ts";
import { layout, type Model } from "../models/model.ts";
import { project } from "../models/objective.ts";
import { trainDisturbed } from "./disturb.ts";
import type { Engine, Job } from "./engine.ts";
import { createReferenceEngine } from "./engines/reference.ts";
import { collect } from "./engines/testing/collect.ts";
import { createWasmEngine } from "./engines/wasm/engine.ts";
import { recipe } from "./recipe.ts";
import { range } from "./seeds.ts";
import { train } from "./train.ts";

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "disturb-"));
});
afterEach(() => rmSync(cache, { recursive: true, force: true }));

const model = autoencoder({ features: 5, hidden: 2, loss: "mse", nonlinearity: "relu" });
const rate = { initial: 0.1, max: 1, final: 0.5, warmup: 0.5 };
const training = recipe({ steps: 30, rate, checkpoints: { count: 3, spacing: "even" } });
const noise = 0.01;

/** The reference engine, and the jobs that it was given. */
function watched(): Engine & { jobs: Job[] } {
  const engine = createReferenceEngine();
  const jobs: Job[] = [];
  return {
    ...engine,
    jobs,
    train(given, ...rest) {
      jobs.push(...given);
      return engine.train(given, ...rest);
    },
  };
}

/** What is added to where each round began, round by round. */
async function pushes(of: Model, seed: number, rounds: number): Promise<number[][]> {
  const engine = watched();
  await trainDisturbed(of, training, [seed], { noise, rounds }, { engine });
  const added: number[][] = [];
  for (const [i, job] of engine.jobs.entries()) {
    if (i === 0) continue;
    const [before] = (await collect(createReferenceEngine(), [engine.jobs[i - 1]!]))[0]!;
    added.push(Array.from(job.start!(seed), (x, k) => x - before!.end.parameters[k]!));
  }
  return added;
}

describe("a disturbed population", () => {
  test("is trained by its recipe, then on from its ends with noise, at the last rate, so many times", async () => {
    const engine = watched();
    const ensemble = await trainDisturbed(model, training, [3, 8], { noise, rounds: 2 }, { engine });
    expect(engine.jobs.map(({ start }) => start === undefined)).toEqual([true, false, false]);
    const [first, ...rounds] = engine.jobs;
    expect(first!.recipe).toEqual(training);
    for (const { recipe: used } of rounds) {
      expect(used.rate).toEqual({ initial: 0.5, max: 0.5, final: 0.5, warmup: 0 });
      expect(used.checkpoints.count).toBe(0);
      expect({ ...used, rate: training.rate, checkpoints: training.checkpoints }).toEqual(training);
    }
    const [last] = await collect(createReferenceEngine(), [rounds[1]!]);
    expect(ensemble.runs.map(({ seed }) => seed)).toEqual([3, 8]);
    expect(ensemble.runs.map((run) => [...run.parameters])).toEqual(last!.map(({ end }) => [...end.parameters]));
    expect(ensemble.blocks).toEqual({ trained: 3, cached: 0, corrupted: 0, unkept: 0 });
  });

  test("gets Gaussian noise on every weight, from a stream of its own in each round of each seed", async () => {
    const wide = autoencoder({ features: 200, hidden: 5, loss: "mse", nonlinearity: "relu" });
    const [one, two] = await pushes(wide, 3, 2);
    const [other] = await pushes(wide, 4, 1);
    for (const added of [one!, two!, other!]) {
      const mean = added.reduce((sum, x) => sum + x, 0) / added.length;
      const deviation = Math.sqrt(added.reduce((sum, x) => sum + x * x, 0) / added.length);
      // Of 1,000 numbers: within five standard errors.
      expect(Math.abs(mean)).toBeLessThan((5 * noise) / Math.sqrt(1000));
      expect(Math.abs(deviation / noise - 1)).toBeLessThan(5 / Math.sqrt(2000));
      expect(added.filter((x) => Math.abs(x) < noise).length / 1000).toBeCloseTo(0.683, 1);
    }
    const alike = (a: number[], b: number[]) => a.filter((x, k) => Math.abs(x - b[k]!) < 1e-5).length;
    expect(Math.max(alike(one!, two!), alike(one!, other!), alike(two!, other!))).toBeLessThan(20);
  });

  test("leaves what is frozen where it is", async () => {
    const frozen = autoencoder({
      ...{ features: 4, hidden: 2, loss: "mse" },
      tied: false,
      hiddenBias: true,
      outputBias: true,
      frozen: ["bias0", "weight1"],
    });
    const [added] = await pushes(frozen, 3, 1);
    const still = layout(frozen).slots.map(({ offset, rows, cols }) =>
      added!.slice(offset, offset + rows * cols).every((x) => x === 0),
    );
    expect(layout(frozen).slots.map(({ name }, i) => [name, still[i]])).toEqual([
      ["weight0", false],
      ["bias0", true],
      ["weight1", true],
      ["bias1", false],
    ]);
  });

  test("starts at norm 1 where that is kept", async () => {
    const unit = autoencoder({ features: 4, hidden: 2, loss: "mse", nonlinearity: "relu", unitNorm: true });
    const engine = watched();
    await trainDisturbed(unit, training, [3], { noise, rounds: 1 }, { engine });
    const job = {
      ...engine.jobs[1]!,
      recipe: recipe({ steps: 1, rate: 0.1, checkpoints: { count: 1, spacing: "even" } }),
    };
    const [run] = (await collect(createReferenceEngine(), [job]))[0]!;
    const start = job.start!(3);
    const [begun] = run!.checkpoints;
    expect(begun!.parameters).toEqual(Float32Array.from(project(unit, start)));
    const norms = (p: Float32Array) => [0, 1, 2, 3].map((j) => Math.hypot(p[j]!, p[4 + j]!));
    for (const norm of norms(begun!.parameters)) expect(norm).toBeCloseTo(1, 6);
    expect(norms(start).some((norm) => Math.abs(norm - 1) > 1e-4)).toBe(true);
  });

  test("is the same on any number of threads, and however its seeds are cut", async () => {
    const seeds = range(70);
    const fingerprints = [];
    for (const threads of [1, 2]) {
      const engine = await createWasmEngine({ threads });
      fingerprints.push((await trainDisturbed(model, training, seeds, { noise, rounds: 2 }, { engine })).fingerprint);
      if (threads === 2) {
        const whole = await trainDisturbed(model, training, seeds, { noise, rounds: 2 }, { engine });
        const some = await trainDisturbed(model, training, [69, 5, 33], { noise, rounds: 2 }, { engine });
        for (const run of some.runs) expect(run.parameters).toEqual(whole.runs[run.seed]!.parameters);
      }
      await engine.close();
    }
    expect(fingerprints[0]).toBe(fingerprints[1]);
  });

  test("is cached by its noise, its rounds and how it began", async () => {
    const blocks = async (change: { noise?: number; rounds?: number; recipe?: typeof training } = {}) => {
      const { recipe: used = training, ...disturbance } = change;
      const options = { engine: "reference", cache } as const;
      const found = await trainDisturbed(model, used, [1, 2], { noise, rounds: 2, ...disturbance }, options);
      return { ...found.blocks, fingerprint: found.fingerprint, key: found.key };
    };
    const first = await blocks();
    expect(first).toMatchObject({ trained: 3, cached: 0 });
    expect(await blocks()).toEqual({ ...first, trained: 0, cached: 3 });
    // The first training, and the rounds before, are those of the others.
    const louder = await blocks({ noise: 0.02 });
    expect(louder).toMatchObject({ trained: 2, cached: 1 });
    const longer = await blocks({ rounds: 3 });
    expect(longer).toMatchObject({ trained: 1, cached: 3 });
    // From elsewhere, though the rounds' own recipe is the same.
    const slower = await blocks({ recipe: { ...training, rate: { ...rate, initial: 0.2 } } });
    expect(slower).toMatchObject({ trained: 3, cached: 0 });
    const all = [first, louder, longer, slower];
    expect(new Set(all.map(({ key }) => key)).size).toBe(4);
    expect(new Set(all.map(({ fingerprint }) => fingerprint)).size).toBe(4);
    const undisturbed = await train(model, training, [1, 2], { engine: "reference", cache });
    expect(undisturbed.blocks).toMatchObject({ trained: 0, cached: 1 });
    expect(all.map(({ key }) => key)).not.toContain(undisturbed.key);
  });

  test.each([
    [{ noise: 0, rounds: 1 }, "noise"],
    [{ noise: Number.NaN, rounds: 1 }, "noise"],
    [{ noise, rounds: 0 }, "rounds"],
    [{ noise, rounds: 1.5 }, "rounds"],
  ])("needs noise and rounds: %j", async (disturbance, named) => {
    const engine = watched();
    await expect(trainDisturbed(model, training, [1], disturbance, { engine })).rejects.toThrow(named);
    expect(engine.jobs).toEqual([]);
  });
});
