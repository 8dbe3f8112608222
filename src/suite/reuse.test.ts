import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { reuseConclusions } from "./reuse.ts";

const kernel = "src/train/engines/wasm/kernel";
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "suite-reuse-"));
  mkdirSync(join(root, kernel), { recursive: true });
  cpSync(kernel, join(root, kernel), { recursive: true });
  cpSync("src/train/engines/wasm/worker.mjs", join(root, kernel, "../worker.mjs"));
  symlinkSync(resolve("node_modules"), join(root, "node_modules"));
  for (const name of ["HYPOTHESES_CACHE", "HYPOTHESES_SEED_SHIFT", "HYPOTHESES_WEBGPU"]) vi.stubEnv(name, undefined);
  vi.stubEnv("HYPOTHESES_ENGINE", "wasm");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

const environment = async () => (await reuseConclusions(root))!.environment;

test("conclusions are kept beside the run cache, and not reused where that is off", async () => {
  expect((await reuseConclusions(root))!.directory).toBe(join(root, ".cache/conclusions"));
  vi.stubEnv("HYPOTHESES_CACHE", "/elsewhere/runs");
  expect((await reuseConclusions(root))!.directory).toBe(resolve("/elsewhere/conclusions"));
  vi.stubEnv("HYPOTHESES_CACHE", "off");
  expect(await reuseConclusions(root)).toBeNull();
});

test.each([
  ["HYPOTHESES_ENGINE", "reference"],
  ["HYPOTHESES_SEED_SHIFT", "100000"],
  ["HYPOTHESES_WEBGPU", "software"],
])("%s=%s is another environment", async (name, value) => {
  const before = await environment();
  expect(await environment()).toEqual(before);
  vi.stubEnv(name, value);
  expect(await environment()).not.toEqual(before);
});

test("auto is the engine that it comes to", async () => {
  vi.stubEnv("HYPOTHESES_AUTO", "wasm: no hardware WebGPU adapter");
  const named = await environment();
  vi.stubEnv("HYPOTHESES_ENGINE", "auto");
  expect(await environment()).toEqual(named);
  vi.stubEnv("HYPOTHESES_AUTO", "webgpu: there is a hardware WebGPU adapter");
  expect(await environment()).not.toEqual(named);
});

test.each([
  ["a comment", (text: string) => `// More.\n/* And more. */\n${text}`, true],
  ["a line", (text: string) => `${text}export const more: i32 = 1;\n`, false],
])("%s more in the kernel", async (_, change, same) => {
  const before = await environment();
  const file = join(root, kernel, "index.ts");
  const text = readFileSync(file, "utf8");
  expect(change(text)).not.toBe(text);
  writeFileSync(file, change(text));
  expect((await environment()).join() === before.join()).toBe(same);
});

test("so does nothing of what runs its threads", async () => {
  const before = await environment();
  const file = join(root, kernel, "../worker.mjs");
  writeFileSync(file, `${readFileSync(file, "utf8")}\nexport const more = 1;\n`);
  expect(await environment()).not.toEqual(before);
});

test("engines that are not used stand apart, what chooses among them does not", async () => {
  const { apart } = (await reuseConclusions(root))!;
  const engines = (...files: string[]) => files.map((file) => apart(join(root, "src/train/engines", file)));
  expect(
    engines("tfjs/engine.ts", "tfjs-cuda.ts", "webgpu/engine.ts", "webgpu/shader/head.ts", "reference.ts"),
  ).toEqual([true, true, true, true, true]);
  expect(engines("wasm/engine.ts", "wasm/pool.ts", "registry.ts", "look.ts", "auto.ts")).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
  expect(apart(join(root, "src/geometry/reference.ts"))).toBe(false);
});
