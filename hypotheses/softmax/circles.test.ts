import { expect, test } from "vitest";
import { circlesBy } from "./circles.ts";

test("circles are groups by distance that lie further apart than any is wide", () => {
  const [outer, inner] = [
    [1.02, 1, 0.98, 0.97],
    [0.6, 0.58, 0.55],
  ];
  expect(circlesBy([...inner, ...outer], 0.1)).toEqual([4, 3]);
  expect(circlesBy([...outer, ...inner, 0.02], 0.1)).toEqual([4, 3, 1]);
  // As wide as the gap: from 0.6 to 0.2.
  expect(circlesBy([...outer, 0.6, 0.5, 0.4, 0.3, 0.2], 0.1)).toEqual([9]);
});

test("none are seen where the gaps are small", () => {
  expect(circlesBy([1, 1, 1, 0.95, 0.95, 0.95], 0.1)).toEqual([6]);
  expect(circlesBy([1, 1, 1, 0.95, 0.95, 0.95], 0.01)).toEqual([3, 3]);
  // Six groups of one are no circles.
  expect(circlesBy([1, 0.89, 0.77, 0.64, 0.5, 0.35], 0.05)).toEqual([6]);
});

test("of several ways to group the one with the most circles of three or more counts", () => {
  // At the wider gap alone 3 + 6; at both 3 + 3 + 3.
  expect(circlesBy([1, 1, 1, 0.6, 0.6, 0.6, 0.4, 0.4, 0.4], 0.1)).toEqual([3, 3, 3]);
});
