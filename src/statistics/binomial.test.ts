import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { regularisedBeta } from "./beta.ts";
import { atLeast, atMost } from "./binomial.ts";

/** P(lo ≤ X ≤ hi) for p = numerator / 64, summed in whole numbers. */
function exact(lo: number, hi: number, trials: number, numerator: number): number {
  let sum = 0n;
  let choose = 1n;
  for (let i = 0; i <= trials; i++) {
    if (i >= lo && i <= hi)
      sum += choose * BigInt(numerator) ** BigInt(i) * BigInt(64 - numerator) ** BigInt(trials - i);
    choose = (choose * BigInt(trials - i)) / BigInt(i + 1);
  }
  return Number((sum << 900n) / 64n ** BigInt(trials)) / 2 ** 900;
}

const relative = (value: number, truth: number) => Math.abs(value - truth) / truth;

describe("binomial tails", () => {
  test.prop([fc.integer({ min: 1, max: 120 }), fc.nat(), fc.integer({ min: 1, max: 63 })])(
    "equal the exact rational sums",
    (trials, some, numerator) => {
      const k = some % (trials + 1);
      const p = numerator / 64;
      expect(relative(atLeast(k, trials, p), exact(k, trials, trials, numerator))).toBeLessThan(1e-12);
      expect(relative(atMost(k, trials, p), exact(0, k, trials, numerator))).toBeLessThan(1e-12);
    },
  );

  test("are certain or impossible outside 0…trials", () => {
    expect([atLeast(0, 5, 0.3), atLeast(6, 5, 0.3), atMost(5, 5, 0.3), atMost(-1, 5, 0.3)]).toEqual([1, 0, 1, 0]);
    expect([atLeast(2, 5, 0), atLeast(2, 5, 1)]).toEqual([0, 1]);
  });
});

describe("regularisedBeta", () => {
  // By mpmath.betainc at 30 digits, rounded.
  test.each([
    [0.3, 0.5, 2, 0.7394254526319742],
    [0.7, 0.5, 2, 0.9621590305141868],
    [0.01, 0.5, 0.5, 0.06376856085851985],
  ])("I_%s(%s, %s)", (x, a, b, value) => {
    expect(relative(regularisedBeta(x, a, b), value)).toBeLessThan(1e-13);
  });

  test.prop([
    fc.double({ min: 0.01, max: 0.99, noNaN: true }),
    fc.double({ min: 0.5, max: 1e4, noNaN: true }),
    fc.double({ min: 0.5, max: 1e4, noNaN: true }),
  ])("obeys (a + b) I(a, b) = a I(a + 1, b) + b I(a, b + 1) (DLMF 8.17.13)", (x, a, b) => {
    const sum = a * regularisedBeta(x, a + 1, b) + b * regularisedBeta(x, a, b + 1);
    expect(Math.abs(sum / (a + b) - regularisedBeta(x, a, b))).toBeLessThan(1e-12 * (sum / (a + b)) + 1e-300);
  });

  test("is 1/2 at 1/2 for equal shapes, and x^a for b = 1, to fourteen digits", () => {
    for (const a of [1, 2, 3, 5, 8, 16, 17]) {
      expect(relative(regularisedBeta(0.5, a, a), 0.5)).toBeLessThan(1e-14);
      expect(relative(regularisedBeta(0.75, a, 1), 0.75 ** a)).toBeLessThan(1e-14);
    }
  });

  test("is 0 and 1 at the ends and beyond them, whatever the sign of a zero", () => {
    expect([0, -0, -0.5].map((x) => regularisedBeta(x, 2, 3))).toEqual([0, 0, 0]);
    expect([0, -0, -0.5].map((y) => regularisedBeta(1 - y, 2, 3, y))).toEqual([1, 1, 1]);
  });

  test("refuses a shape that is not above 0", () => {
    expect(() => regularisedBeta(0.5, 0, 1)).toThrow("invalid a: 0");
    expect(() => regularisedBeta(0.5, 1, 0)).toThrow("invalid b: 0");
    expect(() => regularisedBeta(0.5, 1, Number.NaN)).toThrow("invalid b: NaN");
  });
});
