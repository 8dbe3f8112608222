import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tryWriting, writeAtomically } from "./atomic-write.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "atomic-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

test("writes and overwrites, leaving only the file", () => {
  const path = join(directory, "out.json");
  writeAtomically(path, "first, and longer");
  writeAtomically(path, "second");
  expect(readFileSync(path, "utf8")).toBe("second");
  expect(readdirSync(directory)).toEqual(["out.json"]);
});

test("a failed write leaves what was there, and nothing of its own", () => {
  const path = join(directory, "taken");
  mkdirSync(path);
  expect(() => writeAtomically(path, "text")).toThrow();
  expect(readdirSync(directory)).toEqual(["taken"]);
});

test("a write that cannot begin says so, not that there is nothing to tidy up", () => {
  const path = join(directory, "missing", "out.json");
  expect(() => writeAtomically(path, "text")).toThrow(expect.objectContaining({ code: "ENOENT", syscall: "open" }));
});

test("trying leaves the directory and an existing file as they were", () => {
  const path = join(directory, "out.json");
  writeAtomically(path, "kept");
  tryWriting(path);
  expect(readFileSync(path, "utf8")).toBe("kept");
  expect(readdirSync(directory)).toEqual(["out.json"]);
  expect(() => tryWriting(join(directory, "missing", "out.json"))).toThrow(/ENOENT/);
  expect(existsSync(join(directory, "missing"))).toBe(false);
});
