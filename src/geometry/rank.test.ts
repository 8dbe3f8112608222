import { expect, test } from "vitest";
import { rank } from "./rank.ts";

test("rank counts singular values relative to the largest", () => {
  const outer = [1, 2, 3].map((a) => [2, -1, 4].map((b) => a * b));
  expect(rank(outer)).toBe(1);
  const diagonal = [
    [1000, 0, 0],
    [0, 2, 0],
    [0, 0, 1],
  ];
  expect(rank(diagonal)).toBe(3);
  const steep = diagonal.map((row, i) => row.map((x) => (i === 0 ? 1e10 * x : x)));
  expect(rank(steep)).toBe(1);
  expect(rank(steep.map((row, i) => row.map((x) => (i === 1 ? 600 * x : x))))).toBe(2);
  expect(rank([[0, 0]])).toBe(0);
  // Wide and tall: singular values 4 and 1, and 4 and 1e-10.
  for (const small of [1, 1e-10]) {
    const wide = [
      [0, small, 0],
      [4, 0, 0],
    ];
    for (const matrix of [wide, [0, 1, 2].map((k) => wide.map((row) => row[k]!))])
      expect(rank(matrix)).toBe(small === 1 ? 2 : 1);
  }
});
