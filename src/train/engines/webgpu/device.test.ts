import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Device, OutOfMemory } from "./device.ts";
import { createWebgpuEngine } from "./engine.ts";

/** Where openDawn keeps Dawn's object; one of our own takes its place, and Dawn's comes back, because it must live on. */
const all = globalThis as typeof globalThis & { [key: symbol]: unknown };
const key = Symbol.for("superposition-hypotheses.dawn");
let dawn: unknown;

const limits = {
  maxComputeWorkgroupStorageSize: 1,
  maxComputeInvocationsPerWorkgroup: 2,
  maxComputeWorkgroupSizeX: 3,
  maxStorageBufferBindingSize: 4,
  maxBufferSize: 5,
};

/** A device that does nothing, and what it was asked for. */
function pretend(description = "") {
  let lose: (info: { reason: string; message: string }) => void = () => {};
  const lost = new Promise((resolve) => {
    lose = resolve;
  });
  const messages: { type: string; lineNum: number; message: string }[] = [];
  const createComputePipelineAsync = vi.fn(async () => ({}));
  const gpu = {
    limits,
    lost,
    pushErrorScope: () => {},
    popErrorScope: async () => null,
    createShaderModule: () => ({ getCompilationInfo: async () => ({ messages }) }),
    createComputePipelineAsync,
    createPipelineLayout: () => ({}),
    createBindGroupLayout: () => ({}),
    destroy: vi.fn(),
  };
  const requestDevice = vi.fn(async (_descriptor: unknown) => gpu);
  const info = { vendor: "", architecture: "", device: "Card", description, isFallbackAdapter: false };
  all[key] = {
    requestAdapter: async () => ({ info, limits: { ...limits, maxBindGroups: 6 }, requestDevice }),
  };
  return { lose, messages, createComputePipelineAsync, requestDevice, gpu };
}

beforeEach(() => {
  dawn = all[key];
});
afterEach(() => {
  all[key] = dawn;
  vi.unstubAllEnvs();
});

test("asks for all that the adapter has, of what the shader uses", async () => {
  const { requestDevice } = pretend();
  await Device.open(false);
  expect(requestDevice.mock.calls).toEqual([[{ requiredLimits: limits }]]);
});

describe("a lost device says so, once and for all", () => {
  test.each([
    ["driver reset\nand more", "the WebGPU device was lost: Card, unknown: driver reset"],
    ["", "the WebGPU device was lost: Card, unknown"],
  ])("%j", async (message, expected) => {
    const { lose } = pretend();
    const device = await Device.open(false);
    expect(device.lost).toBeNull();
    const waiting = device.unlessLost(new Promise(() => {}));
    lose({ reason: "unknown", message });
    await expect(waiting).rejects.toThrow(new Error(expected));
    expect(device.lost).toBe(expected);
  });

  test("also in place of what failed because of it, but not of other failures", async () => {
    const { lose } = pretend();
    const device = await Device.open(false);
    await expect(device.unlessLost(Promise.reject(new Error("refused")))).rejects.toThrow("refused");
    const failing = device.unlessLost(Promise.reject(new Error("mapping failed")));
    setTimeout(() => lose({ reason: "destroyed", message: "" }), 5);
    await expect(failing).rejects.toThrow("the WebGPU device was lost: Card, destroyed");
  });
});

describe("a shader", () => {
  test("is compiled once, whatever the compiler remarks", async () => {
    const { messages, createComputePipelineAsync } = pretend();
    messages.push({ type: "warning", lineNum: 3, message: "unused variable" });
    const device = await Device.open(false);
    const pipeline = await device.pipeline("fn main() {}");
    expect(await device.pipeline("fn main() {}")).toBe(pipeline);
    expect(createComputePipelineAsync).toHaveBeenCalledTimes(1);
    await device.pipeline("fn other() {}");
    expect(createComputePipelineAsync).toHaveBeenCalledTimes(2);
  });

  test("that is refused is an internal error, and can be tried again", async () => {
    const { createComputePipelineAsync } = pretend();
    createComputePipelineAsync.mockRejectedValueOnce(new Error("too many lanes\nand more"));
    const device = await Device.open(false);
    await expect(device.pipeline("fn main() {}")).rejects.toThrow(
      new Error("internal error: the training shader was refused: too many lanes"),
    );
    expect(await device.pipeline("fn main() {}")).toBeDefined();
  });
});

test("errors for want of memory have a name", () => {
  expect(String(new OutOfMemory("full"))).toBe("OutOfMemory: full");
});

describe("an adapter that computes on the processor", () => {
  test.each([
    ["software", true],
    ["hardware", false],
    ["", false],
    [undefined, false],
  ])("HYPOTHESES_WEBGPU = %j", async (value, opens) => {
    pretend("llvmpipe");
    vi.stubEnv("HYPOTHESES_WEBGPU", value);
    const opened = createWebgpuEngine().then(
      (engine) => [engine.name, engine.device],
      (error: Error) => error.message,
    );
    expect(await opened).toEqual(
      opens
        ? ["webgpu", "Card (llvmpipe)"]
        : expect.stringContaining('found only the software adapter "Card (llvmpipe)"'),
    );
  });
});

test("an engine can be closed twice", async () => {
  const { gpu } = pretend();
  const engine = await createWebgpuEngine();
  await engine.close();
  await engine.close();
  expect(gpu.destroy).toHaveBeenCalledTimes(1);
});
