import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readKept, writeKept } from "./kept.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "kept-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

test("what is written is read again, but not what was damaged since", () => {
  const path = join(directory, "deep", "file");
  expect(readKept(path)).toBeUndefined();
  writeKept(path, Uint8Array.of(1, 2, 3));
  expect(readKept(path)).toEqual(Buffer.of(1, 2, 3));
  const whole = readFileSync(path);
  for (const damaged of [whole.subarray(0, 34), whole.with(33, 9), Buffer.of()]) {
    writeFileSync(path, damaged);
    expect(readKept(path)).toBeUndefined();
  }
});

test("nothing is kept where a directory cannot be", () => {
  writeFileSync(join(directory, "file"), "");
  expect(() => writeKept(join(directory, "file", "below"), Uint8Array.of(1))).toThrow();
});
