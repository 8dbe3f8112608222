import { expect, test } from "vitest";
import { cosineTail, meanAbsoluteCosine, sphereSample } from "./sphere.ts";

test.each([
  [1, 1],
  [2, 0.63662],
  [3, 0.5],
  [10, 0.25869],
  [100, 0.0799882],
  [1000, 0.02523763],
])("mean |cos| in %i dimensions", (d, value) => {
  expect(meanAbsoluteCosine(d)).toBeCloseTo(value, 6);
});

test("tails: even on a circle, uniform heights on a sphere", () => {
  expect(cosineTail(2, 0.5)).toBeCloseTo(2 / 3, 12);
  expect(cosineTail(3, 0.25)).toBeCloseTo(0.75, 12);
  expect(cosineTail(7, 0)).toBe(1);
  expect(cosineTail(7, 1)).toBe(0);
  expect(cosineTail(7, 1.5)).toBe(0);
});

test("a sample has unit vectors, the mean and the tail that the formulas say", () => {
  const vectors = sphereSample(4000, 5, 7);
  expect(vectors).toEqual(sphereSample(4000, 5, 7));
  expect(vectors[0]).not.toEqual(sphereSample(1, 5, 8)[0]);
  for (const v of vectors) expect(v.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1, 12);
  for (const axis of [0, 4]) {
    const heights = vectors.map((v) => Math.abs(v[axis]!));
    expect(heights.reduce((a, b) => a + b) / 4000).toBeCloseTo(meanAbsoluteCosine(5), 1.7);
    expect(heights.filter((h) => h > 0.5).length / 4000).toBeCloseTo(cosineTail(5, 0.5), 1.3);
    expect(Math.abs(vectors.reduce((sum, v) => sum + v[axis]!, 0)) / 4000).toBeLessThan(0.03);
  }
});

test("names the argument that is out of range", () => {
  expect(() => meanAbsoluteCosine(0)).toThrow("invalid dimension: 0");
  expect(() => cosineTail(1, 0.5)).toThrow("invalid dimension: 1");
  expect(() => cosineTail(3, -0.5)).toThrow("invalid epsilon: -0.5");
  expect(() => sphereSample(0, 3, 1)).toThrow("invalid number of vectors: 0");
  expect(() => sphereSample(2, 0, 1)).toThrow("invalid dimension: 0");
});
