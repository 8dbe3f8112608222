import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { atMost } from "./binomial.ts";
import { quantile, quantileBounds } from "./quantile.ts";

describe("quantile", () => {
  test("interpolates as R's default (type 7)", () => {
    expect(quantile([3, 1, 2, 10], 0.5)).toBe(2.5);
    expect(quantile([3, 1, 2, 10], 0.25)).toBe(1.75);
    expect(quantile([3, 1, 2, 10], 0.9)).toBeCloseTo(7.9, 12);
    expect([quantile([3, 1, 2], 0), quantile([3, 1, 2], 1), quantile([7], 0.3)]).toEqual([1, 3, 7]);
  });

  test("sorts by size, keeps infinities and leaves its argument alone", () => {
    const values = [10, 9, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1];
    expect(quantile(values, 0.5)).toBe(10);
    expect(quantile(values, 0.875)).toBe(Number.POSITIVE_INFINITY);
    expect(values[0]).toBe(10);
  });

  test("refuses what has no quantile", () => {
    expect(() => quantile([], 0.5)).toThrow("invalid values: []; expected at least one number");
    expect(() => quantile([1, Number.NaN], 0.5)).toThrow("invalid values: NaN; expected numbers");
    expect(() => quantile([1], 1.5)).toThrow("invalid quantile: 1.5; expected a fraction in [0, 1]");
    expect(() => quantile([1], -0.1)).toThrow("invalid quantile: -0.1");
  });
});

describe("quantileBounds", () => {
  const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

  test("of a median are the sign test's order statistics", () => {
    // Tables of the sign test: 20 values at 2.5% a side give the 6th and the 15th; 10 give the 2nd and the 9th.
    expect(quantileBounds(upTo(20), 0.5, 0.025)).toEqual({ lower: 6, upper: 15 });
    expect(quantileBounds(upTo(10), 0.5, 0.025)).toEqual({ lower: 2, upper: 9 });
    // 2⁻⁵ = 0.03125 lies on either side of these rates.
    expect(quantileBounds(upTo(5), 0.5, 0.032)).toEqual({ lower: 1, upper: 5 });
  });

  test("may miss as often as the error rate says, no less", () => {
    // All five below the median, or all above it: as likely as the rate.
    expect(quantileBounds(upTo(5), 0.5, atMost(0, 5, 0.5))).toEqual({ lower: 1, upper: 5 });
  });

  test("of the least and the greatest value are the sample's, on one side", () => {
    expect(quantileBounds(upTo(3), 0, 0.01)).toEqual({ lower: Number.NEGATIVE_INFINITY, upper: 1 });
    expect(quantileBounds(upTo(3), 1, 0.01)).toEqual({ lower: 3, upper: Number.POSITIVE_INFINITY });
  });

  test("are infinite where the sample is too small to tell", () => {
    const none = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
    expect(quantileBounds(upTo(5), 0.5, 0.031)).toEqual(none);
    expect(quantileBounds(upTo(13), 0.5, 1e-4)).toEqual(none);
    expect(quantileBounds(upTo(100), 0.99, 0.05).upper).toBe(Number.POSITIVE_INFINITY);
    expect(quantileBounds(upTo(100), 0.99, 0.05).lower).toBeLessThan(100);
  });

  test.prop([
    fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 60 }),
    fc.integer({ min: 0, max: 64 }).map((k) => k / 64),
    fc.double({ min: 1e-6, max: 0.2, noNaN: true }),
  ])("mirror under a change of sign", (values, level, errorRate) => {
    const { lower, upper } = quantileBounds(values, level, errorRate);
    const mirrored = quantileBounds(
      values.map((v) => 0 - v),
      1 - level,
      errorRate,
    );
    expect(0 - mirrored.upper + 0).toBe(lower + 0);
    expect(0 - mirrored.lower + 0).toBe(upper + 0);
    expect(lower).toBeLessThanOrEqual(upper);
  });
});
