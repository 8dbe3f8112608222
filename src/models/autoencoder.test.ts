import { expect, test } from "vitest";
import { type AutoencoderOptions, autoencoder } from "./autoencoder.ts";
import { kHot, oneHot } from "./data/data.ts";

test("by default it is tied and linear, without biases, on one-hot data", () => {
  expect(autoencoder({ features: 5, hidden: 2, loss: "mse" })).toEqual({
    sizes: [5, 2, 5],
    layers: [
      { nonlinearity: "identity", bias: false },
      { nonlinearity: "identity", bias: false },
    ],
    tied: true,
    unitNorm: false,
    scale: null,
    frozen: [],
    loss: "mse",
    data: oneHot(5),
    initialisation: { scheme: "torch" },
  });
});

test("every option finds its place", () => {
  const initialisation = { scheme: "torch", gain: { weight0: 2 } } as const;
  expect(
    autoencoder({
      features: 3,
      hidden: 4,
      loss: "mse",
      nonlinearity: "gelu",
      hiddenNonlinearity: "relu",
      tied: false,
      hiddenBias: true,
      outputBias: false,
      unitNorm: true,
      scale: 0,
      frozen: ["weight1"],
      data: kHot(3, 2),
      initialisation,
    }),
  ).toEqual({
    sizes: [3, 4, 3],
    layers: [
      { nonlinearity: "relu", bias: true },
      { nonlinearity: "gelu", bias: false },
    ],
    tied: false,
    unitNorm: true,
    scale: 0,
    frozen: ["weight1"],
    loss: "mse",
    data: kHot(3, 2),
    initialisation,
  });
});

test("an output bias is the last layer's, and a scheme may be given by name", () => {
  const model = autoencoder({
    features: 3,
    hidden: 1,
    loss: "cross-entropy",
    outputBias: true,
    initialisation: "torch-tied-bias",
  });
  expect(model.layers.map((layer) => layer.bias)).toEqual([false, true]);
  expect(model.initialisation).toEqual({ scheme: "torch-tied-bias" });
  expect(model.loss).toBe("cross-entropy");
});

test.each<[Partial<Record<keyof AutoencoderOptions, unknown>>, string]>([
  [{ features: 2.5 }, "invalid features: 2.5; expected a whole number of at least 1"],
  [{ features: "10" }, 'invalid features: "10"'],
  [{ hidden: 0 }, "invalid hidden: 0; expected a whole number of at least 1"],
  [{ nonlinearity: "tanh" }, 'invalid nonlinearity: "tanh"; expected "identity" or "relu" or "gelu"'],
  [{ data: oneHot(4) }, 'invalid inputs of data "one-hot": [1,0,0,0]; expected 5 numbers a sample'],
])("rejects %o", (change, message) => {
  const options = { features: 5, hidden: 2, loss: "mse", ...change } as AutoencoderOptions;
  expect(() => autoencoder(options)).toThrow(message);
});
