import { describe, expect, test } from "vitest";
import { firstPassage, race } from "./order.ts";

describe("firstPassage", () => {
  test("takes the first, though the quantity falls back", () => {
    expect(firstPassage([0, 1, 3, 1, 4], 2)).toBe(2);
  });
  test("needs more than the level, and may never come", () => {
    expect(firstPassage([0, 2, 2], 2)).toBe(Number.POSITIVE_INFINITY);
    expect(firstPassage([3, 0], 2)).toBe(0);
  });
});

describe("race", () => {
  test("tells who came first", () => {
    expect(race(3, 5)).toBe("first");
    expect(race(Number.POSITIVE_INFINITY, 5)).toBe("second");
    expect(race(4, 4)).toBe("tie");
    expect(race(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)).toBe("neither");
    expect(() => race(Number.NaN, 1)).toThrow('times of a race: ["NaN",1]; expected numbers');
  });
});
