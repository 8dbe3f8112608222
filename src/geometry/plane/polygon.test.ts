import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { polygon } from "../polyhedra/shapes.ts";
import { isometries, permutations, turned } from "../testing/isometries.ts";
import { regularPolygon } from "./polygon.ts";

describe("regularPolygon", () => {
  test.prop([fc.integer({ min: 3, max: 12 }).chain((k) => fc.tuple(fc.constant(k), permutations(k))), isometries(2)])(
    "knows a regular polygon in any orientation and order",
    ([k, order], isometry) => {
      const corners = turned(polygon(k, 0.7), isometry);
      const shape = regularPolygon(order.map((i) => corners[i]!));
      expect(shape).toMatchObject({ k, regular: true });
      expect(shape.angleError).toBeLessThan(1e-12);
      expect(shape.normSpread).toBeLessThan(1e-12);
    },
  );

  test("a triangle is one, and a square exactly", () => {
    expect(regularPolygon(polygon(3)).regular).toBe(true);
    const square = [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ];
    expect(regularPolygon(square)).toEqual({ k: 4, angleError: 0, normSpread: 0, regular: true });
  });

  test("measures a corner that is turned or longer", () => {
    const corner = (angle: number, norm = 1) => [norm * Math.cos(angle), norm * Math.sin(angle)];
    const step = (2 * Math.PI) / 5;
    const turnedCorner = regularPolygon([0.02, step, 2 * step, 3 * step, 4 * step].map((angle) => corner(angle)));
    expect(turnedCorner.angleError).toBeCloseTo(0.02, 12);
    expect(turnedCorner.regular).toBe(false);
    const longer = regularPolygon([0, 1, 2, 3, 4].map((i) => corner(i * step, i === 2 ? 1.05 : 1)));
    expect(longer.normSpread).toBeCloseTo(0.05 / 1.01, 12);
    expect(longer.regular).toBe(false);
    const slightly = [0, 1, 2, 3, 4].map((i) => corner(i * step, i === 2 ? 1.0099 : 1));
    expect(regularPolygon(slightly).regular).toBe(true);
  });

  test("a missing corner shows in the gap, the one across the negative x axis too", () => {
    const five = polygon(6).filter((_, i) => i !== 3);
    expect(regularPolygon(five).angleError).toBeCloseTo((2 * Math.PI) / 3 - (2 * Math.PI) / 5, 12);
  });

  test("fewer than three vectors are no polygon", () => {
    expect(regularPolygon([])).toEqual({ k: 0, angleError: 0, normSpread: 0, regular: false });
    expect(
      regularPolygon([
        [1, 0],
        [-1, 0],
      ]),
    ).toMatchObject({ k: 2, angleError: 0, regular: false });
    expect(() => regularPolygon([[1, 0, 0]])).toThrow("expected 2 coordinates");
  });
});
