import { describe, expect, test } from "vitest";
import { autoencoder } from "../autoencoder.ts";
import { gradient, terms } from "../objective.ts";
import { bestNorms } from "./best-norms.ts";
import {
  polygonRecovered,
  polygonSquaredNorm,
  shareDirections,
  squareAntiprismOptimum,
  tricappedTrigonalPrismOptimum,
} from "./constructions.ts";

const tied = (features: number, hidden: number) => autoencoder({ features, hidden, nonlinearity: "relu", loss: "mse" });

function summedLoss(embedding: number[][]): { loss: number; steepest: number } {
  const model = tied(embedding[0]!.length, embedding.length);
  const result = gradient(model, Float64Array.from(embedding.flat()));
  return {
    loss: result.loss * terms(model),
    steepest: Math.max(...result.gradient.map(Math.abs)) * terms(model),
  };
}

const corners = (k: number) =>
  Array.from({ length: k }, (_, r) => [Math.cos((2 * Math.PI * r) / k), Math.sin((2 * Math.PI * r) / k)]);

describe("regular polygons", () => {
  test("squared norms are 1/(1 + c) for the known values of interference c", () => {
    expect(polygonSquaredNorm(3)).toBe(1);
    expect(polygonSquaredNorm(4)).toBe(1);
    expect(polygonSquaredNorm(5)).toBeCloseTo(1 / (1 + (3 - Math.sqrt(5)) / 4), 14);
    expect(polygonSquaredNorm(6)).toBeCloseTo(2 / 3, 14);
    expect(polygonSquaredNorm(8)).toBeCloseTo(1 / 2, 14);
  });

  test("has at least one corner", () => {
    expect(() => polygonSquaredNorm(0)).toThrow("invalid number of corners: 0");
  });

  test.each([3, 4, 5, 6, 7, 9])("the best %i-gon has the loss the formula gives, and no gradient", (k) => {
    const embedding = shareDirections(corners(k), new Array<number>(k).fill(polygonSquaredNorm(k)), 2 * k + 1);
    const { loss, steepest } = summedLoss(embedding);
    expect(loss).toBeCloseTo(2 * k + 1 - polygonRecovered(k), 12);
    expect(steepest).toBeLessThan(1e-12);
  });
});

describe("the tricapped trigonal prism", () => {
  const { latitude, prismSquaredNorm, capSquaredNorm, recovered } = tricappedTrigonalPrismOptimum;
  const ring = (angle: number, turn: number) =>
    [0, 1, 2].map((i) => {
      const longitude = (2 * Math.PI * (i + turn)) / 3;
      return [Math.cos(angle) * Math.cos(longitude), Math.cos(angle) * Math.sin(longitude), Math.sin(angle)];
    });
  const shape = (angle: number) => [...ring(angle, 0), ...ring(-angle, 0), ...ring(0, 0.5)];
  const norms = [...new Array<number>(6).fill(prismSquaredNorm), ...new Array<number>(3).fill(capSquaredNorm)];

  test("has the loss the formula gives, and no gradient", () => {
    const { loss, steepest } = summedLoss(shareDirections(shape(latitude), norms, 20));
    expect(loss).toBeCloseTo(20 - recovered, 12);
    expect(steepest).toBeLessThan(1e-12);
  });

  test("is worse at any other latitude", () => {
    for (const shift of [-0.01, 0.01])
      expect(summedLoss(shareDirections(shape(latitude + shift), norms, 9)).loss).toBeGreaterThan(9 - recovered);
  });
});

describe("shareDirections", () => {
  test("splits a direction's squared norm in the given proportions", () => {
    const embedding = shareDirections(
      [
        [1, 0],
        [0, 1],
      ],
      [2, 3],
      3,
      [1, 5, 3],
    );
    expect(embedding[0]!.map((x) => x * x)).toEqual([expect.closeTo(0.5), 0, expect.closeTo(1.5)]);
    expect(embedding[1]!.map((x) => x * x)).toEqual([0, expect.closeTo(3), 0]);
  });

  test("quotes what does not fit", () => {
    expect(() => shareDirections([[1, 0]], [1, 2], 3)).toThrow("invalid squared norms: [1,2]; expected 1 numbers");
    expect(() => shareDirections([[1, 0]], [1], 3, [1])).toThrow("invalid shares: [1]; expected 3 numbers");
    expect(() =>
      shareDirections(
        [
          [1, 0],
          [0, 1],
        ],
        [1, 1],
        1,
      ),
    ).toThrow("invalid features: 1");
  });
});

test("the square antiprism's optimum has the stated loss, no gradient, and no better latitude near it", () => {
  const { latitude, squaredNorm, recovered } = squareAntiprismOptimum;
  const at = (angle: number) =>
    [0, 1, 2, 3, 4, 5, 6, 7].map((i) => {
      const longitude = (Math.PI * i) / 4;
      const sign = i % 2 === 0 ? 1 : -1;
      return [Math.cos(angle) * Math.cos(longitude), Math.cos(angle) * Math.sin(longitude), sign * Math.sin(angle)];
    });
  const embedding = shareDirections(at(latitude), new Array<number>(8).fill(squaredNorm), 11);
  expect(summedLoss(embedding).loss).toBeCloseTo(11 - recovered, 12);
  expect(summedLoss(embedding).steepest).toBeLessThan(1e-12);
  for (const off of [-0.01, 0.01]) expect(bestNorms(at(latitude + off)).recovered).toBeLessThan(recovered);
});
