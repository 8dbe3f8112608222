import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { lowerBound } from "./clopper-pearson.ts";
import { trialsNeeded } from "./sample-size.ts";

describe("trials needed", () => {
  test("at the default error rate", () => {
    expect(trialsNeeded(0.95, 1e-4)).toBe(180);
    expect(trialsNeeded(0.5, 1e-4)).toBe(14);
    expect(trialsNeeded(1e-5, 1e-4)).toBe(1);
    // log(1e-4) / log(0.999999): well above the sizes that are ever trained.
    expect(trialsNeeded(0.999999, 1e-4)).toBe(9210336);
  });

  const threshold = fc.double({ min: 0.01, max: 0.98, noNaN: true });
  const errorRate = fc.double({ min: 1e-8, max: 0.3, noNaN: true });
  test.prop([threshold, errorRate, fc.nat(5)], { numRuns: 50 })("are the smallest such", (t, e, spare) => {
    const n = trialsNeeded(t, e, spare);
    expect(lowerBound(n - spare, n, e)).toBeGreaterThanOrEqual(t);
    if (n > spare + 1) expect(lowerBound(n - 1 - spare, n - 1, e)).toBeLessThan(t);
  });

  test("reach a threshold that is a bound", () => {
    expect(trialsNeeded(lowerBound(7, 7, 0.01), 0.01)).toBe(7);
  });

  test("refuse questions without an answer", () => {
    expect(() => trialsNeeded(1, 1e-4)).toThrow("invalid threshold: 1; expected a proportion below 1");
    expect(() => trialsNeeded(0, 1e-4)).toThrow("invalid threshold: 0");
    expect(() => trialsNeeded(0.5, 2)).toThrow("invalid error rate: 2");
    expect(() => trialsNeeded(0.5, 0.1, -1)).toThrow("invalid failures: -1");
    expect(() => trialsNeeded(0.5, 0.1, 0.5)).toThrow("invalid failures: 0.5");
  });
});
