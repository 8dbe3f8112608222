import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { TestCase, TestModule, Vitest } from "vitest/node";
import { type Places, placesIn } from "../record/places.ts";
import { exampleConclusion } from "../testing/report.ts";
import { duplicateIds, isFullRun, unownedBy } from "./completeness.ts";

let root: string;
let places: Places;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "completeness-"));
  mkdirSync(join(root, "hypotheses/deeper"), { recursive: true });
  for (const file of ["one.spec.ts", "deeper/two.spec.ts", "setup.ts"])
    writeFileSync(join(root, "hypotheses", file), "");
  places = placesIn(root);
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const testModule = (name: string, errors: unknown[] = []) =>
  ({ relativeModuleId: `hypotheses/${name}.spec.ts`, errors: () => errors }) as unknown as TestModule;
const testCase = (name: string, file = "one", state = "passed") =>
  ({ name, module: testModule(file), result: () => ({ state }) }) as unknown as TestCase;
const vitest = (config: object = {}) => ({ config: { root, ...config } }) as unknown as Vitest;

describe("a full run", () => {
  const modules = [testModule("one"), testModule("deeper/two")];

  test("has every spec file and every test in it, failed ones too", () => {
    expect(isFullRun(vitest(), modules, [testCase("T1"), testCase("T2", "one", "failed")])).toBe(true);
  });

  test.each([
    ["a pattern of names", { testNamePattern: /T1/ }, undefined, "passed"],
    ["a shard", { shard: { index: 1, count: 2 } }, undefined, "passed"],
    ["a file left out", {}, [testModule("one")], "passed"],
    ["a file that does not load", {}, [testModule("one"), testModule("deeper/two", [new Error()])], "passed"],
    ["a skipped test", {}, undefined, "skipped"],
    ["a test that never ended", {}, undefined, "pending"],
  ])("is not one with %s", (_, config, some, state) => {
    expect(isFullRun(vitest(config), some ?? modules, [testCase("T1"), testCase("T2", "one", state)])).toBe(false);
  });
});

test("an id that two files use is told, one that a file repeats is not", () => {
  const cases = [testCase("T1 a"), testCase("T1 b"), testCase("T2 a"), testCase("T2 b", "two")];
  expect(duplicateIds(cases)).toEqual([
    'duplicate id "T2": in hypotheses/one.spec.ts and in hypotheses/two.spec.ts; nothing was recorded',
  ]);
});

test("entries and figures that nobody owns, in order of ids", () => {
  const record = { T10: exampleConclusion, T2: exampleConclusion, T1: exampleConclusion };
  expect(unownedBy(["T1"], record, places)).toEqual(["T2", "T10"]);
  mkdirSync(places.figures, { recursive: true });
  for (const id of ["T1", "T3", "X10", "X2"]) writeFileSync(join(places.figures, `${id}.png`), "");
  // T1 draws no figure, T3 is not on record yet.
  expect(unownedBy(["T1", "T3"], record, places)).toEqual([
    "T2",
    "T10",
    "figures/T1.png",
    "figures/X2.png",
    "figures/X10.png",
  ]);
  expect(unownedBy(["T1"], { T1: { ...exampleConclusion, figure: true } }, places)).not.toContain("figures/T1.png");
});
