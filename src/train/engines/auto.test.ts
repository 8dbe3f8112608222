import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { chooseAutomatically } from "./auto.ts";
import { hardwareAdapter } from "./webgpu/adapter.ts";

beforeEach(() => vi.stubEnv("HYPOTHESES_AUTO", undefined));
afterEach(() => vi.unstubAllEnvs());

test("auto is webgpu where there is a hardware adapter", async () => {
  const choice = await chooseAutomatically(async () => "a card");
  expect(choice).toEqual({ name: "webgpu", why: "auto: there is a hardware WebGPU adapter" });
});

test("auto is wasm where there is none", async () => {
  const choice = await chooseAutomatically(async () => null);
  expect(choice).toEqual({ name: "wasm", why: "auto: no hardware WebGPU adapter" });
});

test("auto is settled by one look, in this process and in those it starts", async () => {
  let looks = 0;
  const look = async () => {
    looks++;
    return "a card";
  };
  const choices = await Promise.all([chooseAutomatically(look), chooseAutomatically(look)]);
  choices.push(await chooseAutomatically(look));
  expect(choices.map(({ name }) => name)).toEqual(["webgpu", "webgpu", "webgpu"]);
  expect(looks).toBe(1);
  expect(process.env.HYPOTHESES_AUTO).toBe("webgpu: there is a hardware WebGPU adapter");

  vi.stubEnv("HYPOTHESES_AUTO", "wasm: said by the process that started this one");
  expect(await chooseAutomatically(look)).toEqual({
    name: "wasm",
    why: "auto: said by the process that started this one",
  });
  expect(looks).toBe(1);
});

test.each(["not wasm: it only ends so", "wasm: two\nlines", "abacus: steady"])(
  "auto looks for itself where the variable says %j",
  async (words) => {
    vi.stubEnv("HYPOTHESES_AUTO", words);
    expect((await chooseAutomatically(async () => "a card")).name).toBe("webgpu");
  },
);

test("a look that fails may be repeated", async () => {
  const failing = chooseAutomatically(async () => {
    throw new Error("no driver, no answer");
  });
  await expect(failing).rejects.toThrow("no driver");
  expect((await chooseAutomatically(async () => null)).name).toBe("wasm");
});

test("auto goes by the hardware that is here", async () => {
  const { name } = await chooseAutomatically();
  expect(name).toBe((await hardwareAdapter()) === null ? "wasm" : "webgpu");
  expect(process.env.HYPOTHESES_AUTO).toMatch(new RegExp(`^${name}: `));
});
