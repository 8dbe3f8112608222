import { expect, test } from "vitest";
import { reuseLines } from "./reused.ts";

const report = (file: string, reused = false) => ({ reused, spec: { file: `hypotheses/${file}.spec.ts`, line: 1 } });
const because = (reasons: { readonly [file: string]: string }) => (spec: string) =>
  reasons[spec.replace(/^hypotheses\/|\.spec\.ts$/g, "")];

test("nothing is said of nothing", () => {
  expect(reuseLines([], () => undefined)).toEqual([]);
});

test("how many were reused, of how many", () => {
  expect(reuseLines([report("a", true), report("b", true), report("c")], because({ c: "changed: d.ts" }))).toEqual([
    "reused: 2 of 3, of which nothing has changed that they are a function of (HYPOTHESES_CACHE=off runs them)",
    "run: 1, changed: d.ts (c)",
  ]);
});

test("a line for each reason, a file once, however many hypotheses it has", () => {
  const reasons = because({ "x/a": "changed: d.ts", b: "not concluded before", c: "changed: d.ts" });
  expect(reuseLines([report("x/a"), report("x/a"), report("b"), report("c")], reasons)).toEqual([
    "run: 3, changed: d.ts (x/a, c)",
    "run: 1, not concluded before (b)",
  ]);
});

test("six files are named, and the rest counted", () => {
  const files = ["a", "b", "c", "d", "e", "f", "g", "h"];
  const lines = (names: string[]) =>
    reuseLines(
      names.map((name) => report(name)),
      () => "all new",
    );
  expect(lines(files.slice(0, 6))).toEqual(["run: 6, all new (a, b, c, d, e, f)"]);
  expect(lines(files)).toEqual(["run: 8, all new (a, b, c, d, e, f, and 2 files more)"]);
});

test("of merged shards nobody knows why they were run", () => {
  expect(reuseLines([report("a"), report("b", true)], () => undefined)).toEqual([
    expect.stringMatching(/^reused: 1 of 2/),
  ]);
});
