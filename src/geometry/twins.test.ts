import { expect, test } from "vitest";
import { twins } from "./twins.ts";

const points = [
  [1, 0],
  [0, 1],
  [1.005, 0],
  [0, 1],
  [1, 0.005],
  [0.1, 0],
  [0.1, 0],
];

test("features with the same column and bias form a group", () => {
  expect(twins(points, [-1, 0, -1, 0, -1, 0, 0])).toEqual([
    [0, 2, 4],
    [1, 3],
  ]);
});

test("another bias, a distance beyond the tolerance or a short column keep features apart", () => {
  expect(twins(points, [-1, 0, -1, 0.5, -0.98, 0, 0])).toEqual([[0, 2]]);
  const moved = points.map(([x, y], i) => [x!, y! + (i === 2 ? 0.011 : 0)]);
  expect(twins(moved, [-1, 0, -1, 0, -1, 0, 0])).toEqual([
    [0, 4],
    [1, 3],
  ]);
  expect(twins(points, [-1, 0, -1, 0, -1, 0, 0], { leastNorm: 0.05 })).toContainEqual([5, 6]);
  const short = [
    [0.5, 0],
    [0.5, 0],
  ];
  expect(twins(short, [0, 0], { leastNorm: 0.5 })).toEqual([]);
});
