import { describe, expect, test } from "vitest";
import { polygon } from "../polyhedra/shapes.ts";
import { inside } from "./inside.ts";

describe("inside", () => {
  test("corners are not inside, points within are", () => {
    expect(inside(polygon(7, 3))).toEqual([]);
    expect(inside([...polygon(6, 2), [0, 0], [1.2, 0.9]])).toEqual([6, 7]);
  });

  test("near an edge a fiftieth of the largest norm decides", () => {
    // The square's edge is at distance 1 from the origin, the largest norm √2.
    const square = [
      [1, 1],
      [-1, 1],
      [-1, -1],
      [1, -1],
    ];
    expect(inside([...square, [0.97, 0]])).toEqual([4]);
    expect(inside([...square, [0.973, 0]])).toEqual([]);
  });

  test("needs the plane", () => {
    expect(() => inside([[1, 2, 3]])).toThrow("point");
  });
});
