import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { directions, stableCount } from "./directions.ts";
import { isometries, permutations, turned } from "./testing/isometries.ts";
import type { Point } from "./vector.ts";

const at = (angle: number, norm = 1): Point => [norm * Math.cos(angle), norm * Math.sin(angle)];
/** The angle at which 1 − cos is this large. */
const apart = (tolerance: number) => Math.acos(1 - tolerance);
const membersOf = (points: readonly Point[], options = {}) =>
  directions(points, options).directions.map((direction) => direction.members);

describe("directions", () => {
  test("puts parallel points together, keeps opposite ones apart and leaves out unlearned ones", () => {
    const found = directions([at(1, 0.6), at(1 + Math.PI, 2), at(2, 0.01), at(1, 0.8), [0, 0]]);
    expect(found.directions.map((direction) => direction.members)).toEqual([[0, 3], [1]]);
    expect(found.unlearned).toEqual([2, 4]);
    const [first, second] = found.directions;
    expect(first!.norm).toBeCloseTo(1, 12);
    expect(second!.norm).toBeCloseTo(2, 12);
    expect(Math.atan2(first!.unit[1]!, first!.unit[0]!)).toBeCloseTo(1, 12);
    expect(second!.vector[0]).toBeCloseTo(2 * Math.cos(1 + Math.PI), 12);
  });

  test("joins below the tolerance and not above it", () => {
    expect(membersOf([at(0), at(0.999 * apart(1e-3), 5)])).toEqual([[0, 1]]);
    expect(membersOf([at(0), at(1.001 * apart(1e-3), 5)])).toEqual([[0], [1]]);
    expect(membersOf([at(0), at(0.999 * apart(0.1))], { tolerance: 0.1 })).toEqual([[0, 1]]);
    expect(membersOf([at(0, 0.2)], { minimumNorm: 0.2 })).toEqual([]);
    expect(membersOf([at(0, 0.2001)], { minimumNorm: 0.2 })).toEqual([[0]]);
    expect(membersOf([at(0), at(0, 0.2)], { minimumNorm: 0.2 })).toEqual([[0]]);
    // At a right angle 1 − cos is 1 exactly.
    const axes = [
      [1, 0],
      [0, 1],
    ];
    expect(membersOf(axes, { tolerance: 1 })).toEqual([[0], [1]]);
  });

  test("a chain is one direction whatever the order", () => {
    const step = 0.9 * apart(1e-3);
    expect(membersOf([at(0), at(2 * step), at(step)])).toEqual([[0, 1, 2]]);
  });

  test("two equally long points, however short, are equally far from their direction", () => {
    const pair = directions([at(0, 1e-6), at(0.04, 1e-6)], { minimumNorm: 0 }).directions[0]!;
    expect(Math.atan2(pair.unit[1]!, pair.unit[0]!)).toBeCloseTo(0.02, 12);
  });

  test("a chain that closes up round the circle still has a unit direction", () => {
    const ring = Array.from({ length: 8 }, (_, i) => at((Math.PI / 4) * i, i === 2 ? 1 + 1e-12 : 1));
    const [only, ...others] = directions(ring, { tolerance: 0.3 }).directions;
    expect(others).toEqual([]);
    expect(only!.unit[1]).toBeCloseTo(1, 12);
  });

  test.prop([
    fc
      .array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.double({ min: 0.02, max: 1, noNaN: true })), {
        minLength: 1,
        maxLength: 12,
      })
      .chain((places) => fc.tuple(fc.constant(places), permutations(places.length), isometries(2))),
  ])("do not depend on the order or orientation of the points", ([places, order, isometry]) => {
    const points = places.map(([place, norm]) => at(place + 0.02 * norm, norm));
    const copy = turned(
      order.map((i) => points[i]!),
      isometry,
    );
    const key = (groups: readonly (readonly number[])[]) =>
      groups.map((group) => [...group].sort((a, b) => a - b).join()).sort();
    expect(key(membersOf(copy).map((group) => group.map((i) => order[i]!)))).toEqual(key(membersOf(points)));
  });

  test("bad input is quoted", () => {
    expect(() => directions([[1, Number.NaN]])).toThrow("invalid point");
    expect(() => directions([[1, 0]], { tolerance: 0 })).toThrow("invalid tolerance: 0");
    expect(() => directions([[1, 0]], { minimumNorm: -1 })).toThrow("invalid minimum norm: -1");
  });
});

describe("stableCount", () => {
  test("is stable away from both thresholds", () => {
    const found = stableCount([at(0), at(0, 0.5), at(1), at(2), at(3, 1e-3)]);
    expect(found).toEqual({ count: 3, stable: true });
  });

  test("shows a count that hangs on the tolerance or on the minimum norm", () => {
    // A third of the tolerance and three times it, 1 − cos from 3.3e-4 to 3e-3; norms from 0.0033 to 0.03.
    const counts = (...points: Point[]) => Object.values(stableCount([at(0), ...points]));
    expect(counts(at(apart(2.9e-3)))).toEqual([2, false]);
    expect(counts(at(apart(3.1e-3)))).toEqual([2, true]);
    expect(counts(at(apart(3.5e-4)))).toEqual([1, false]);
    expect(counts(at(apart(3.2e-4)))).toEqual([1, true]);
    expect(counts(at(1, 0.029))).toEqual([2, false]);
    expect(counts(at(1, 0.031))).toEqual([2, true]);
    expect(counts(at(1, 0.0035))).toEqual([1, false]);
    expect(counts(at(1, 0.0032))).toEqual([1, true]);
  });
});
