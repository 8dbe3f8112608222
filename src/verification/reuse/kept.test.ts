import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { exampleConclusion } from "../testing/report.ts";
import { KeptConclusions, type KeptSpec } from "./kept.ts";

let directory: string;
let kept: KeptConclusions;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "kept-"));
  kept = new KeptConclusions(directory);
});
afterEach(() => {
  rmSync(directory, { recursive: true });
  vi.restoreAllMocks();
});

const spec: KeptSpec = {
  environment: "e",
  bundle: "b",
  inputs: { "hypotheses/a.spec.ts": "1" },
  whole: true,
  tests: [
    {
      name: "T1 sums",
      line: 3,
      seconds: 2,
      conclusion: exampleConclusion,
      galleries: [],
      replay: null,
      lacks: null,
      engine: null,
      figure: null,
      secondsTraining: 0,
      blocks: { trained: 0, cached: 0, corrupted: 0, unkept: 0 },
    },
  ],
};
const file = "hypotheses/folder/a.spec.ts";

test("what is written is read again, each spec file's by itself", () => {
  kept.write(file, spec);
  kept.write("hypotheses/b.spec.ts", { ...spec, tests: [] });
  expect(kept.read(file)).toEqual(spec);
  expect(new KeptConclusions(directory).read("hypotheses/b.spec.ts")).toEqual({ ...spec, tests: [] });
  // Whole or not at all: nothing unfinished is left beside it.
  expect(readdirSync(join(directory, "hypotheses/folder"))).toEqual(["a.spec.ts.json"]);
});

test("nothing is kept at first, and nobody is told", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  expect(kept.read(file)).toBeUndefined();
  expect(warn).not.toHaveBeenCalled();
});

test.each([
  ["a letter is another", (text: string) => text.replace('"holds"', '"refuted"')],
  ["the end is cut off", (text: string) => text.slice(0, -5)],
  ["it is empty", () => ""],
  ["it is another text", () => "{}"],
])("a damaged file is told, and not used: %s", (_, damage) => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  kept.write(file, spec);
  const text = readFileSync(kept.path(file), "utf8");
  expect(damage(text)).not.toBe(text);
  writeFileSync(kept.path(file), damage(text));
  expect(kept.read(file)).toBeUndefined();
  expect(warn.mock.calls).toEqual([[`conclusions kept of ${file} cannot be used (damaged); it is run again`]]);
});

test("a figure is kept once by what it is, and a damaged one is none, until it is written again", () => {
  const png = Buffer.from("a picture");
  const hash = kept.writeFigure(png);
  expect(kept.writeFigure(Buffer.from("a picture"))).toBe(hash);
  expect(kept.writeFigure(Buffer.from("another"))).not.toBe(hash);
  expect(kept.figure(hash)).toEqual(png);
  const path = join(directory, "figures", `${hash}.png`);
  expect(existsSync(path)).toBe(true);
  expect(readdirSync(join(directory, "figures"))).toHaveLength(2);
  writeFileSync(path, "a pictura");
  expect(kept.figure(hash)).toBeUndefined();
  kept.writeFigure(png);
  expect(kept.figure(hash)).toEqual(png);
  expect(kept.figure("0".repeat(64))).toBeUndefined();
});
