import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { bipyramid, polygon, prism, tricappedTrigonalPrism } from "./shapes.ts";
import { symmetryGroup } from "./symmetry.ts";
import { isometries, jittered, permutations, turned } from "./testing.ts";
import type { Point } from "./vector.ts";

/** The points turned k times about the z axis. */
const spun = (k: number, points: readonly Point[]): Point[] =>
  polygon(k).flatMap(([cos, sin]) =>
    points.map(([x, y, z]) => [cos! * x! - sin! * y!, sin! * x! + cos! * y!, z!]),
  );
const both = (points: readonly Point[], image: (point: Point) => Point): Point[] => [
  ...points,
  ...points.map(image),
];
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
const evenSigns = spun(2, both([[1, 2, 3]], turnedOver)).flatMap(cyclic);

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
  ["D2h", 8, both(spun(2, both([generic], turnedOver)), inverted)],
  ["T", 12, evenSigns],
  ["Th", 24, both(evenSigns, inverted)],
  ["Td", 24, both(evenSigns, swapped)],
  ["O", 24, both(evenSigns, (point) => inverted(swapped(point)))],
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

  test("the tolerance is relative to the longest vector", () => {
    const stretched = bipyramid(4, { apexNorm: 1.03 });
    // Exchanging axes misses by 0.03 at four of the six points, and the longest has norm 1.03.
    const miss = (0.03 * Math.sqrt(4 / 6)) / 1.03;
    expect(symmetryGroup(stretched, 1.01 * miss).name).toBe("Oh");
    expect(symmetryGroup(stretched, 0.99 * miss).name).toBe("D4h");
    expect(
      symmetryGroup(
        stretched.map((point) => point.map((x) => 100 * x)),
        0.05,
      ).name,
    ).toBe("Oh");
    const twisted = jittered(prism(3, { latitude: 0.6, norm: 1 }), 0.05);
    expect(symmetryGroup(twisted, 0.005).name).toBe("C1");
  });

  test("bad input is quoted", () => {
    expect(() => symmetryGroup([[1, 0, 0, 0]])).toThrow("expected 2 or 3 coordinates");
    expect(() => symmetryGroup(polygon(3), 0)).toThrow("invalid tolerance: 0");
  });
});
