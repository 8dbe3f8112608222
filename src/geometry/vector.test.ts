import { describe, expect, test } from "vitest";
import { add, checkPoints, cross, dot, norm, radius, scale, squaredDistance, subtract, unit } from "./vector.ts";

describe("vectors", () => {
  test("sums, products and lengths", () => {
    expect(add([1, 2], [3, 5])).toEqual([4, 7]);
    expect(subtract([1, 2], [3, 5])).toEqual([-2, -3]);
    expect(scale([1, -2], 3)).toEqual([3, -6]);
    expect(dot([1, 2, 3], [4, 5, 6])).toBe(32);
    expect(norm([3, 4])).toBe(5);
    expect(unit([3, 4])).toEqual([0.6000000000000001, 0.8]);
    expect(squaredDistance([1, 2], [4, 6])).toBe(25);
    expect(
      radius([
        [3, 4],
        [1, 0],
      ]),
    ).toBe(5);
    expect(radius([])).toBe(0);
  });

  test("the cross product is right-handed", () => {
    expect(cross([1, 0, 0], [0, 1, 0])).toEqual([0, 0, 1]);
    expect(cross([1, 2, 3], [4, 5, 6])).toEqual([-3, 6, -3]);
  });

  test("points are checked", () => {
    expect(() => checkPoints([])).not.toThrow();
    expect(() => checkPoints([[1, 2], [3]])).toThrow("invalid point: [3]; expected 2 finite coordinates");
    expect(() => checkPoints([[1, Number.NaN]])).toThrow("invalid point");
    expect(() => checkPoints([[]])).toThrow("one or more finite coordinates");
    expect(() => checkPoints([[1, 2, 3, 4]], [2, 3])).toThrow("[1,2,3,4]; expected 2 or 3 coordinates");
  });
});
