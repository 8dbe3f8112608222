import { describe, expect, test } from "vitest";
import { dot, norm, type Point } from "../vector.ts";
import { antiprism, bipyramid, polygon, prism, tricappedTrigonalPrism } from "./shapes.ts";

const angle = (a: Point, b: Point) => Math.acos(dot(a, b) / norm(a) / norm(b));

describe("shapes", () => {
  test("a polygon has its circumradius and its angles", () => {
    const points = polygon(5, 2);
    expect(points[0]).toEqual([2, 0]);
    for (const [i, point] of points.entries()) {
      expect(norm(point)).toBeCloseTo(2, 12);
      expect(angle(point, points[(i + 1) % 5]!)).toBeCloseTo((2 * Math.PI) / 5, 12);
    }
  });

  test("tricapped trigonal prism: corners at their latitude, caps on the equator half-way between the corners", () => {
    const points = tricappedTrigonalPrism({ latitude: 0.7, prismNorm: 0.9, capNorm: 0.8 });
    expect(points).toHaveLength(9);
    const [upper, lower, caps] = [points.slice(0, 3), points.slice(3, 6), points.slice(6)];
    for (const point of [...upper, ...lower]) expect(norm(point)).toBeCloseTo(0.9, 12);
    upper.forEach((point, i) => {
      expect(Math.asin(point[2]! / 0.9)).toBeCloseTo(0.7, 12);
      expect(lower[i]).toEqual([point[0], point[1], -point[2]!]);
      expect(caps[i]![2]).toBeCloseTo(0, 12);
      expect(norm(caps[i]!)).toBeCloseTo(0.8, 12);
      expect(angle(caps[i]!, point)).toBeCloseTo(angle(caps[i]!, upper[(i + 1) % 3]!), 12);
      expect(angle(caps[i]!, point)).toBeLessThan(angle(caps[i]!, upper[(i + 2) % 3]!));
    });
  });

  test("an antiprism's lower corners are half-way between its upper ones, a prism's below them", () => {
    const latitude = 0.5;
    const points = antiprism(4, { latitude, norm: 1.5 });
    expect(Math.atan2(points[4]![1]!, points[4]![0]!)).toBeCloseTo(Math.PI / 4, 12);
    expect(points[4]![2]).toBeCloseTo(-1.5 * Math.sin(latitude), 12);
    const straight = prism(4, { latitude, norm: 1.5 });
    expect(straight[4]).toEqual([straight[0]![0], straight[0]![1], -straight[0]![2]!]);
  });

  test("a bipyramid is the orthogonal sum of a polygon and a segment", () => {
    const points = bipyramid(5);
    expect(points.slice(0, 5).map(([x, y]) => [x, y])).toEqual(polygon(5));
    expect(points.slice(5)).toEqual([
      [0, 0, 1],
      [0, 0, -1],
    ]);
  });

  test("bad input is quoted", () => {
    expect(() => polygon(0)).toThrow("invalid number of corners: 0");
    expect(() => prism(0, { latitude: 1, norm: 1 })).toThrow("invalid number of corners: 0");
    expect(() => antiprism(4, { latitude: Number.NaN, norm: 1 })).toThrow("invalid latitude: NaN");
    expect(() => antiprism(4, { latitude: 1, norm: -1 })).toThrow("invalid norm: -1");
  });
});
