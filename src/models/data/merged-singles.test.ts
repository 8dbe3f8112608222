import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { autoencoder } from "../autoencoder.ts";
import { initialise } from "../initialise.ts";
import { gradient, loss, terms } from "../objective.ts";
import { sparseUniform } from "./data.ts";
import { mergedSingles } from "./merged-singles.ts";

test("one sample for each feature that occurs alone, after those of several features", () => {
  const rows = [
    [3, 0, 0],
    [0, 0, 0],
    [1, 2, 0],
    [4, 0, 0],
    [0, 0, 0.5],
  ];
  const { inputs, targets, name } = mergedSingles({ name: "five", inputs: rows, targets: rows });
  expect(inputs).toEqual([
    [1, 2, 0],
    [5, 0, 0],
    [0, 0, 0.5],
  ]);
  expect(targets).toEqual(inputs);
  expect(name).toBe("five, single features merged");
});

test("no samples stay none", () => {
  expect(mergedSingles({ name: "none", inputs: [], targets: [] }).inputs).toEqual([]);
});

test.prop([fc.nat(1000), fc.boolean()])("the same summed loss and gradient, for any weights", (seed, tied) => {
  const data = sparseUniform(4, { sparsity: 0.7, samples: 40, seed });
  const on = (of: typeof data) =>
    autoencoder({ features: 4, hidden: 2, nonlinearity: "relu", loss: "mse", tied, data: of });
  const [model, merged] = [on(data), on(mergedSingles(data))];
  const parameters = initialise(model, seed);
  expect(terms(merged) * loss(merged, parameters)).toBeCloseTo(terms(model) * loss(model, parameters), 10);
  const expected = gradient(model, parameters).gradient;
  gradient(merged, parameters).gradient.forEach((g, k) => {
    expect(terms(merged) * g).toBeCloseTo(terms(model) * expected[k]!, 10);
  });
});
