import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { biasByDistance } from "./bias-by-distance.ts";

const coordinate = fc.integer({ min: -300, max: 300 }).map((k) => k / 100);
const clouds = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 3, maxLength: 8 });

describe("biasByDistance", () => {
  test("is −1 when biases fall with distance, 1 when they rise", () => {
    const points = [
      [4, 0],
      [-4, 0.5],
      [0, 2],
      [0, -2.5],
    ];
    const { distances } = biasByDistance(points, [0, 0, 0, 0]);
    const moved = (sign: number) =>
      biasByDistance(
        points,
        points.map((_, i) => sign * distances[i]!),
      );
    expect(moved(1).rankCorrelation).toBeCloseTo(1, 12);
    expect(moved(-1).rankCorrelation).toBeCloseTo(-1, 12);
  });

  test("equal values share their mean rank, constants correlate with nothing", () => {
    const line = [[-4], [-1], [1], [0], [4]];
    // Distances 4, 1, 1, 0, 4 have the ranks 3.5, 1.5, 1.5, 0, 3.5.
    expect(biasByDistance(line, [0, 3, 2, 4, 1]).rankCorrelation).toBeCloseTo(-9 / Math.sqrt(9 * 10), 12);
    expect(biasByDistance(line, [1, 1, 1, 1, 1]).rankCorrelation).toBe(0);
    expect(biasByDistance([[-1], [1]], [0, 1]).rankCorrelation).toBe(0);
  });

  test.prop([clouds, coordinate, coordinate])("does not see a move that changes no probability", (cloud, x, y) => {
    const points = cloud.map(([a, b]) => [a, b]);
    const before = biasByDistance(
      points,
      cloud.map(([, , b]) => b),
    );
    const after = biasByDistance(
      points.map(([a, b]) => [a! + x, b! + y]),
      cloud.map(([a, b, bias]) => bias - x * a - y * b),
    );
    after.distances.forEach((d, i) => {
      expect(d).toBeCloseTo(before.distances[i]!, 10);
      // Up to a constant.
      expect(after.biases[i]! - after.biases[0]!).toBeCloseTo(before.biases[i]! - before.biases[0]!, 8);
    });
  });

  test("wants one bias a point", () => {
    expect(() => biasByDistance([[1, 0]], [1, 2])).toThrow("number of biases: 2; expected 1");
  });
});
