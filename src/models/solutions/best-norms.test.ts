import { expect, test } from "vitest";
import { bestNorms, coverage } from "./best-norms.ts";
import { polygonRecovered, polygonSquaredNorm, tricappedTrigonalPrismOptimum } from "./constructions.ts";

const polygon = (k: number) =>
  Array.from({ length: k }, (_, i) => [Math.cos((2 * Math.PI * i) / k), Math.sin((2 * Math.PI * i) / k)]);

test.each([3, 5, 6, 7, 11])("on a regular %i-gon they are the closed form's", (k) => {
  const { squaredNorms, recovered } = bestNorms(polygon(k));
  for (const squaredNorm of squaredNorms) expect(squaredNorm).toBeCloseTo(polygonSquaredNorm(k), 12);
  expect(recovered).toBeCloseTo(polygonRecovered(k), 12);
});

test("on the tricapped trigonal prism they are 11/14 and 4/7", () => {
  const { latitude, recovered } = tricappedTrigonalPrismOptimum;
  const ring = (angle: number, turn: number) =>
    [0, 1, 2].map((i) => {
      const longitude = (2 * Math.PI * (i + turn)) / 3;
      return [Math.cos(angle) * Math.cos(longitude), Math.cos(angle) * Math.sin(longitude), Math.sin(angle)];
    });
  const best = bestNorms([...ring(latitude, 0), ...ring(-latitude, 0), ...ring(0, 0.5)]);
  best.squaredNorms.forEach((squaredNorm, k) => {
    expect(squaredNorm).toBeCloseTo(k < 6 ? 11 / 14 : 4 / 7, 12);
  });
  expect(best.recovered).toBeCloseTo(recovered, 12);
});

test("two features in one direction share one squared norm", () => {
  const { squaredNorms, recovered } = bestNorms([
    [1, 0],
    [1, 0],
  ]);
  expect(squaredNorms[0]).toBeCloseTo(0.5, 12);
  expect(recovered).toBeCloseTo(1, 12);
});

test("coverage is 1 along an arm of the pentagon and 1.099 halfway between two", () => {
  const { squaredNorms } = bestNorms(polygon(5));
  const at = (angle: number) => coverage(polygon(5), squaredNorms, [Math.cos(angle), Math.sin(angle)]);
  expect(at(0)).toBeCloseTo(1, 12);
  expect(at(Math.PI / 5)).toBeCloseTo(1.09910636, 8);
});
