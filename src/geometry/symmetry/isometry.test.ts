import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { tricappedTrigonalPrism } from "../polyhedra/shapes.ts";
import { isometries, jittered, turned } from "../testing/isometries.ts";
import { dot, squaredDistance } from "../vector.ts";
import {
  apply,
  axialFrames,
  between,
  frame,
  framesOf,
  handedness,
  mirrored,
  procrustes,
  widestFrame,
} from "./isometry.ts";

const points = tricappedTrigonalPrism({ latitude: 0.7, prismNorm: 1, capNorm: 0.8 });

describe("frames", () => {
  test("are orthonormal and right-handed, from the first vector towards the second", () => {
    const axes = frame([0, 0, 2], [0, 3, 1])!;
    expect(axes).toEqual([
      [0, 0, 1],
      [0, 1, 0],
      [-1, 0, 0],
    ]);
    expect(handedness(axes)).toBe(1);
    expect(handedness(mirrored(axes))).toBe(-1);
    expect(frame([3, 4], [0, 0])).toEqual([
      [0.6000000000000001, 0.8],
      [-0.8, 0.6000000000000001],
    ]);
  });

  test("need vectors that are not near parallel", () => {
    expect(frame([0, 0, 0], [1, 0, 0])).toBeUndefined();
    expect(frame([1, 0, 0], [0, 0, 0])).toBeUndefined();
    // The square of 1e-160 has few digits left.
    expect(frame([1e-160, 0, 0], [0, 1, 0])).toBeUndefined();
    expect(frame([1, 0, 0], [0, 1e-160, 0])).toBeUndefined();
    expect(frame([1, 0, 0], [-1, 0.09, 0])).toBeUndefined();
    expect(frame([1, 0, 0], [-1, 0.11, 0])).toBeDefined();
    expect(
      framesOf([
        [1, 0, 0],
        [0, 1, 0],
        [0, -1, 0],
      ]).map(({ first, second }) => [first, second]),
    ).toEqual([
      [0, 1],
      [0, 2],
      [1, 0],
      [2, 0],
    ]);
    expect(
      framesOf([
        [1, 0],
        [2, 0],
      ]).map(({ first, second }) => [first, second]),
    ).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  test("the widest is of long vectors near a right angle", () => {
    expect(
      widestFrame([
        [1, 0, 0],
        [2, 2, 0],
        [0, 0, 1],
      ]),
    ).toMatchObject({ first: 1, second: 2 });
    expect(
      widestFrame([
        [1, 0],
        [0, 3],
        [2, 0],
      ]),
    ).toMatchObject({ first: 1, second: 1 });
    expect(
      widestFrame([
        [1, 0, 0],
        [2, 0, 0],
      ]),
    ).toBeUndefined();
  });

  test("axial frames stand on each vector that is not zero", () => {
    const frames = axialFrames([
      [0, 2, 0],
      [0, 0, 0],
      [-1, 2, -3],
      [2, 2, 2],
      [0, 3, 3],
    ]);
    expect(frames.map(([axis]) => axis)).toEqual([
      [0, 1, 0],
      [-1, 2, -3].map((x) => x * (1 / Math.sqrt(14))),
      [2, 2, 2].map((x) => x * (1 / Math.sqrt(12))),
      [0, 3, 3].map((x) => x * (1 / Math.sqrt(18))),
    ]);
    for (const axes of frames) expect(handedness(axes)).toBe(1);
  });

  test.prop([isometries(3), isometries(3)])("an isometry takes one frame to the other", (from, to) => {
    const isometry = between(from, to);
    from.forEach((axis, i) => {
      expect(squaredDistance(apply(isometry, axis), to[i]!)).toBeLessThan(1e-20);
    });
  });
});

describe("procrustes", () => {
  test.prop([isometries(3)])("finds the isometry of a copy", (isometry) => {
    const found = procrustes(points, turned(points, isometry), handedness(isometry));
    found.forEach((row, i) => {
      expect(squaredDistance(row, isometry[i]!)).toBeLessThan(1e-20);
    });
  });

  test.prop([isometries(3), isometries(3), fc.constantFrom(1 as const, -1 as const)])(
    "no isometry of the hand asked for does better",
    (isometry, other, hand) => {
      const target = jittered(turned(points, isometry), 0.3);
      const overlap = (by: readonly (readonly number[])[]) =>
        points.reduce((sum, point, i) => sum + dot(apply(by, point), target[i]!), 0);
      const found = procrustes(points, target, hand);
      expect(handedness(found)).toBe(hand);
      if (handedness(other) === hand) expect(overlap(other)).toBeLessThanOrEqual(overlap(found) + 1e-9);
    },
  );
});
