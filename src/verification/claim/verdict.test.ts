import { test as check, fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { combined, judge, weigh } from "./verdict.ts";

describe("judge", () => {
  test.each([
    [4, -1, "holds"],
    [3.9999, -1, "inconclusive"],
    [-1, 4, "refuted"],
    [-1, 3.9999, "inconclusive"],
    [0, 0, "inconclusive"],
  ] as const)("evidence of 10^%f above and 10^%f below at an error rate of 0.0001: %s", (above, below, verdict) => {
    expect(judge({ above, below }, 1e-4)).toBe(verdict);
  });

  test.each([
    [192, 0, 192, "holds"],
    [191, 0, 191, "inconclusive"],
    [191, 0, 192, "inconclusive"],
    [191, 1, 192, "inconclusive"],
    [0, 0, 4, "refuted"],
    [0, 0, 3, "inconclusive"],
    [0, 1, 4, "inconclusive"],
    [0, 4, 4, "inconclusive"],
    [0, 0, 0, "inconclusive"],
  ])("%i satisfied and %i undecided of %i, against 0.95: %s", (satisfied, undecided, of, verdict) => {
    expect(judge(weigh({ satisfied, undecided, of }, 0.95), 1e-4)).toBe(verdict);
  });
});

describe("weigh", () => {
  test("is in powers of ten", () => {
    const { above, below } = weigh({ satisfied: 0, undecided: 0, of: 49 }, 0.9);
    // Without a success ½ ∫ u^49 du = 1/100, and the other way mostly ½ · 10^49.
    expect(above).toBeCloseTo(-2, 12);
    expect(below).toBeGreaterThan(49 - Math.log10(2));
    expect(below).toBeLessThan(49);
  });

  const some = fc.integer({ min: 0, max: 50 });
  const share = fc.constantFrom(0.05, 0.5, 0.95);
  check.prop([some, some, some, share])(
    "undecided seeds weigh against either verdict, as failures and as successes do",
    (satisfied, undecided, rest, threshold) => {
      const of = satisfied + undecided + rest;
      const { above, below } = weigh({ satisfied, undecided, of }, threshold);
      const asFailures = weigh({ satisfied, undecided: 0, of }, threshold);
      const asSuccesses = weigh({ satisfied: satisfied + undecided, undecided: 0, of }, threshold);
      expect(above).toBe(asFailures.above);
      expect(below).toBe(asSuccesses.below);
      if (undecided > 0) {
        expect(above).toBeLessThan(asSuccesses.above);
        expect(below).toBeLessThan(asFailures.below);
      }
    },
  );
});

describe("combined", () => {
  test.each([
    [["holds", "holds"], "every cell", "holds"],
    [["holds", "refuted"], "every cell", "in part"],
    [["holds", "refuted", "inconclusive"], "every cell", "in part"],
    [["refuted", "refuted"], "every cell", "refuted"],
    [["holds", "inconclusive"], "every cell", "inconclusive"],
    [["refuted", "inconclusive"], "every cell", "refuted"],
    [["inconclusive"], "every cell", "inconclusive"],
    [["holds", "refuted"], "some cell", "holds"],
    [["holds", "inconclusive"], "some cell", "holds"],
    [["refuted", "refuted"], "some cell", "refuted"],
    [["refuted", "inconclusive"], "some cell", "inconclusive"],
  ] as const)("%j: %s makes it %s", (verdicts, rule, verdict) => {
    expect(combined(verdicts, rule)).toBe(verdict);
  });
});
