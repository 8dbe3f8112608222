import { expect, test } from "vitest";
import { nearestDirections } from "./nearest.ts";

const axes = [
  [1, 0],
  [0, 1],
  [-1, 0],
];

test("by angle, not by distance", () => {
  const points = [
    [5, 4],
    [0.01, 0.02],
    [-100, 1],
    [3, -7],
  ];
  expect(nearestDirections(points, axes)).toEqual([0, 1, 2, 0]);
});

test("the first of several", () => {
  expect(nearestDirections([[2, 2]], axes)).toEqual([0]);
});

test("needs a direction, and points of its dimension", () => {
  expect(() => nearestDirections([[1, 0]], [])).toThrow("invalid directions: []; expected at least one");
  expect(() => nearestDirections([[1, 0, 0]], axes)).toThrow("point: [1,0]");
  expect(() => nearestDirections([[1, Number.NaN]], axes)).toThrow('point: [1,"NaN"]');
});
