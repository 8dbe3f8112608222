import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { autoencoder } from "../../../models/autoencoder.ts";
import type { Device } from "./device.ts";
import { type Kernel, Launch } from "./launch.ts";
import { planKernel } from "./plan.ts";

/** A device that computes nothing: it notes what it is asked for, and gives back what the test has put there. */
let asked: string[];
let destroyed: string[];
let clock: number;

interface Pretended {
  readonly name: string;
  readonly size: number;
  destroy(): void;
  unmap(): void;
}

const names = ["stretch", "parameters", "ended", "staging one", "staging two", "scratch"];
const content = new Map<string, ArrayBuffer>();

function pretend(): Device {
  const allocate = async (sizes: readonly { readonly size: number }[]): Promise<Pretended[]> =>
    sizes.map(({ size }, i) => ({
      name: names[i]!,
      size,
      destroy: () => destroyed.push(names[i]!),
      unmap: () => asked.push(`unmap ${names[i]}`),
    }));
  const encoder = {
    beginComputePass: () => ({
      setPipeline: () => asked.push("pipeline"),
      setBindGroup: (index: number) => asked.push(`bindings ${index}`),
      dispatchWorkgroups: (count: number) => asked.push(`dispatch ${count}`),
      end: () => asked.push("end"),
    }),
    copyBufferToBuffer: (from: Pretended, start: number, to: Pretended, at: number, bytes: number) =>
      asked.push(`copy ${bytes} of ${from.name} from ${start} to ${to.name} at ${at}`),
    finish: () => "commands",
  };
  const gpu = {
    queue: {
      writeBuffer: (buffer: Pretended, at: number, values: ArrayBuffer | Float32Array) => {
        asked.push(`write ${values.byteLength} to ${buffer.name} at ${at}`);
        content.set(buffer.name, values instanceof ArrayBuffer ? values : values.slice().buffer);
      },
      submit: () => asked.push("submit"),
    },
    createBindGroup: ({ entries }: { entries: { binding: number; resource: { buffer: Pretended } }[] }) => {
      asked.push(`bind ${entries.map((e) => `${e.binding} ${e.resource.buffer.name}`).join(", ")}`);
    },
    createCommandEncoder: () => encoder,
  };
  const checked = <T>(work: () => T) => ({ done: work(), accepted: Promise.resolve() });
  const map = async (buffer: Pretended) => {
    asked.push(`map ${buffer.name}`);
    return new ArrayBuffer(buffer.size);
  };
  return { allocate, checked, map, gpu } as unknown as Device;
}

beforeEach(() => {
  asked = [];
  destroyed = [];
  clock = 1000;
  vi.spyOn(performance, "now").mockImplementation(() => clock);
});

afterEach(() => vi.restoreAllMocks());

/** Ten seeds of forty parameters, three seeds a workgroup. */
const model = autoencoder({ features: 40, hidden: 1, nonlinearity: "relu", loss: "mse" });
const limits = { maxComputeWorkgroupStorageSize: 16384, maxComputeInvocationsPerWorkgroup: 256 };
const kernel = {
  plan: planKernel(model, limits),
  pipeline: { getBindGroupLayout: () => ({}) },
  rates: { name: "rates" },
  data: { name: "data" },
} as unknown as Kernel;
const start = { step: 7, parameters: new Float32Array(400).fill(2), every: 5, tolerance: 0.25 };
const launch = () => Launch.create(pretend(), kernel, start);

test("has room for ten seeds, and for what each of them spills", async () => {
  const sizes: number[] = [];
  const device = pretend();
  const allocate = vi.spyOn(device, "allocate");
  await Launch.create(device, { ...kernel, plan: { ...kernel.plan, scratch: 3 } }, start);
  await Launch.create(device, kernel, start);
  for (const [wanted] of allocate.mock.calls) sizes.push(...wanted.map(({ size }) => size));
  // 16 bytes for each chunk, and no buffer may be empty.
  expect(sizes).toEqual([32, 1600, 40, 1640, 1640, 16 * 3 * 10, 32, 1600, 40, 1640, 1640, 16]);
});

test("binds its buffers in the order in which the shader declares them", async () => {
  await launch();
  expect(asked).toEqual([
    "write 1600 to parameters at 0",
    "bind 0 stretch, 1 rates, 2 data, 3 parameters, 4 ended, 5 scratch",
  ]);
});

test("a stretch is one dispatch: its words, the workgroups that ten seeds fill, and what comes back", async () => {
  const state = await (await launch()).run(10, 50);
  expect(asked.slice(2)).toEqual([
    "write 32 to stretch at 0",
    "pipeline",
    "bindings 0",
    "dispatch 4",
    "end",
    "copy 1600 of parameters from 0 to staging one at 0",
    "copy 40 of ended from 0 to staging one at 1600",
    "submit",
    "map staging one",
  ]);
  const words = content.get("stretch")!;
  expect([...new Uint32Array(words, 0, 5)]).toEqual([7, 10, 50, 10, 5]);
  expect(new Float32Array(words)[5]).toBe(0.25);
  expect([state.from, state.to, state.parameters.length, state.ended.length]).toEqual([10, 50, 400, 10]);
});

test("two stretches may be under way, in a staging buffer each, which later ones take over", async () => {
  const running = await launch();
  const [first, second] = await Promise.all([running.run(7, 8), running.run(8, 9)]);
  expect(asked.filter((a) => a.startsWith("map"))).toEqual(["map staging one", "map staging two"]);
  second.release();
  first.release();
  await running.run(9, 10);
  expect(asked.filter((a) => a.startsWith("unmap"))).toEqual(["unmap staging two", "unmap staging one"]);
  expect(asked.at(-1)).toBe("map staging two");
});

describe("the time a stretch took", () => {
  test("counts from when it was submitted", async () => {
    const running = await launch();
    const coming = running.run(7, 8);
    clock = 1030;
    expect((await coming).elapsed).toBe(30);
  });

  test("but not while the device was busy with the one before", async () => {
    const running = await launch();
    const first = running.run(7, 8);
    clock = 1030;
    await first;
    clock = 1010;
    const second = running.run(8, 9);
    clock = 1090;
    expect((await second).elapsed).toBe(60);
  });
});

test("destroys all its buffers, and none of those that launches share", async () => {
  const running = await launch();
  (await running.run(7, 8)).release();
  // One stretch is still being read.
  await running.run(8, 9);
  running.destroy();
  expect([...destroyed].sort()).toEqual([...names].sort());
});
