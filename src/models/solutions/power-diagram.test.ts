import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { autoencoder } from "../autoencoder.ts";
import { decoded } from "../decoding.ts";
import { forward } from "../objective.ts";
import { excessBiases, nearestBiases } from "./power-diagram.ts";

const coordinate = fc.integer({ min: -300, max: 300 }).map((k) => k / 100);
const clouds = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 5, maxLength: 5 });
const model = autoencoder({ features: 5, hidden: 2, loss: "cross-entropy", outputBias: true });
const flat = (points: readonly (readonly number[])[], biases: readonly number[]) =>
  Float64Array.from([...points.map((p) => p[0]!), ...points.map((p) => p[1]!), ...biases]);

describe("excessBiases", () => {
  test.prop([clouds])("with squared distances make up the logits", (cloud) => {
    const beta = excessBiases(
      cloud.map(([x, y]) => [x, y]),
      cloud.map(([, , b]) => b),
    );
    const logits = forward(
      model,
      flat(
        cloud,
        cloud.map(([, , b]) => b),
      ),
    );
    cloud.forEach(([x, y], j) => {
      cloud.forEach(([u, v], k) => {
        const distance = (x - u) ** 2 + (y - v) ** 2;
        expect(logits[j]![k]).toBeCloseTo(beta[k]! - distance / 2 + (x * x + y * y) / 2, 10);
      });
    });
  });

  test("wants one bias a point", () => {
    expect(() => excessBiases([[1, 0]], [1, 2])).toThrow("number of biases: 2; expected 1");
  });
});

describe("nearestBiases", () => {
  test("decode any distinct points, and give them no excess", () => {
    const points = [
      [0, 0],
      [1, 0],
      [2, 0],
      [3, 0.1],
      [1, -1],
    ];
    const biases = nearestBiases(points);
    expect(biases.slice(0, 3)).toEqual([-0, -0.5, -2]);
    expect(decoded(model, flat(points, biases))).toEqual([true, true, true, true, true]);
    for (const beta of excessBiases(points, biases)) expect(beta).toBeCloseTo(0, 14);
  });
});
