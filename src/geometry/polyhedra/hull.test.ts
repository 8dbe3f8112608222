import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { isometries, jittered, turned } from "../testing/isometries.ts";
import { cross, dot, type Point, scale, subtract } from "../vector.ts";
import { hullFaces, sides } from "./hull.ts";
import { namedPolyhedra } from "./named.ts";
import { antiprism as antiprismOf, prism } from "./shapes.ts";

const antiprism = antiprismOf(4, { latitude: 0.5, norm: 1 });
const sizes = (points: readonly Point[], tolerance?: number) =>
  hullFaces(points, tolerance)
    .map((face) => face.length)
    .sort((a, b) => a - b)
    .join("");

describe("hullFaces", () => {
  test("a tetrahedron by hand: outward cycles from the smallest index, in order", () => {
    expect(
      hullFaces([
        [0, 0, 0],
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ]),
    ).toEqual([
      [0, 1, 3],
      [0, 2, 1],
      [0, 3, 2],
      [1, 2, 3],
    ]);
  });

  test("squares that come as pairs of triangles are joined up to the tolerance", () => {
    expect(sizes(antiprism)).toBe("3333333344");
    const bent = antiprism.map((point, i) => (i === 0 ? [point[0]!, point[1]!, point[2]! + 0.02] : point));
    expect(sizes(bent, 0.02)).toBe("3333333344");
    expect(sizes(bent, 0.004)).toBe("33333333334");
    for (const size of [0.01, 1000]) {
      const sized = bent.map((point) => scale(point, size));
      expect(sizes(sized, 0.02)).toBe("3333333344");
      expect(sizes(sized, 0.004)).toBe("33333333334");
    }
  });

  test("the flattest neighbours are joined first", () => {
    // A roof along y of three strips, each 2 wide, over a deep cellar: its slopes 0.05, 0.02 and −0.04 turn by 0.03 at the
    // first ridge and by 0.06 at the second. Two strips that turn by θ are about θ thick; all three about 0.1.
    const section = [
      [-3, 0],
      [-1, 0.1],
      [1, 0.14],
      [3, 0.06],
      [3, -4],
      [-3, -4],
    ];
    const points = [-1, 1].flatMap((y) => section.map(([x, z]) => [x!, y, z!]));
    const strips = hullFaces(points, 0.08 / Math.sqrt(26))
      .filter((face) => face.length === 4)
      .map((face) => [...face].sort((a, b) => a - b));
    // Without the first ridge, 1 and 7; the second, 2 and 8, stays.
    expect(strips).toContainEqual([0, 2, 6, 8]);
    expect(strips).toContainEqual([2, 3, 8, 9]);
    expect(strips).toHaveLength(5);
  });

  test("tolerance 0 still joins what is exactly flat", () => {
    const cube = [-1, 1].flatMap((x) => [-1, 1].flatMap((y) => [-1, 1].map((z) => [x, y, z])));
    expect(sizes(cube, 0)).toBe("444444");
    expect(hullFaces(cube.slice(0, 4), 0)).toEqual([]);
  });

  test("points on an edge, in a face and inside are no corners", () => {
    const cube = prism(4, { latitude: Math.atan(Math.SQRT1_2), norm: Math.sqrt(3) });
    const [a, b] = cube as [Point, Point];
    const middle = a.map((x, i) => (x + b[i]!) / 2);
    const faces = hullFaces([middle, [0, 0, 1], [0.1, 0.2, 0.3], ...cube]);
    expect(faces.map((face) => face.length)).toEqual([4, 4, 4, 4, 4, 4]);
    expect(new Set(faces.flat())).toEqual(new Set([3, 4, 5, 6, 7, 8, 9, 10]));
  });

  test("points in a plane, and a slab no thicker than the tolerance, have no faces", () => {
    expect(hullFaces([])).toEqual([]);
    expect(hullFaces([[1, 0, 0]])).toEqual([]);
    expect(
      hullFaces([
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ]),
    ).toEqual([]);
    expect(
      hullFaces([
        [1, 0, 0],
        [2, 0, 0],
        [3, 0, 0],
        [4, 0, 0],
        [7, 0, 0],
      ]),
    ).toEqual([]);
    expect(hullFaces(prism(6, { latitude: 0.004, norm: 1 }))).toEqual([]);
    expect(hullFaces(prism(6, { latitude: 0.006, norm: 1 }))).toHaveLength(8);
    // A tetrahedron between edges at heights ±0.1 that cross at right angles is 0.2 thick, yet its fourth corner is
    // 0.4/√1.04 = 0.39 from the plane of the others.
    const wedge = [
      [1, 0, 0.1],
      [-1, 0, 0.1],
      [0, 1, -0.1],
      [0, -1, -0.1],
    ];
    expect(hullFaces(wedge, 0.3)).toEqual([]);
    expect(hullFaces(wedge, 0.1)).toHaveLength(4);
  });

  test.prop([fc.constantFrom(...namedPolyhedra), isometries(3), fc.constantFrom(0, 1e-12, 1e-6, 1e-3)], {
    numRuns: 200,
  })(
    "faces close up to a sphere that holds all the points, with any orientation and noise",
    ({ points }, isometry, noise) => {
      const placed = jittered(turned(points, isometry), noise);
      const faces = hullFaces(placed);
      const directed = faces.flatMap(sides).map(([from, to]) => `${from} ${to}`);
      expect(new Set(directed).size).toBe(directed.length);
      for (const [from, to] of faces.flatMap(sides)) expect(directed).toContain(`${to} ${from}`);
      expect(points.length - directed.length / 2 + faces.length).toBe(2);
      for (const face of faces) {
        const [a, b, c] = face.map((i) => placed[i]!) as [Point, Point, Point];
        const normal = cross(subtract(b, a), subtract(c, a));
        for (const point of placed) expect(dot(normal, subtract(point, a))).toBeLessThan(0.02);
      }
    },
  );

  test("bad input is quoted", () => {
    expect(() => hullFaces([[1, 2]])).toThrow("expected 3 coordinates");
    expect(() => hullFaces([], -1)).toThrow("invalid tolerance: -1");
  });
});
