import { describe, expect, test } from "vitest";
import { answers, recovered } from "./answers.ts";
import { autoencoder } from "./autoencoder.ts";
import { oneHot } from "./data/data.ts";
import { network } from "./network.ts";

/** A single layer, so that column i of the weight is the answer to feature i. */
const layer = (loss: "mse" | "cross-entropy") => network({ sizes: [3, 3], nonlinearities: ["identity"], loss });
const weights = Float64Array.from([...[0.9, 0.2, 0.4], ...[0.1, 0.3, 0.4], ...[1e-9, 0.2, 0.4]]);

describe("answers", () => {
  test("are the outputs under squared error", () => {
    expect(answers(layer("mse"), weights)).toEqual([
      [0.9, 0.1, 1e-9],
      [0.2, 0.3, 0.2],
      [0.4, 0.4, 0.4],
    ]);
  });
  test("are probabilities under cross-entropy", () => {
    const rows = answers(layer("cross-entropy"), weights.map(Math.log));
    // The softmax of logarithms is the column divided by its sum.
    [0.9, 0.1, 1e-9].forEach((p, j) => {
      expect(rows[0]![j]).toBeCloseTo(p, 8);
    });
    [2, 3, 2].forEach((p, j) => {
      expect(rows[1]![j]).toBeCloseTo(p / 7, 12);
    });
  });
});

describe("recovered", () => {
  test("asks for the largest answer, strictly", () => {
    expect(recovered(layer("mse"), weights, 0)).toEqual([0, 1]);
  });
  test("and for more than the least", () => {
    expect(recovered(layer("mse"), weights, 0.3)).toEqual([0]);
    expect(recovered(layer("cross-entropy"), weights.map(Math.log), 0.4)).toEqual([0, 1]);
    expect(recovered(layer("cross-entropy"), weights.map(Math.log), 0.5)).toEqual([0]);
  });
  test("counts outputs, not hidden units", () => {
    // Answers wᵢwⱼ: (1, ½, 0), (½, ¼, 0), and nothing for the third feature.
    const line = autoencoder({ features: 3, hidden: 1, loss: "mse" });
    expect(recovered(line, Float64Array.of(1, 0.5, 0), 0)).toEqual([0]);
  });
  test("needs one sample a feature", () => {
    const { inputs, targets } = oneHot(3);
    const data = { name: "two of three", inputs: inputs.slice(1), targets: targets.slice(1) };
    const model = network({ sizes: [3, 3], nonlinearities: ["identity"], loss: "mse", data });
    expect(() => recovered(model, weights, 0)).toThrow(
      'invalid data: "two of three"; expected one sample for each of the 3',
    );
  });
});
