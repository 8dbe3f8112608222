import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { atLeast } from "./binomial.ts";
import { lowerBound, upperBound } from "./clopper-pearson.ts";
import { differenceBounds } from "./difference.ts";
import { superiority } from "./superiority.ts";

/** P(X = k). */
const mass = (k: number, n: number, p: number) => atLeast(k, n, p) - atLeast(k + 1, n, p);

describe("differenceBounds", () => {
  test("sets a bound of one proportion against the other's, each at half the error", () => {
    const { lower, upper } = differenceBounds(
      { successes: 9, trials: 10 },
      { successes: 2, trials: 20 },
      0.02,
    );
    expect(lower).toBe(lowerBound(9, 10, 0.01) - upperBound(2, 20, 0.01));
    expect(upper).toBe(upperBound(9, 10, 0.01) - lowerBound(2, 20, 0.01));
  });

  const proportion = fc.integer({ min: 0, max: 16 }).map((k) => k / 16);
  test.prop([proportion, proportion, fc.constantFrom(0.01, 0.1, 0.3)], { numRuns: 30 })(
    "misses the true difference no more often than it may, either way",
    (p, q, errorRate) => {
      let tooHigh = 0;
      let tooLow = 0;
      for (let i = 0; i <= 9; i++)
        for (let j = 0; j <= 7; j++) {
          const chance = mass(i, 9, p) * mass(j, 7, q);
          const a = { successes: i, trials: 9 };
          const { lower, upper } = differenceBounds(a, { successes: j, trials: 7 }, errorRate);
          if (lower > p - q + 1e-12) tooHigh += chance;
          if (upper < p - q - 1e-12) tooLow += chance;
        }
      expect(tooHigh).toBeLessThanOrEqual(errorRate);
      expect(tooLow).toBeLessThanOrEqual(errorRate);
    },
  );
});

describe("superiority", () => {
  test("counts pairs; ties and NaN count against the claim", () => {
    const result = superiority([1, 2, 3, 4, Number.NaN, 0, 5], [2, 2, 1, 9, 1, Number.NaN, 8], 0.05);
    expect(result).toEqual({
      below: 3,
      ties: 1,
      others: 3,
      proportion: 3 / 7,
      lower: lowerBound(3, 7, 0.05),
      upper: upperBound(3, 7, 0.05),
    });
  });

  test("refuses unpaired values", () => {
    expect(() => superiority([1], [1, 2], 0.05)).toThrow(
      'invalid pairs: "1 and 2 values"; expected as many values on either side',
    );
    expect(() => superiority([], [], 0.05)).toThrow("invalid trials: 0");
  });
});
