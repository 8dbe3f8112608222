import { expect, test } from "vitest";
import { rank, singularValues } from "./rank.ts";

test("singular values, largest first, of wide and tall matrices", () => {
  for (const matrix of [
    [
      [0, 3, 0],
      [4, 0, 0],
    ],
    [
      [0, 4],
      [3, 0],
      [0, 0],
    ],
  ]) {
    const values = singularValues(matrix);
    expect(values).toHaveLength(2);
    expect(values[0]).toBeCloseTo(4, 12);
    expect(values[1]).toBeCloseTo(3, 12);
  }
});

test("rank counts singular values relative to the largest", () => {
  const outer = [1, 2, 3].map((a) => [2, -1, 4].map((b) => a * b));
  expect(rank(outer)).toBe(1);
  const diagonal = [
    [1000, 0, 0],
    [0, 2, 0],
    [0, 0, 1],
  ];
  expect(rank(diagonal)).toBe(3);
  expect(rank(diagonal, 0.0015)).toBe(2);
  expect(rank([[0, 0]])).toBe(0);
  expect(() => rank(diagonal, -1)).toThrow("invalid tolerance: -1");
});
