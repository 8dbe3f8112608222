import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { polygon } from "../polyhedra/shapes.ts";
import { concentricRings, convexLayers, fitCircle } from "./convex-layers.ts";

const at = (points: readonly (readonly number[])[], x: number, y: number) =>
  points.map((p) => [p[0]! + x, p[1]! + y]);
const place = fc.integer({ min: -50, max: 50 }).map((k) => k / 10);

describe("convexLayers", () => {
  test("peels nested polygons, whatever the order", () => {
    expect(convexLayers([...polygon(3, 0.4), [0, 0], ...polygon(5, 2)])).toEqual([
      [4, 5, 6, 7, 8],
      [0, 1, 2],
      [3],
    ]);
  });

  test("a point on an edge, or twice, is left for later", () => {
    const square = [
      [1, 1],
      [-1, 1],
      [-1, -1],
      [1, -1],
    ];
    expect(convexLayers([...square, [0, 1]])).toEqual([[0, 1, 2, 3], [4]]);
    expect(convexLayers([...square, [1, 1]]).map((l) => l.length)).toEqual([4, 1]);
  });

  test("points of one line are peeled from the ends", () => {
    const upright = [1, 3, 2, 5].map((y) => [2, y]);
    expect(convexLayers(upright)).toEqual([
      [0, 3],
      [1, 2],
    ]);
    expect(convexLayers(upright.slice(0, 3))).toEqual([[0, 1], [2]]);
  });

  test("wants points of the plane", () => {
    expect(() => convexLayers([[1, 2, 3]])).toThrow();
  });
});

describe("fitCircle", () => {
  test.prop([place, place, fc.integer({ min: 1, max: 90 }), fc.integer({ min: 3, max: 9 })])(
    "finds the circle that the points lie on",
    (x, y, tenths, count) => {
      const arc = Array.from({ length: count }, (_, k) => [
        x + (tenths / 10) * Math.cos(0.7 * k),
        y + (tenths / 10) * Math.sin(0.7 * k),
      ]);
      const { centre, radius } = fitCircle(arc);
      expect(centre[0]).toBeCloseTo(x, 6);
      expect(centre[1]).toBeCloseTo(y, 6);
      expect(radius).toBeCloseTo(tenths / 10, 6);
    },
  );

  test("finds a circle of any size", () => {
    for (const size of [1e-7, 1e7]) expect(fitCircle(polygon(5, size)).radius / size).toBeCloseTo(1, 10);
  });

  test("rejects points of one line, and a single place", () => {
    expect(() =>
      fitCircle([
        [0, 0],
        [1, 1],
        [2, 2],
      ]),
    ).toThrow("points of a circle: [[0,0],[1,1],[2,2]]; expected three or more that are not in line");
    expect(() =>
      fitCircle([
        [1, 2],
        [1, 2],
      ]),
    ).toThrow("not in line");
  });
});

describe("concentricRings", () => {
  test("knows concentric circles anywhere", () => {
    const rings = concentricRings(at([...polygon(9, 4), ...polygon(4, 1)], 3, -2));
    expect(rings.layers.map((l) => l.length)).toEqual([9, 4]);
    expect(rings.centre[0]).toBeCloseTo(3, 10);
    expect(rings.centre[1]).toBeCloseTo(-2, 10);
    expect(rings.radii[1]).toBeCloseTo(0.25, 10);
    expect(rings.waviness).toBeCloseTo(0, 10);
    expect(rings.step).toBeCloseTo(0.75, 10);
  });

  test("an inner ring out of the centre is wavy", () => {
    const rings = concentricRings([...polygon(9, 4), ...at(polygon(4, 1), 1, 0)]);
    // Distances 2, √2 twice and 0 from the centre: standard deviation 0.739, over the outer radius 4.
    expect(rings.waviness).toBeCloseTo(Math.sqrt(2 - ((2 + 2 * Math.SQRT2) / 4) ** 2) / 4, 10);
  });

  test("a single circle has no step", () => {
    expect(concentricRings(polygon(7, 2)).step).toBe(Number.POSITIVE_INFINITY);
  });
});
