import { expect, test } from "vitest";
import type { Comparison } from "../../verification/record/compare.ts";
import { outcomeOf } from "./outcome.ts";

const moved = (...changes: readonly (readonly [before: string | null, after: string | null])[]): Comparison => ({
  outcome: "moved",
  changes: changes.map(([before, after]) => ({ path: ["n = 5", "observed"], before, after })),
});

test("nothing else is reproduced", () => {
  expect(outcomeOf({ outcome: "same", changes: [] })).toBe("reproduced");
  expect(outcomeOf({ outcome: "missing", changes: [] })).toBe("differs");
});

test.each([
  [["6.90784e-9", "6.90783e-9"]],
  [["0.123456 to 1,234.56", "0.123457 to 1,234.57"]],
  [["3.1e-17", "-2e-18"]],
  [
    ["1.00001", "1"],
    ["2", "2.00001"],
  ],
] as const)("numbers in their last digits: %j", (...changes) => {
  expect(outcomeOf(moved(...(changes as unknown as [string, string][])))).toBe("rounded");
});

test.each([
  ["32 of 32", "31 of 32"],
  ["0.5", "0.51"],
  ["1.00001", "1.00003"],
  ["1.2e-8", "1.3e-8"],
  ["holds", "refuted"],
  ["f1969d43962ff62a", "f1969d43962ff62b"],
  ["309cadbef5c6cf27", "775b1b0fb02fd20a"],
  ["1.5", null],
  [null, "1.5"],
  ["1.5 and 2.5", "1.5"],
  ["[1.5, 2.5]", "[1.5, 2.5, 3.5]"],
])("anything else differs: %j, %j", (before, after) => {
  expect(outcomeOf(moved([before, after]))).toBe("differs");
});

test("one difference is enough, and another verdict is one", () => {
  expect(outcomeOf(moved(["1.00001", "1"], ["holds", "refuted"]))).toBe("differs");
  expect(outcomeOf({ ...moved(["1.00001", "1"]), outcome: "changed" })).toBe("differs");
});
