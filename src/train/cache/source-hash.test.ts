import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hashSources } from "./source-hash.ts";

let root: string;
const write = (path: string, content: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
};
const manifest = (prng: string, compiler: string, other = "1.0.0") =>
  JSON.stringify({
    dependencies: { "pure-rand": prng },
    devDependencies: { assemblyscript: compiler, other },
  });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "source-"));
  write("package.json", manifest("1.0.0", "2.0.0"));
  write("src/models/model.ts", 'import { check } from "../util/check.ts";');
  write("src/util/check.ts", "check");
  write("src/models/lazy.ts", "lazy");
  write("src/models/construction.ts", "construction");
  write(
    "src/train/engines/wasm/engine.ts",
    'import type { Model } from "../../../models/model.ts";\nawait import("../../../models/lazy.ts");',
  );
});
afterEach(() => rmSync(root, { recursive: true }));

describe("the hash of the sources", () => {
  test("stays the same while nothing changes", () => {
    expect(hashSources(root, "wasm")).toMatch(/^[0-9a-f]{64}$/);
    expect(hashSources(root, "wasm")).toBe(hashSources(root, "wasm"));
  });

  test.each([
    ["a model file", "src/models/model.ts"],
    ["an engine's file", "src/train/engines/wasm/engine.ts"],
    ["a model file that one imports", "src/util/check.ts"],
    ["a model file imported on demand", "src/models/lazy.ts"],
    ["a new file of the engine's", "src/train/engines/wasm/extra.ts"],
    ["the kernel", "src/train/engines/wasm/kernel/index.ts"],
    ["the worker", "src/train/engines/wasm/worker.mjs"],
    ["the form of the entries", "src/train/cache/entry.ts"],
    ["a file whose name only looks like a test's", "src/train/engines/wasm/latest.ts"],
  ])("changes with %s", (_, path) => {
    const before = hashSources(root, "wasm");
    write(path, "something else");
    expect(hashSources(root, "wasm")).not.toBe(before);
  });

  test("changes when a file gets another name", () => {
    const before = hashSources(root, "wasm");
    renameSync(join(root, "src/train/engines/wasm/engine.ts"), join(root, "src/train/engines/wasm/motor.ts"));
    expect(hashSources(root, "wasm")).not.toBe(before);
  });

  test("changes when two files swap their contents", () => {
    const before = hashSources(root, "wasm");
    write("src/util/check.ts", "lazy");
    write("src/models/lazy.ts", "check");
    expect(hashSources(root, "wasm")).not.toBe(before);
  });

  test.each([
    ["a test", "src/train/engines/wasm/engine.test.ts"],
    ["another engine", "src/train/engines/abacus.ts"],
    ["another engine's file", "src/train/engines/abacus/engine.ts"],
    ["what calls the engines", "src/train/train.ts"],
    ["a fixture", "src/train/engines/wasm/fixtures/initial.json"],
    ["test helpers", "src/models/testing/random-model.ts"],
    ["presentation", "src/train/engines/wasm/progress.ts"],
    ["views of a result", "src/train/run.ts"],
    ["a model file that training does not import", "src/models/construction.ts"],
    ["code above", "src/figures/shapes/plane.ts"],
    ["an editor's leftovers", "src/train/engines/wasm/.engine.ts.swp"],
  ])("does not change with %s", (_, path) => {
    const before = hashSources(root, "wasm");
    write(path, "something else");
    expect(hashSources(root, "wasm")).toBe(before);
  });

  test("changes with a folder that one of another engine's files, which it imports, reads from the disk", () => {
    write("src/train/engines/abacus/engine.ts", 'import { compile } from "../wasm/compile.ts";');
    write("src/train/engines/wasm/compile.ts", 'new URL("./kernel/", import.meta.url)');
    write("src/train/engines/wasm/kernel/index.ts", "kernel");
    const before = hashSources(root, "abacus");
    write("src/train/engines/wasm/kernel/index.ts", "another kernel");
    expect(hashSources(root, "abacus")).not.toBe(before);
  });

  test("tells what tfjs trains in plain JavaScript from what it trains with TensorFlow's library", () => {
    const before = ["tfjs", "wasm"].map((engine) => hashSources(root, engine));
    write("node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node", "");
    const after = ["tfjs", "wasm"].map((engine) => hashSources(root, engine));
    expect(after.map((hash, i) => hash === before[i])).toEqual([false, true]);
  });

  test("changes with the versions of the packages that compute, and of no others", () => {
    const before = hashSources(root, "wasm");
    write("package.json", manifest("1.0.1", "2.0.0"));
    expect(hashSources(root, "wasm")).not.toBe(before);
    write("package.json", manifest("1.0.0", "2.0.1"));
    expect(hashSources(root, "wasm")).not.toBe(before);
    write("package.json", manifest("1.0.0", "2.0.0", "9.9.9"));
    expect(hashSources(root, "wasm")).toBe(before);
  });
});
