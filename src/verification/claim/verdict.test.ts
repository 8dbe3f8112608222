import { test as check, fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { combined, interval, judge } from "./verdict.ts";

describe("judge", () => {
  test.each([
    [[0.95, 1], 0.95, false, "holds"],
    [[0.5, 1], 0.5, true, "inconclusive"],
    [[0.51, 1], 0.5, true, "holds"],
    [[0.2, 0.95], 0.95, false, "inconclusive"],
    [[0.2, 0.949], 0.95, false, "refuted"],
    [[0.2, 0.5], 0.5, true, "refuted"],
  ] as const)("%j against %f (strict: %s) is %s", (bounds, threshold, strict, verdict) => {
    expect(judge(bounds, threshold, strict)).toBe(verdict);
  });
});

describe("interval", () => {
  check.prop([fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 50 })])(
    "undecided seeds only ever widen it",
    (satisfied, undecided, rest) => {
      const of = satisfied + undecided + rest;
      const [low, high] = interval({ satisfied, undecided, of }, 1e-3);
      const [decidedLow] = interval({ satisfied: satisfied + undecided, undecided: 0, of }, 1e-3);
      const [, decidedHigh] = interval({ satisfied, undecided: 0, of }, 1e-3);
      expect(low).toBeLessThanOrEqual(decidedLow);
      expect(high).toBeGreaterThanOrEqual(decidedHigh);
      expect(low).toBeLessThanOrEqual(satisfied / of);
      expect(high).toBeGreaterThanOrEqual((satisfied + undecided) / of);
    },
  );
});

describe("combined", () => {
  test.each([
    [["holds", "holds"], "every cell", "holds"],
    [["holds", "refuted"], "every cell", "refuted"],
    [["holds", "inconclusive"], "every cell", "inconclusive"],
    [["refuted", "inconclusive"], "every cell", "refuted"],
    [["holds", "refuted"], "some cell", "holds"],
    [["refuted", "refuted"], "some cell", "refuted"],
    [["refuted", "inconclusive"], "some cell", "inconclusive"],
  ] as const)("%j: %s makes it %s", (verdicts, rule, verdict) => {
    expect(combined(verdicts, rule)).toBe(verdict);
  });
});
