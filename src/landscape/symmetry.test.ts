import { fc, test } from "@fast-check/vitest";
import { Matrix } from "ml-matrix";
import { describe, expect } from "vitest";
import { dot } from "../geometry/vector.ts";
import { autoencoder } from "../models/autoencoder.ts";
import { type DataSet, kHot, oneHot } from "../models/data/data.ts";
import { initialise } from "../models/initialise.ts";
import { layout, type Model, type Nonlinearity } from "../models/model.ts";
import { forward, gradient, terms } from "../models/objective.ts";
import { withAmplitudes } from "../models/testing/amplitudes.ts";
import { randomModel } from "../models/testing/random-model.ts";
import { trainable } from "./hessian.ts";
import { spectrum } from "./spectrum.ts";
import { symmetryDirections } from "./symmetry.ts";

/** Away from the special values (biases of 0, a scale of 1) that a start may have. */
function somewhere(model: Model, seed: number): Float64Array {
  const start = Float64Array.from(initialise(model, seed));
  return start.map((x, k) => x + 0.2 * Math.sin(7 * k + seed + 1));
}

/** How many independent directions of the trained parameters leave every output (of logits: their differences) unchanged. */
function unchangedOutputs(model: Model, p: Float64Array): number {
  const h = 1e-4;
  const columns = trainable(model).map((k) => {
    const at = (step: number) => {
      const q = p.slice();
      q[k] = q[k]! + step;
      return forward(model, q).flatMap((y) => {
        const mean = model.loss === "mse" ? 0 : y.reduce((a, b) => a + b, 0) / y.length;
        return Array.from(y, (value) => value - mean);
      });
    };
    const [a, b, c, d] = [at(-2 * h), at(-h), at(h), at(2 * h)];
    return a.map((_, i) => (a[i]! - 8 * b[i]! + 8 * c[i]! - d[i]!) / (12 * h));
  });
  const jacobian = new Matrix(columns);
  const { values } = spectrum(jacobian.mmul(jacobian.transpose()));
  return values.filter((value) => value < 1e-14 * values.at(-1)!).length;
}

describe("symmetryDirections", () => {
  const point = fc.tuple(randomModel(), fc.nat({ max: 1e6 })).map(([random, seed]) => {
    const model = { ...random, unitNorm: false };
    return { model, p: somewhere(model, seed) };
  });
  test.prop([point], { numRuns: 300 })("leave the loss as it is at any point of any model", ({ model, p }) => {
    const g = gradient(model, p).gradient.map((x) => x * terms(model));
    const directions = symmetryDirections(model, p);
    const frozen = layout(model).slots.filter((slot) => slot.frozen);
    directions.forEach((v, i) => {
      expect(Math.abs(dot(v, g))).toBeLessThan(1e-10 * Math.sqrt(1 + dot(g, g)));
      for (const { offset, rows, cols } of frozen)
        expect(v.subarray(offset, offset + rows * cols).every((x) => x === 0)).toBe(true);
      directions.forEach((w, j) => {
        expect(dot(v, w)).toBeCloseTo(i === j ? 1 : 0, 10);
      });
    });
  });

  const two = { features: 6, hidden: 2 } as const;
  const chain = (sizes: number[], tied: boolean, bias: boolean, hidden: Nonlinearity = "identity"): Model => ({
    ...autoencoder({ ...two, loss: "mse", tied: false }),
    sizes,
    layers: sizes.slice(1).map((_, i) => ({ nonlinearity: i === sizes.length - 2 ? "gelu" : hidden, bias })),
    tied,
  });
  const withInputs = (inputs: DataSet["inputs"]): DataSet => ({
    name: "special",
    inputs,
    targets: oneHot(6).targets.slice(0, inputs.length),
  });
  /** A row with its entries moved round by 0 to 5 places. */
  const shifted = (row: readonly number[]) => row.map((_, i) => [...row.slice(i), ...row.slice(0, i)]);
  // Counted by hand: rotations d(d − 1)/2, general linear d², bias shifts d, logits 1 (and d untied), scale 1.
  const cases: [string, Model, number][] = [
    ["tied: a rotation", autoencoder({ ...two, loss: "mse", nonlinearity: "gelu" }), 1],
    ["tied in three dimensions", autoencoder({ ...two, hidden: 3, loss: "mse", nonlinearity: "gelu" }), 3],
    ["tied, hidden bias", autoencoder({ ...two, loss: "mse", nonlinearity: "gelu", hiddenBias: true }), 1],
    [
      "tied, both biases: shifts too",
      autoencoder({ ...two, loss: "mse", nonlinearity: "gelu", hiddenBias: true, outputBias: true }),
      3,
    ],
    ["untied", autoencoder({ ...two, loss: "mse", nonlinearity: "gelu", tied: false }), 4],
    [
      "untied, hidden bias: the embedding shifts against it",
      autoencoder({ ...two, loss: "mse", nonlinearity: "gelu", tied: false, hiddenBias: true }),
      6,
    ],
    [
      "untied, hidden bias, 2-hot data",
      autoencoder({
        ...two,
        loss: "mse",
        nonlinearity: "gelu",
        tied: false,
        hiddenBias: true,
        data: kHot(6, 2),
      }),
      6,
    ],
    [
      "untied, embedding frozen: nothing",
      autoencoder({ ...two, loss: "mse", nonlinearity: "gelu", tied: false, frozen: ["weight0"] }),
      0,
    ],
    [
      "untied, hidden bias and unembedding frozen: nothing",
      autoencoder({
        ...two,
        loss: "mse",
        nonlinearity: "gelu",
        tied: false,
        hiddenBias: true,
        frozen: ["bias0", "weight1"],
      }),
      0,
    ],
    [
      "untied softmax, embedding frozen: the weights shift the logits",
      autoencoder({ ...two, loss: "cross-entropy", tied: false, frozen: ["weight0"] }),
      2,
    ],
    [
      "untied, a feature that is never active: its embedding is free",
      autoencoder({
        ...two,
        loss: "mse",
        nonlinearity: "gelu",
        tied: false,
        data: withInputs(oneHot(6).inputs.slice(1)),
      }),
      6,
    ],
    ["tied softmax", autoencoder({ ...two, loss: "cross-entropy" }), 1],
    ["tied softmax, end bias: a translation too", autoencoder({ ...two, loss: "cross-entropy", outputBias: true }), 4],
    ["untied softmax", autoencoder({ ...two, loss: "cross-entropy", tied: false }), 6],
    ["untied softmax, end bias", autoencoder({ ...two, loss: "cross-entropy", tied: false, outputBias: true }), 9],
    [
      "untied, GELU bottleneck",
      autoencoder({ ...two, loss: "mse", tied: false, hiddenNonlinearity: "gelu", data: kHot(6, 2) }),
      0,
    ],
    ["tied linear, scale", autoencoder({ ...two, loss: "mse", scale: 0.7 }), 2],
    ["untied linear, scale", autoencoder({ ...two, loss: "mse", tied: false, scale: 0.7 }), 5],
    ["tied GELU, scale", autoencoder({ ...two, loss: "mse", nonlinearity: "gelu", scale: 0.7 }), 1],
    ["tied softmax, hidden bias: a translation", autoencoder({ ...two, loss: "cross-entropy", hiddenBias: true }), 3],
    [
      "tied softmax, end bias, 2-hot data: a translation too",
      autoencoder({ ...two, loss: "cross-entropy", outputBias: true, data: kHot(6, 2) }),
      4,
    ],
    [
      "tied softmax on inputs that sum to 0: a translation without any bias",
      autoencoder({ ...two, loss: "cross-entropy", data: withInputs(shifted([1, -1, 0, 0, 0, 0])) }),
      3,
    ],
    [
      "tied softmax on inputs of different sums",
      autoencoder({
        ...two,
        loss: "cross-entropy",
        outputBias: true,
        data: withAmplitudes([1, 2, 1, 1, 3, 1]),
      }),
      2,
    ],
    ["untied, end bias", autoencoder({ ...two, loss: "mse", nonlinearity: "gelu", tied: false, outputBias: true }), 6],
    ["untied chain 6-2-2-2-6", chain([6, 2, 2, 2, 6], false, false), 4 + 4 + 4],
    ["untied chain with biases", chain([6, 2, 2, 2, 6], false, true), 12 + 2 + 2 + 2 + 2],
    ["tied chain 6-3-2-3-6", chain([6, 3, 2, 3, 6], true, false), 9 + 4],
    ["tied chain 6-3-3-6", chain([6, 3, 3, 6], true, false), 9],
    ["tied chain with biases", chain([6, 3, 3, 6], true, true), 9 + 3 + 3],
  ];
  test.each(cases)("%s", (_, model, count) => {
    const p = somewhere(model, 5);
    expect(symmetryDirections(model, p)).toHaveLength(count);
    // Nothing is missing: at a general point no other direction keeps the outputs.
    expect(unchangedOutputs(model, p)).toBe(count);
    const g = gradient(model, p).gradient.map((x) => x * terms(model));
    for (const v of symmetryDirections(model, p))
      expect(Math.abs(dot(v, g))).toBeLessThan(1e-10 * Math.sqrt(1 + dot(g, g)));
  });

  test.each([
    [
      "untied ReLU bottleneck: a scale a neuron",
      autoencoder({ ...two, loss: "mse", tied: false, hiddenNonlinearity: "relu" }),
      2,
    ],
    ["tied ReLU chain: a scale a neuron", chain([6, 3, 3, 6], true, false, "relu"), 3],
    [
      "tied softmax, end bias, inputs whose sums differ by rounding only",
      autoencoder({
        ...two,
        loss: "cross-entropy",
        outputBias: true,
        data: withInputs(shifted([3000.1, 0.7, 2000.2, 0.1, 1000.3, 0.2])),
      }),
      4,
    ],
    ["tied ReLU bottleneck: none", autoencoder({ ...two, loss: "mse", hiddenNonlinearity: "relu" }), 0],
    ["tied ReLU output, scale", autoencoder({ ...two, loss: "mse", nonlinearity: "relu", scale: 0.7 }), 2],
    ["tied ReLU bottleneck, scale", autoencoder({ ...two, loss: "mse", hiddenNonlinearity: "relu", scale: 0.7 }), 1],
    ["tied GELU bottleneck, scale", autoencoder({ ...two, loss: "mse", hiddenNonlinearity: "gelu", scale: 0.7 }), 0],
  ] as [string, Model, number][])("%s", (_, model, count) => {
    expect(symmetryDirections(model, somewhere(model, 5))).toHaveLength(count);
  });

  test("a tied model's rotation turns every point by the same angle", () => {
    const model = autoencoder({ ...two, loss: "mse" });
    const p = somewhere(model, 1);
    const [v] = symmetryDirections(model, p);
    const turned = Array.from(p, (_, k) => (k < 6 ? -p[k + 6]! : p[k - 6]!));
    expect(Math.abs(dot(v!, turned))).toBeCloseTo(Math.sqrt(dot(turned, turned)), 12);
  });
});
