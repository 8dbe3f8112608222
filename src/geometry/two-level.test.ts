import { describe, expect, test } from "vitest";
import { twoLevel } from "./two-level.ts";

describe("twoLevel", () => {
  test("sorts by norm relative to the largest", () => {
    const points = [
      [0, 5],
      [4.91, 0],
      [-4.85, 0],
      [0.2, 0],
      [0, 0.09],
      [0, 0],
    ];
    expect(twoLevel(points)).toEqual({ onRing: [0, 1], atZero: [4, 5], between: [2, 3] });
    expect(twoLevel(points, 0.05)).toEqual({ onRing: [0, 1, 2], atZero: [3, 4, 5], between: [] });
  });

  test("at the bounds, too, every feature is of one kind only", () => {
    expect(twoLevel([[4], [3], [1], [2]], 0.25)).toEqual({ onRing: [0, 1], atZero: [2], between: [3] });
  });

  test("wants a tolerance above 0 and below 0.5", () => {
    expect(() => twoLevel([[1]], 0)).toThrow("tolerance: 0");
    expect(() => twoLevel([[1]], 0.5)).toThrow("tolerance: 0.5; expected a number below 0.5");
  });

  test("without any length everything is at zero", () => {
    expect(
      twoLevel([
        [0, 0],
        [0, 0],
      ]),
    ).toEqual({ onRing: [], atZero: [0, 1], between: [] });
  });
});
