import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { polygon } from "../polyhedra/shapes.ts";
import { concentricRings, convexHull } from "./convex-layers.ts";

const at = (points: readonly (readonly number[])[], x: number, y: number) => points.map((p) => [p[0]! + x, p[1]! + y]);
const place = fc.integer({ min: -50, max: 50 }).map((k) => k / 10);

describe("layers", () => {
  const layers = (points: readonly (readonly number[])[]) => concentricRings(points).layers;
  const square = [
    [9, 9],
    [-9, 9],
    [-9, -9],
    [9, -9],
  ];

  test("are nested polygons, whatever the order", () => {
    expect(layers([...polygon(3, 0.4), [0, 0], ...polygon(5, 2)])).toEqual([[4, 5, 6, 7, 8], [0, 1, 2], [3]]);
  });

  test("leave a point on an edge, or one that is there twice, for later", () => {
    expect(layers([...square, [0, 9]])).toEqual([[0, 1, 2, 3], [4]]);
    expect(layers([...square, [9, 9]]).map((l) => l.length)).toEqual([4, 1]);
  });

  test("peel points of one line from the ends", () => {
    const upright = [1, 3, 2, 5].map((y) => [2, y]);
    expect(layers([...square, ...upright]).slice(1)).toEqual([
      [4, 7],
      [5, 6],
    ]);
    expect(layers([...square, ...upright.slice(0, 3)]).slice(1)).toEqual([[4, 5], [6]]);
  });

  test("are of points of the plane", () => {
    expect(() => layers([[1, 2, 3]])).toThrow();
  });
});

describe("convexHull", () => {
  const turn = (a: readonly number[], b: readonly number[], c: readonly number[]) =>
    (b[0]! - a[0]!) * (c[1]! - a[1]!) - (b[1]! - a[1]!) * (c[0]! - a[0]!);
  const whole = fc.integer({ min: -10, max: 10 });

  test.prop([fc.array(fc.tuple(whole, whole), { maxLength: 10 })])(
    "turns left at every corner and has no point outside",
    (points) => {
      const hull = convexHull(points).map((i) => points[i]!);
      if (hull.length < 3) return;
      for (const [i, a] of hull.entries()) {
        const [b, c] = [hull[(i + 1) % hull.length]!, hull[(i + 2) % hull.length]!];
        expect(turn(a, b, c)).toBeGreaterThan(0);
        for (const p of points) expect(turn(a, b, p)).toBeGreaterThanOrEqual(0);
      }
    },
  );

  test("of a square with points on its sides and inside are its corners, from the leftmost", () => {
    const points = [
      [1, 1],
      [0, 0],
      [2, 0],
      [1, 0],
      [2, 2],
      [0, 2],
      [0, 1],
    ];
    expect(convexHull(points)).toEqual([1, 2, 4, 5]);
  });
});

describe("the centre", () => {
  test.prop([place, place, fc.integer({ min: 1, max: 90 }), fc.integer({ min: 3, max: 9 })])(
    "is that of the circle that the outermost points lie on",
    (x, y, tenths, count) => {
      const arc = Array.from({ length: count }, (_, k) => [
        x + (tenths / 10) * Math.cos(0.7 * k),
        y + (tenths / 10) * Math.sin(0.7 * k),
      ]);
      const { centre } = concentricRings(arc);
      expect(centre[0]).toBeCloseTo(x, 6);
      expect(centre[1]).toBeCloseTo(y, 6);
    },
  );

  test("is found at any size", () => {
    for (const size of [1e-7, 1e7])
      for (const x of concentricRings(polygon(5, size)).centre) expect(x / size).toBeCloseTo(0, 10);
  });

  test("is none of points of one line, nor of a single place", () => {
    expect(() =>
      concentricRings([
        [0, 0],
        [1, 1],
        [2, 2],
      ]),
    ).toThrow("points of a circle: [[0,0],[2,2]]; expected three or more that are not in line");
    expect(() =>
      concentricRings([
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
