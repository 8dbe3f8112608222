import { network } from "../../src/index.ts";

/** n → bottleneck → 32 → ReLU → n: a hidden layer of 32 after the bottleneck, with biases from there on where asked for. */
export const withHiddenLayer = (
  loss: "cross-entropy" | "mse",
  features: number,
  { bottleneck = 2, biases = false } = {},
) =>
  network({
    sizes: [features, bottleneck, 32, features],
    nonlinearities: ["identity", "relu", "identity"],
    biases: [false, biases, biases],
    loss,
  });
