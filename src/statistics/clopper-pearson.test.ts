import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { atLeast, atMost } from "./binomial.ts";
import { lowerBound, upperBound } from "./clopper-pearson.ts";

const relative = (value: number, truth: number) => Math.abs(value - truth) / truth;

describe("Clopper–Pearson bounds", () => {
  // Roots of mpmath.betainc at 50 digits, rounded; the row of half a million by scipy.stats.beta 1.17.
  test.each([
    [1, 10, 0.05, 0.005116196891823702, 0.39416330243650477],
    [5, 10, 0.025, 0.18708602844739852, 0.8129139715526015],
    [7, 256, 1e-4, 0.004064583817062674, 0.08694000996767093],
    [179, 180, 1e-4, 0.9366024614968097, 0.9999994444168192],
    [300, 123456, 1e-6, 0.001820958579987546, 0.003164167859897531],
    [1, 1e6, 1e-4, 1.0000500032835784e-10, 1.1756307994760744e-5],
    [500000, 1e6, 1e-4, 0.4981399986566578, 0.5018600013433423],
    [999999, 1e6, 1e-4, 0.9999882436920052, 0.999999999899995],
  ])("%s of %s at %s", (successes, trials, errorRate, lower, upper) => {
    expect(relative(lowerBound(successes, trials, errorRate), lower)).toBeLessThan(1e-11);
    expect(relative(upperBound(successes, trials, errorRate), upper)).toBeLessThan(1e-11);
  });

  test.each([1, 2, 179, 180, 256, 1e6])("all or none of %s trials: the closed forms", (n) => {
    expect(lowerBound(0, n, 1e-4)).toBe(0);
    expect(upperBound(n, n, 1e-4)).toBe(1);
    expect(relative(lowerBound(n, n, 1e-4), 1e-4 ** (1 / n))).toBeLessThan(1e-13);
    expect(relative(upperBound(0, n, 1e-4), -Math.expm1(Math.log(1e-4) / n))).toBeLessThan(1e-10);
    expect(relative(upperBound(0, n, 0.5), -Math.expm1(Math.log(0.5) / n))).toBeLessThan(1e-10);
  });

  test('"always" takes 180 seeds', () => {
    expect(lowerBound(180, 180, 1e-4)).toBeGreaterThanOrEqual(0.95);
    expect(lowerBound(179, 179, 1e-4)).toBeLessThan(0.95);
  });

  test("include the proportion at which the tail is just the error rate", () => {
    expect(lowerBound(5, 10, atLeast(5, 10, 0.5))).toBeGreaterThanOrEqual(0.5);
    expect(upperBound(5, 10, atMost(5, 10, 0.5))).toBeLessThanOrEqual(0.5);
  });

  const count = fc.integer({ min: 1, max: 2000 }).chain((n) => fc.tuple(fc.nat(n), fc.constant(n)));
  test.prop([count, fc.double({ min: 1e-9, max: 0.4, noNaN: true })])(
    "bracket the proportion, mirror each other, and tighten with the error rate",
    ([k, n], errorRate) => {
      const lower = lowerBound(k, n, errorRate);
      const upper = upperBound(k, n, errorRate);
      expect(lower).toBeLessThanOrEqual(k / n);
      expect(upper).toBeGreaterThanOrEqual(k / n);
      expect(Math.abs(upper - (1 - lowerBound(n - k, n, errorRate)))).toBeLessThan(1e-12);
      if (k > 0) expect(lowerBound(k, n, errorRate * 2)).toBeGreaterThan(lower);
    },
  );

  test("refuse impossible counts and error rates", () => {
    expect(() => lowerBound(3, 2, 0.1)).toThrow("invalid successes: 3; expected at most the 2 trials");
    expect(() => upperBound(-1, 2, 0.1)).toThrow("invalid successes: -1");
    expect(() => upperBound(0, 0, 0.1)).toThrow("invalid trials: 0");
    expect(() => lowerBound(1, 2, 0)).toThrow("invalid error rate: 0");
    expect(() => lowerBound(1, 2, 1)).toThrow("invalid error rate: 1; expected a probability below 1");
  });
});
