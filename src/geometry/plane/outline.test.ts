import { describe, expect, test } from "vitest";
import { polygon } from "../polyhedra/shapes.ts";
import type { Point } from "../vector.ts";
import { outline } from "./outline.ts";

const ones = (points: readonly Point[]) => points.map(() => 1);
const polar = (angle: number, norm: number) => [norm * Math.cos(angle), norm * Math.sin(angle)];

describe("outline", () => {
  test("a regular hexagon is even", () => {
    const points = polygon(6, 1.4);
    const { vertices, gap, angleError } = outline(points, ones(points));
    expect(vertices.map((v) => v.members)).toEqual([[0], [1], [2], [3], [4], [5]]);
    expect(gap).toBeCloseTo(1, 12);
    expect(angleError).toBeCloseTo(0, 12);
  });

  test("a merged group is one vertex", () => {
    const points = [...polygon(4), [0, 1]];
    const found = outline(points, [1, 0.5, 1, 1, 0.5]);
    expect(found.vertices.map((v) => v.members)).toEqual([[0], [1, 4], [2], [3]]);
  });

  test("vertices come by angle, whatever the order of the features", () => {
    const points = polygon(5);
    const { vertices, gap } = outline(
      [3, 0, 4, 2, 1].map((i) => points[i]!),
      ones(points),
    );
    expect(vertices.map((v) => v.members)).toEqual([[1], [4], [3], [0], [2]]);
    expect(gap).toBeCloseTo(1, 12);
  });

  test("the tolerance says which columns join", () => {
    // 1 − cos 0.1 = 0.005.
    const points = [...polygon(4), polar(0.1, 1)];
    expect(outline(points, ones(points)).vertices).toHaveLength(4);
    expect(outline(points, ones(points), { tolerance: 0.004 }).vertices).toHaveLength(5);
  });

  test("features with a faint output or a short column do not count", () => {
    const points = [...polygon(3), polar(1, 0.49), polar(2.6, 2)];
    const found = outline(points, [1, 1, 1, 1, 0.24]);
    expect(found.vertices).toHaveLength(3);
    expect(outline(points, [1, 1, 1, 1, 0.26]).vertices).toHaveLength(4);
    expect(outline(points, [1, 1, 1, 1, 0.24], { leastNorm: 0.48 }).vertices).toHaveLength(4);
    // Neither an output nor a norm at the bound is above it.
    expect(outline([...polygon(3), [0, 1]], [1, 1, 1, 0.25]).vertices).toHaveLength(3);
    expect(outline([...polygon(3), [0, 0.5]], [1, 1, 1, 1]).vertices).toHaveLength(3);
  });

  test("a gap shows, across 0 too", () => {
    const points = [polar(0.6, 1), polar(2, 2), polar(4, 1.5), polar(5.4, 1)];
    const { gap, angleError } = outline(points, ones(points));
    expect(gap).toBeCloseTo(2 / (Math.PI / 2), 12);
    expect(angleError).toBeCloseTo(2 - Math.PI / 2, 12);
    const across = [polar(1, 1), polar(2, 1), polar(3, 1)];
    expect(outline(across, ones(across)).gap).toBeCloseTo((2 * Math.PI - 2) / ((2 * Math.PI) / 3), 12);
  });

  test("fewer than three vertices have no shape", () => {
    expect(outline([[1, 0]], [1]).gap).toBe(Number.POSITIVE_INFINITY);
    expect(outline([[1, 0]], [0]).vertices).toEqual([]);
  });
});
