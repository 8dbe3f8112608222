import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { fixed, formatNumber, formatWithin, scale } from "./scale.ts";

const number = fc.double({ min: -1e5, max: 1e5, noNaN: true });

describe("scale", () => {
  property.prop([number, fc.double({ min: 1e-3, max: 1e5, noNaN: true })])(
    "maps ends to ends, and ticks lie inside",
    (lo, span) => {
      const map = scale("linear", [lo, lo + span], [10, 210]);
      expect(map(lo)).toBeCloseTo(10, 6);
      expect(map(lo + span)).toBeCloseTo(210, 6);
      expect(map.ticks.length).toBeGreaterThanOrEqual(2);
      expect(map.ticks.length).toBeLessThanOrEqual(8);
      for (const { value } of map.ticks) {
        expect(map(value)).toBeGreaterThan(9.99);
        expect(map(value)).toBeLessThan(210.01);
      }
      expect(new Set(map.ticks.map((t) => t.label)).size).toBe(map.ticks.length);
    },
  );

  test("linear ticks are round, with as many decimals as the step", () => {
    const labels = (lo: number, hi: number, count?: number) =>
      scale("linear", [lo, hi], [0, 1], count).ticks.map((t) => t.label);
    expect(labels(0.89, 1.01)).toEqual(["0.90", "0.92", "0.94", "0.96", "0.98", "1.00"]);
    expect(labels(-1, 1, 4)).toEqual(["−1.0", "−0.5", "0.0", "0.5", "1.0"]);
    expect(labels(0, 40000, 4)).toEqual(["0", "10,000", "20,000", "30,000", "40,000"]);
    expect(labels(0, 5e-6, 5)).toEqual(["0", "10⁻⁶", "2×10⁻⁶", "3×10⁻⁶", "4×10⁻⁶", "5×10⁻⁶"]);
  });

  test("log scales turn ratios into lengths and tick at powers of ten", () => {
    const map = scale("log", [1, 1e4], [0, 40]);
    expect([1, 10, 100, 1e4].map(map)).toEqual([0, 10, 20, 40]);
    expect(map.ticks.map((t) => t.label)).toEqual(["1", "10", "100", "1,000", "10,000"]);
    const labels = (lo: number, hi: number) => scale("log", [lo, hi], [0, 1]).ticks.map((t) => t.label);
    expect(labels(1e-9, 1)).toEqual(["10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "1"]);
    expect(labels(4, 120)).toEqual(["5", "10", "20", "50", "100"]);
  });

  test("domains that cannot be drawn are errors", () => {
    expect(() => scale("linear", [1, 1], [0, 1])).toThrow("invalid domain of an axis: [1,1]");
    expect(() => scale("linear", [2, 1], [0, 1])).toThrow("from < to");
    expect(() => scale("linear", [0, Number.POSITIVE_INFINITY], [0, 1])).toThrow("domain of an axis");
    expect(() => scale("log", [0, 1], [0, 1])).toThrow("invalid domain of a log axis: [0,1]");
  });
});

test.each([
  [0, "0"],
  [-0, "0"],
  [0.98312, "0.983"],
  [-1, "−1"],
  [1234, "1,234"],
  [123456.7, "123,000"],
  [1e6, "10⁶"],
  [-2.5e-6, "−2.5×10⁻⁶"],
  [-1e-4, "−10⁻⁴"],
  [0.001, "0.001"],
  [Number.NaN, "NaN"],
  [Number.NEGATIVE_INFINITY, "−∞"],
])("formatNumber(%s) is %s", (value, expected) => {
  expect(formatNumber(value)).toBe(expected);
});

test("fixed decimals, and decimals that a domain needs", () => {
  expect([fixed(0.3, 2), fixed(-0.001, 2), fixed(1234.5, 1)]).toEqual(["0.30", "0.00", "1,234.5"]);
  expect(formatWithin(17.236068, [17.235, 17.237])).toBe("17.23607");
  expect(formatWithin(5, [0, 500])).toBe("5");
  expect(formatWithin(2e-5, [0, 1e-4])).toBe("2×10⁻⁵");
});
