import { describe, expect, test } from "vitest";
import { randomDirections, randomLabels } from "./random-data.ts";

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;

describe("randomDirections", () => {
  const data = randomDirections(2000, 3, 1);
  test("unit vectors without a preferred direction, one output a feature", () => {
    for (const point of data.inputs) expect(Math.hypot(...point)).toBeCloseTo(1, 12);
    for (const k of [0, 1, 2]) {
      expect(Math.abs(mean(data.inputs.map((p) => p[k]!)))).toBeLessThan(0.05);
      expect(Math.abs(mean(data.inputs.map((p) => p[k]! ** 2)) - 1 / 3)).toBeLessThan(0.03);
    }
    expect(randomDirections(3, 2, 1).targets).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
  });
  test("are named by their seed", () => {
    expect(randomDirections(1, 1, 7).name).toBe("random directions 7");
  });
  test("a function of the seed; fewer are the first of more", () => {
    expect(randomDirections(5, 3, 1).inputs).toEqual(data.inputs.slice(0, 5));
    expect(randomDirections(5, 3, 2).inputs).not.toEqual(data.inputs.slice(0, 5));
  });
  test("refuses sizes below 1", () => {
    expect(() => randomDirections(0, 3, 1)).toThrow("invalid features: 0");
    expect(() => randomDirections(3, 0, 1)).toThrow("invalid width: 0");
  });
});

describe("randomLabels", () => {
  const data = randomLabels(2000, 2, 1);
  test("standard normal points, as many of either label, unrelated", () => {
    const label = data.targets.map((t) => t[0]!);
    expect(new Set(label)).toEqual(new Set([-1, 1]));
    expect(Math.abs(mean(label))).toBeLessThan(0.1);
    const x = data.inputs.map((p) => p[0]!);
    expect(Math.abs(mean(x))).toBeLessThan(0.1);
    expect(Math.abs(mean(x.map((v) => v * v)) - 1)).toBeLessThan(0.1);
    expect(Math.abs(mean(x.map((v, i) => v * label[i]!)))).toBeLessThan(0.1);
  });
  test("a function of the seed", () => {
    expect(randomLabels(2000, 2, 1)).toEqual(data);
    expect(randomLabels(2000, 2, 2).targets).not.toEqual(data.targets);
  });
  test("refuses sizes below 1", () => {
    expect(() => randomLabels(0, 3, 1)).toThrow("invalid samples: 0");
    expect(() => randomLabels(3, 0, 1)).toThrow("invalid width: 0");
  });
});
