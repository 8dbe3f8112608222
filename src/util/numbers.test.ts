import { expect, test } from "vitest";
import { indices, largestBy, mean, sum } from "./numbers.ts";

test("counts, sums and means", () => {
  expect(indices(3)).toEqual([0, 1, 2]);
  expect(indices(0)).toEqual([]);
  expect(sum([1, 2, 4])).toBe(7);
  expect(sum([])).toBe(0);
  expect(mean([1, 2, 6])).toBe(3);
});

test("the largest is the first of equals", () => {
  expect(largestBy(["a", "bcd", "efg", "h"], (word) => word.length)).toBe("bcd");
  expect(() => largestBy([], () => 0)).toThrow();
});
