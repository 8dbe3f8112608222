import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { bipyramid, polygon, prism, tricappedTrigonalPrism } from "../polyhedra/shapes.ts";
import { isometries, jittered, permutations, turned } from "../testing/isometries.ts";
import type { Point } from "../vector.ts";
import { frame } from "./isometry.ts";
import { symmetryGroup } from "./symmetry.ts";

/** The points turned k times about the z axis. */
const spun = (k: number, points: readonly Point[]): Point[] =>
  polygon(k).flatMap(([cos, sin]) => points.map(([x, y, z]) => [cos! * x! - sin! * y!, sin! * x! + cos! * y!, z!]));
const both = (points: readonly Point[], image: (point: Point) => Point): Point[] => [...points, ...points.map(image)];
const inverted = ([x, y, z]: Point) => [-x!, -y!, -z!];
const below = ([x, y, z]: Point) => [x!, y!, -z!];
const turnedOver = ([x, y, z]: Point) => [x!, -y!, -z!];
const quarterBelow = ([x, y, z]: Point) => [-y!, x!, -z!];
const cyclic = ([x, y, z]: Point): Point[] => [
  [x!, y!, z!],
  [y!, z!, x!],
  [z!, x!, y!],
];
const swapped = ([x, y, z]: Point) => [y!, x!, z!];

const generic = [1, 0.2, 0.5];
const others = [generic, [0.3, 0.9, 0.7], [-0.4, 0.6, 0.1]];
/** A fifth of a turn about (1, 0, φ), φ the golden ratio: with the twelve rotations T it makes the sixty of I. */
const fifth = ([x, y, z]: Point): Point => {
  const half = Math.sqrt(5) / 4;
  const [long, short] = [half + 0.25, half - 0.25];
  return [0.5 * x! - long * y! + short * z!, long * x! + short * y! - 0.5 * z!, short * x! + 0.5 * y! + long * z!];
};
const evenSigns = spun(2, both([[1, 2, 3]], turnedOver)).flatMap(cyclic);

const fiveTimes = (points: readonly Point[]): Point[] =>
  [0, 1, 2, 3, 4].flatMap((k) => points.map((point) => Array.from({ length: k }).reduce<Point>(fifth, point)));

const cases: [string, number, readonly Point[]][] = [
  ["C1", 1, others],
  ["Cs", 2, [...both([generic, others[1]!], below), [1, 2, 0]]],
  ["Ci", 2, both(others, inverted)],
  ["C2", 2, spun(2, others)],
  [
    "C3v",
    6,
    spun(
      3,
      both([generic, [0.2, 0, -0.9]], ([x, y, z]) => [x!, -y!, z!]),
    ),
  ],
  ["C2h", 4, spun(2, both(others, below))],
  ["C4h", 8, spun(4, both(others, below))],
  ["S4", 4, spun(2, both(others, quarterBelow))],
  ["D2", 4, spun(2, both(others, turnedOver))],
  ["D3", 6, spun(3, both([generic], turnedOver))],
  // As many rotations as the cube and the icosahedron have.
  ["D12h", 48, spun(12, [[1, 0, 0]])],
  ["D30h", 120, spun(30, [[1, 0, 0]])],
  ["D2h", 8, both(spun(2, both([generic], turnedOver)), inverted)],
  ["T", 12, evenSigns],
  ["Th", 24, both(evenSigns, inverted)],
  ["Td", 24, both(evenSigns, swapped)],
  ["O", 24, both(evenSigns, (point) => inverted(swapped(point)))],
  ["I", 60, fiveTimes(evenSigns)],
];

describe("symmetryGroup", () => {
  test.each(cases)("%s", (name, order, points) => {
    const group = symmetryGroup(points);
    expect(group).toMatchObject({ name, order });
  });

  test("in the plane, with norms", () => {
    expect(symmetryGroup(polygon(5))).toEqual({ order: 10, rotations: 5, name: "D5" });
    const oneLonger = polygon(5).map(([x, y], i) => (i === 2 ? [2 * x!, 2 * y!] : [x!, y!]));
    expect(symmetryGroup(oneLonger)).toEqual({ order: 2, rotations: 1, name: "D1" });
    expect(
      symmetryGroup([
        [1, 0],
        [0, 2],
      ]).name,
    ).toBe("C1");
    expect(
      symmetryGroup([
        [1, 0],
        [-1, 0],
      ]).name,
    ).toBe("D2");
    const swirl = spun(3, [
      [1, 0, 0],
      [0.4, 0.5, 0],
    ]).map(([x, y]) => [x!, y!]);
    expect(symmetryGroup(swirl)).toEqual({ order: 3, rotations: 3, name: "C3" });
  });

  test("vectors in a plane of space are their own mirror image, on an axis they can be turned at will", () => {
    expect(symmetryGroup(spun(5, [[1, 0, 0]])).name).toBe("D5h");
    expect(
      symmetryGroup([
        [0, 0, 1],
        [0, 0, -1],
      ]),
    ).toEqual({ order: Number.POSITIVE_INFINITY, rotations: Number.POSITIVE_INFINITY, name: "axial" });
    expect(symmetryGroup([]).name).toBe("axial");
  });

  test.prop([permutations(9), isometries(3), fc.constantFrom(0, 1e-6, 1e-3)])(
    "tricapped trigonal prism in any orientation, order and small noise",
    (order, isometry, noise) => {
      const points = tricappedTrigonalPrism({ latitude: 0.73, prismNorm: 0.886, capNorm: 0.756 });
      const copy = jittered(
        turned(
          order.map((i) => points[i]!),
          isometry,
        ),
        noise,
      );
      expect(symmetryGroup(copy)).toEqual({ order: 12, rotations: 6, name: "D3h" });
    },
  );

  test.each([
    [
      [2e-323, 1e-323, 0.5],
      [0.5, -1, 0],
    ],
    [
      [1e-323, 2e-323, -1],
      [0.5, -1, 1e-320],
    ],
    [
      [0, 1e-323, 1],
      [1, 0.5, 1e-300],
    ],
    [
      [0, -5e-324, 0.5],
      [0.5, -1, 0],
    ],
  ])("an orientation with entries near the least number there is: %j, %j", (first, second) => {
    const points = tricappedTrigonalPrism({ latitude: 0.73, prismNorm: 0.886, capNorm: 0.756 });
    expect(symmetryGroup(turned(points, frame(first, second)!)).name).toBe("D3h");
  });

  test("the tolerance is relative to the longest vector", () => {
    // Exchanging axes misses by the stretch at four of the six points, and the longest has norm 1 + stretch.
    const stretch = 0.01 / (Math.sqrt(4 / 6) - 0.01);
    const stretched = (by: number, size = 1) =>
      bipyramid(4).map(([x, y, z]) => [size * x!, size * y!, size * (1 + by) * z!]);
    expect(symmetryGroup(stretched(0.99 * stretch)).name).toBe("Oh");
    expect(symmetryGroup(stretched(0.99 * stretch, 100)).name).toBe("Oh");
    expect(symmetryGroup(stretched(1.01 * stretch)).name).toBe("D4h");
    const twisted = jittered(prism(3, { latitude: 0.6, norm: 1 }), 0.1);
    expect(symmetryGroup(twisted).name).toBe("C1");
  });

  test("says so where the isometries within the tolerance are no group", () => {
    // Arms of lengths 1, 1.01 and 1.02: exchanging neighbours in length misses by √(2/3)·0.01 = 0.008, the two others by
    // √(8/3)·0.01 = 0.016, a rotation by √(6/3)·0.01 = 0.014. The tolerance is 0.0102.
    const arms = polygon(3).map(([x, y], i) => [(1 + 0.01 * i) * x!, (1 + 0.01 * i) * y!]);
    expect(symmetryGroup(arms)).toEqual({ order: 3, rotations: 1, name: "order 3" });
    // In space each of the three also comes with the reflection in the arms' plane, unless they form a cone.
    const flat = arms.map(([x, y]) => [x!, y!, 0]);
    expect(symmetryGroup(flat)).toEqual({ order: 6, rotations: 3, name: "order 6" });
    const cone = arms.map(([x, y]) => [x!, y!, 0.5 * Math.hypot(x!, y!)]);
    expect(symmetryGroup(cone)).toEqual({ order: 3, rotations: 1, name: "order 3" });
  });

  test("vectors that lie close together land on the nearest, equal ones count once", () => {
    // Two lengths on each arm, 0.03 apart: within the reach of a landing, but three times the tolerance.
    const pairs = polygon(3).flatMap(([x, y], i) =>
      (i === 1 ? [1.03, 1] : [1, 1.03]).map((length) => [length * x!, length * y!]),
    );
    expect(symmetryGroup(pairs)).toEqual({ order: 6, rotations: 3, name: "D3" });
    expect(symmetryGroup([...polygon(5), ...polygon(5)])).toEqual({ order: 10, rotations: 5, name: "D5" });
  });

  test("many that fit do not outvote one that misses by five times the tolerance", () => {
    // Two of sixty would miss by 0.05, which makes √(2/60)·0.05 = 0.009 in the mean.
    const oneShorter = polygon(60).map(([x, y], i) => (i === 7 ? [0.95 * x!, 0.95 * y!] : [x!, y!]));
    expect(symmetryGroup(oneShorter).name).toBe("D1");
  });

  test("bad input is quoted", () => {
    expect(() => symmetryGroup([[1, 0, 0, 0]])).toThrow("expected 2 or 3 coordinates");
  });
});
