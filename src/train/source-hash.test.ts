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
  write("src/models/model.ts", 'import { check } from "./check.ts";');
  write("src/models/check.ts", "check");
  write("src/models/lazy.ts", "lazy");
  write("src/models/construction.ts", "construction");
  write(
    "src/train/engine.ts",
    'import type { Model } from "../models/model.ts";\nawait import("../models/lazy.ts");',
  );
});
afterEach(() => rmSync(root, { recursive: true }));

describe("the hash of the sources", () => {
  test("stays the same while nothing changes", () => {
    expect(hashSources(root)).toMatch(/^[0-9a-f]{64}$/);
    expect(hashSources(root)).toBe(hashSources(root));
  });

  test.each([
    ["a model file", "src/models/model.ts"],
    ["a training file", "src/train/engine.ts"],
    ["a model file that one imports", "src/models/check.ts"],
    ["a model file imported on demand", "src/models/lazy.ts"],
    ["a new training file", "src/train/extra.ts"],
    ["the kernel", "src/train/engines/wasm/kernel/index.ts"],
    ["the worker", "src/train/engines/wasm/worker.mjs"],
    ["a file whose name only looks like a test's", "src/train/latest.ts"],
  ])("changes with %s", (_, path) => {
    const before = hashSources(root);
    write(path, "something else");
    expect(hashSources(root)).not.toBe(before);
  });

  test("changes when a file gets another name", () => {
    const before = hashSources(root);
    renameSync(join(root, "src/train/engine.ts"), join(root, "src/train/motor.ts"));
    expect(hashSources(root)).not.toBe(before);
  });

  test("changes when two files swap their contents", () => {
    const before = hashSources(root);
    write("src/models/check.ts", "lazy");
    write("src/models/lazy.ts", "check");
    expect(hashSources(root)).not.toBe(before);
  });

  test.each([
    ["a test", "src/train/train.test.ts"],
    ["a fixture", "src/train/fixtures/initial.json"],
    ["test helpers", "src/models/testing/random-model.ts"],
    ["presentation", "src/train/progress.ts"],
    ["views of a result", "src/train/run.ts"],
    ["a model file that training does not import", "src/models/construction.ts"],
    ["code above", "src/figures/plane.ts"],
    ["an editor's leftovers", "src/train/.engine.ts.swp"],
  ])("does not change with %s", (_, path) => {
    const before = hashSources(root);
    write(path, "something else");
    expect(hashSources(root)).toBe(before);
  });

  test("changes with the versions of the packages that compute, and of no others", () => {
    const before = hashSources(root);
    write("package.json", manifest("1.0.1", "2.0.0"));
    expect(hashSources(root)).not.toBe(before);
    write("package.json", manifest("1.0.0", "2.0.1"));
    expect(hashSources(root)).not.toBe(before);
    write("package.json", manifest("1.0.0", "2.0.0", "9.9.9"));
    expect(hashSources(root)).toBe(before);
  });
});
