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
  });

  test("at the bounds, too, every feature is of one kind only", () => {
    expect(twoLevel([[50], [49], [1], [2]])).toEqual({ onRing: [0, 1], atZero: [2], between: [3] });
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
