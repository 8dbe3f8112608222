import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import { autoencoder } from "../../../models/autoencoder.ts";
import { kHot } from "../../../models/data/data.ts";
import { InputError } from "../../../util/check.ts";
import type { Engine, Job, Trajectory } from "../../engine.ts";
import { recipe } from "../../recipe.ts";
import { createReferenceEngine } from "../reference.ts";
import { collect } from "../testing/collect.ts";
import { Device, OutOfMemory } from "./device.ts";
import { createWebgpuEngine } from "./engine.ts";
import { unavailable } from "./testing/available.ts";

const relu = { nonlinearity: "relu", loss: "mse" } as const;
const model = autoencoder({ features: 4, hidden: 1, ...relu });
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

afterEach(() => vi.restoreAllMocks());

async function withEngine(use: (engine: Engine) => Promise<void>): Promise<void> {
  const engine = await createWebgpuEngine({ software: true });
  try {
    await use(engine);
  } finally {
    await engine.close();
  }
}

test("HYPOTHESES_WEBGPU has to be something it knows", async () => {
  vi.stubEnv("HYPOTHESES_WEBGPU", "fast");
  await expect(createWebgpuEngine()).rejects.toThrow(
    'invalid HYPOTHESES_WEBGPU: "fast"; expected "software" or "hardware"',
  );
  vi.unstubAllEnvs();
});

const reason = await unavailable();
if (reason !== null) console.error(`the engine webgpu is not run here: ${reason}`);

describe.skipIf(reason !== null)("on a device", () => {
  const short = recipe({ steps: 30, rate: 1, convergence: { gradientNorm: 0.1, every: 5 } });

  test("jobs of one model and recipe train together, and a seed's result does not depend on it", async () => {
    const jobs: Job[] = [range(0, 32), range(32, 64), [7, 5]].map((seeds) => ({
      model,
      recipe: short,
      seeds,
    }));
    await withEngine(async (engine) => {
      const create = vi.spyOn(Device.prototype, "allocate");
      const together = await collect(engine, jobs);
      const launches = create.mock.calls.filter(([sizes]) => sizes.length > 1);
      expect(launches).toHaveLength(1);
      expect(together.map((block) => block.map((t) => t.seed))).toEqual(jobs.map((job) => job.seeds));
      expect(together[2]).toEqual([together[0]![7], together[0]![5]]);
      const [alone] = await collect(engine, [{ model, recipe: short, seeds: [40] }]);
      expect(alone).toEqual([together[1]![8]]);
      expect(new Set(together.flat().map((t) => t.end.step)).size).toBeGreaterThan(2);
    });
  });

  test("what workgroup memory cannot hold is spilled, with the same result", async () => {
    // 3,160 samples of a vec4f each: 50,560 bytes for output0, and as many for delta0.
    const data = kHot(80, 2);
    const large = autoencoder({ features: 80, hidden: 4, ...relu, outputBias: true, data });
    const job = { model: large, recipe: recipe({ steps: 3, rate: 1 }), seeds: [1] };
    await withEngine(async (engine) => {
      const [actual] = await collect(engine, [job]);
      const [expected] = await collect(createReferenceEngine(), [job]);
      actual!.forEach((t, i) => {
        t.end.parameters.forEach((x, k) => {
          expect(x).toBeCloseTo(expected![i]!.end.parameters[k]!, 5);
        });
      });
    });
  });

  test("a model too large for the device is one clear error, and the engine goes on", async () => {
    const large = autoencoder({ features: 2000, hidden: 20, ...relu, tied: false });
    await withEngine(async (engine) => {
      const failing = collect(engine, [{ model: large, recipe: short, seeds: [1] }]);
      await expect(failing).rejects.toThrow(InputError);
      await expect(failing).rejects.toThrow(/too large for the engine "webgpu".*\d+ bytes.*expected at most \d+/);
      expect(await collect(engine, [{ model, recipe: short, seeds: [1] }])).toHaveLength(1);
    });
  });

  test("a lost device fails what is under way, keeps what was handed over, and is opened again", async () => {
    const open = vi.spyOn(Device, "open");
    await withEngine(async (engine) => {
      const device = (await open.mock.results[0]!.value) as Device;
      const blocks: Trajectory[][] = [];
      const endless = recipe({ steps: 2_000_000, rate: 0.01 });
      const failing = engine.train(
        [
          { model, recipe: short, seeds: [1] },
          { model, recipe: endless, seeds: [1] },
        ],
        (index, block) => {
          blocks[index] = block;
          setTimeout(() => device.gpu.destroy(), 20);
        },
      );
      await expect(failing).rejects.toThrow(/^the WebGPU device was lost: .+, destroyed/);
      expect(blocks).toHaveLength(1);
      const [again] = await collect(engine, [{ model, recipe: short, seeds: [1] }]);
      expect(again).toEqual(blocks[0]);
      expect(open).toHaveBeenCalledTimes(2);
    });
  });

  test("more seeds than one buffer may hold train in several batches", async () => {
    const job = { model, recipe: short, seeds: range(0, 100) };
    const open = vi.spyOn(Device, "open");
    await withEngine(async (engine) => {
      const [together] = await collect(engine, [job]);
      const device = (await open.mock.results[0]!.value) as Device;
      const { maxComputeWorkgroupStorageSize, maxComputeInvocationsPerWorkgroup } = device.limits;
      const limits = {
        maxComputeWorkgroupStorageSize,
        maxComputeInvocationsPerWorkgroup,
        maxStorageBufferBindingSize: 1000,
        maxBufferSize: 2 ** 20,
      };
      Object.defineProperty(device, "limits", { value: limits });
      const allocate = vi.spyOn(device, "allocate");
      expect(await collect(engine, [job])).toEqual([together]);
      const parameterBytes = allocate.mock.calls.filter(([s]) => s.length > 1).map(([s]) => s[1]!.size);
      // Of 20 bytes for each seed, in whole workgroups of eight.
      expect(parameterBytes).toEqual([48, 48, 4].map((seeds) => 16 * seeds));
    });
  });

  test("where there is no room for all seeds, halves of them train one after the other", async () => {
    const kept = { ...short, checkpoints: { count: 2, spacing: "even" } } as const;
    const job = { model, recipe: kept, seeds: range(0, 100) };
    await withEngine(async (engine) => {
      const [together] = await collect(engine, [job]);
      const sizes: number[] = [];
      const allocate = Device.prototype.allocate;
      vi.spyOn(Device.prototype, "allocate").mockImplementation(async function (this: Device, wanted) {
        if (wanted.length > 1) {
          sizes.push(wanted[2]!.size / 4);
          if (sizes.at(-1)! > 50) throw new OutOfMemory("full");
        }
        return allocate.call(this, wanted);
      });
      expect(await collect(engine, [job])).toEqual([together]);
      expect(sizes).toEqual([100, 50, 50]);
    });
  });

  test("keeps no buffer, whether it trains to the end or fails", async () => {
    const kept = new Set<GPUBuffer>();
    const allocate = Device.prototype.allocate;
    vi.spyOn(Device.prototype, "allocate").mockImplementation(async function (this: Device, wanted) {
      const buffers = await allocate.call(this, wanted);
      for (const buffer of buffers) {
        kept.add(buffer);
        const destroy = buffer.destroy.bind(buffer);
        buffer.destroy = () => {
          kept.delete(buffer);
          return destroy();
        };
      }
      return buffers;
    });
    await withEngine(async (engine) => {
      await collect(engine, [{ model, recipe: short, seeds: range(0, 40) }]);
      expect(kept.size).toBe(0);
      const stopped = engine.train(
        [{ model, recipe: short, seeds: range(0, 40) }],
        () => {},
        () => {
          // What is shared and the buffers of one launch.
          expect(kept.size).toBe(2 + 6);
          throw new Error("no more");
        },
      );
      await expect(stopped).rejects.toThrow("no more");
      expect(kept.size).toBe(0);
    });
  });

  test("a model without seeds opens nothing, and jobs end in the order of their seeds", async () => {
    const blocks: number[] = [];
    await withEngine(async (engine) => {
      const allocate = vi.spyOn(Device.prototype, "allocate");
      await engine.train([{ model, recipe: short, seeds: [] }], (index, block) => blocks.push(index, block.length));
      expect(allocate).not.toHaveBeenCalled();
    });
    expect(blocks).toEqual([0, 0]);
  });

  test("no room even for a few seeds is an error", async () => {
    await withEngine(async (engine) => {
      const sizes: number[] = [];
      const allocate = Device.prototype.allocate;
      let failure: Error = new OutOfMemory("full");
      vi.spyOn(Device.prototype, "allocate").mockImplementation(async function (this: Device, wanted) {
        if (wanted.length === 1) return allocate.call(this, wanted);
        sizes.push(wanted[2]!.size / 4);
        throw failure;
      });
      const train = (seeds: number) => collect(engine, [{ model, recipe: short, seeds: range(0, seeds) }]);
      await expect(train(128)).rejects.toThrow("full");
      expect(sizes).toEqual([128, 64, 32]);
      // Another failure is none that smaller batches could mend.
      failure = new Error("broken");
      await expect(train(128)).rejects.toThrow("broken");
      expect(sizes.slice(3)).toEqual([128]);
    });
  });

  test("a job's block is handed over once, when its last seed has ended", async () => {
    await withEngine(async (engine) => {
      const blocks: number[] = [];
      await engine.train([{ model, recipe: short, seeds: range(0, 20) }], (index, block) =>
        blocks.push(index, block.filter((t) => t !== undefined).length),
      );
      expect(blocks).toEqual([0, 20]);
    });
  });

  test("a closed engine says so", async () => {
    const engine = await createWebgpuEngine({ software: true });
    await engine.close();
    await expect(engine.train([], () => {})).rejects.toThrow("the training engine was closed");
  });

  test("a process that trained ends by itself, with code 0", async () => {
    const path = (name: string) => JSON.stringify(fileURLToPath(new URL(name, import.meta.url)));
    const script = `
      import { createWebgpuEngine } from ${path("./engine.ts")};
      import { autoencoder } from ${path("../../../models/autoencoder.ts")};
      import { recipe } from ${path("../../recipe.ts")};
      const engine = await createWebgpuEngine({ software: true });
      const model = autoencoder({ features: 4, hidden: 1, nonlinearity: "relu", loss: "mse" });
      await engine.train([{ model, recipe: recipe({ steps: 50, rate: 1 }), seeds: [1, 2] }], (i, block) =>
        console.log(block.map((t) => t.end.step).join(" ")));`;
    const options = { timeout: 60_000 };
    const args = ["--import", "tsx", "--input-type=module", "-e", script];
    const { stdout } = await promisify(execFile)(process.execPath, args, options);
    expect(stdout.trim()).toBe("50 50");
  });
});

describe.skipIf(reason !== null)("a device", () => {
  test("out of memory keeps no buffer", async () => {
    const device = await Device.open(true);
    const destroyed: boolean[] = [];
    vi.spyOn(device.gpu, "createBuffer").mockImplementation(
      () => ({ destroy: () => destroyed.push(true) }) as unknown as GPUBuffer,
    );
    vi.spyOn(device.gpu, "popErrorScope").mockResolvedValue({ message: "no more" } as GPUError);
    const failing = device.allocate([
      { size: 600, usage: 128 },
      { size: 400, usage: 128 },
    ]);
    await expect(failing).rejects.toThrow(OutOfMemory);
    await expect(failing).rejects.toThrow(/has no room for 1000 bytes more: no more/);
    expect(destroyed).toHaveLength(2);
    device.gpu.destroy();
  });

  test("a shader that does not compile is an internal error, as is anything else refused", async () => {
    const device = await Device.open(true);
    await expect(device.pipeline("fn main() { nonsense }")).rejects.toThrow(
      /^internal error: the training shader does not compile: line 1: /,
    );
    const { accepted } = device.checked(() => device.gpu.createBuffer({ size: 4, usage: 0 }));
    await expect(accepted).rejects.toThrow(/^internal error: the WebGPU device .+ refused: /);
    device.gpu.destroy();
  });
});
