import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { autoencoder } from "../autoencoder.ts";
import { loss, terms } from "../objective.ts";
import { losslessCircle, losslessSquaredRadius } from "./lossless-circle.ts";

const summedLoss = (features: number, squaredRadius?: number) => {
  const model = autoencoder({
    features,
    hidden: 2,
    nonlinearity: "relu",
    loss: "mse",
    outputBias: true,
  });
  const { start } = losslessCircle(features, squaredRadius);
  return terms(model) * loss(model, Float64Array.from([...start.weight0, ...start.bias1]));
};
const sizes = fc.integer({ min: 2, max: 30 });

describe("losslessCircle", () => {
  test("has the known radii and biases", () => {
    expect(losslessSquaredRadius(2)).toBeCloseTo(0.5, 14);
    expect(losslessSquaredRadius(4)).toBeCloseTo(1, 14);
    expect(losslessSquaredRadius(6)).toBeCloseTo(2, 14);
    expect(losslessCircle(6).bias).toBeCloseTo(-1, 14);
    expect(losslessSquaredRadius(5)).toBeCloseTo(1.4472135955, 9);
  });

  test("lays the start out as the embedding's rows, then the biases", () => {
    const { start, points } = losslessCircle(4, 9);
    expect(start.weight0).toHaveLength(8);
    expect(start.weight0[1]).toBe(points[1]![0]);
    expect(start.weight0[5]).toBe(points[1]![1]);
    expect(points[1]![1]).toBeCloseTo(3, 14);
    expect(start.bias1).toEqual([-8, -8, -8, -8]);
  });

  test.prop([sizes, fc.integer({ min: 100, max: 300 })])(
    "loses nothing at the least radius or beyond",
    (n, percent) => {
      expect(summedLoss(n)).toBeLessThan(1e-24);
      expect(summedLoss(n, (percent / 100) * losslessSquaredRadius(n))).toBeLessThan(1e-20);
    },
  );

  test.prop([fc.integer({ min: 5, max: 12 }), fc.integer({ min: 960, max: 999 })])(
    "a factor f < 1 of the least squared radius loses 2n(1 − f)², each neighbour 1 − f",
    (n, permille) => {
      const f = permille / 1000;
      expect(summedLoss(n, f * losslessSquaredRadius(n))).toBeCloseTo(2 * n * (1 - f) ** 2, 12);
    },
  );

  test("rejects what is no circle", () => {
    expect(() => losslessSquaredRadius(1)).toThrow("features");
    expect(() => losslessCircle(1, 4)).toThrow("invalid features: 1");
    expect(() => losslessCircle(5, 0)).toThrow("squared radius");
  });
});
