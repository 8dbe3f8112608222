import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { correlationWithin, effectiveNumber, unevenness } from "./spread.ts";

describe("unevenness", () => {
  test("0 for equal counts, n(k − 1) for all in one place", () => {
    expect(unevenness([4, 4, 4])).toBe(0);
    expect(unevenness([10, 0, 0, 0, 0])).toBe(40);
    expect(unevenness([3, 1])).toBe(1);
  });
  test("needs something counted", () => {
    expect(() => unevenness([])).toThrow("invalid counts: []; expected at least one, not all 0");
    expect(() => unevenness([0, 0])).toThrow("invalid counts: [0,0]");
  });
});

describe("effectiveNumber", () => {
  test("of equal shares, of one, and between", () => {
    expect(effectiveNumber([0.2, 0.2, 0.2])).toBeCloseTo(3, 12);
    expect(effectiveNumber([0, 7, 0])).toBe(1);
    expect(effectiveNumber([3, 1])).toBe(1.6);
  });
  test("needs shares", () => {
    expect(() => effectiveNumber([0])).toThrow("invalid shares: [0]; expected at least one above 0");
    expect(() => effectiveNumber([1, -1])).toThrow("invalid share: -1");
  });
});

describe("correlationWithin", () => {
  test.prop([fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })])(
    "does not see where the groups lie",
    (dx, dy) => {
      const group = [
        [0, 1],
        [1, 1],
        [2, 4],
      ] as const;
      const moved = group.map(([x, y]) => [x + dx, y + dy] as const);
      // Deviations (−1, −1), (0, −1), (1, 2): 3 / √(2 · 6).
      expect(correlationWithin([group, moved, [[50, -7]]])).toBeCloseTo(3 / Math.sqrt(12), 10);
    },
  );
  test("keeps its digits far from 0, in either direction", () => {
    // Deviations (−1, −0.1), (0, −0.1), (1, 0.2), as above; the doubles near 2⁵⁰ are 2⁻² apart.
    const far = [0.1, 0.1, 0.4].map((v, k) => [2 ** 50 + k, v] as const);
    expect(correlationWithin([far])).toBeCloseTo(3 / Math.sqrt(12), 12);
    expect(correlationWithin([far.map(([x, y]) => [y, x] as const)])).toBeCloseTo(3 / Math.sqrt(12), 12);
  });
  test("NaN where nothing varies", () => {
    expect(correlationWithin([[[1, 2]]])).toBeNaN();
  });
});
