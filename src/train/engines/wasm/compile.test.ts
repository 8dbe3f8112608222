import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compileKernel } from "./compile.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "kernel-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

const works = (module: WebAssembly.Module) =>
  expect(new WebAssembly.Instance(module).exports.run).toBeTypeOf("function");

test("compiles once, keeps the result, and compiles again when the kept file is damaged", async () => {
  works(await compileKernel(directory));
  const names = readdirSync(directory);
  expect(names).toEqual([expect.stringMatching(/^[0-9a-f]{32}\.wasm$/)]);
  const path = join(directory, names[0]!);
  const kept = readFileSync(path);

  utimesSync(path, 1, 1);
  works(await compileKernel(directory));
  expect(statSync(path).mtimeMs).toBe(1000);

  // A flipped bit in a constant would still be a valid module.
  const damaged = Buffer.from(kept);
  damaged[damaged.length - 200]! ^= 1;
  writeFileSync(path, damaged);
  works(await compileKernel(directory));
  expect(readFileSync(path).equals(kept)).toBe(true);
});
