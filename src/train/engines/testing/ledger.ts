import { autoencoder } from "../../../models/autoencoder.ts";
import { kHot, oneHot, permuted, sparseUniform } from "../../../models/data/data.ts";
import { type Model, validate } from "../../../models/model.ts";

const relu = { nonlinearity: "relu", loss: "mse" } as const;
const gelu = { nonlinearity: "gelu", loss: "mse" } as const;
const linear = { nonlinearity: "identity", loss: "mse" } as const;
const softmax = { loss: "cross-entropy" } as const;
const small = { features: 7, hidden: 2 };

function chain(options: Partial<Model> = { tied: true }): Model {
  const layers = (["identity", "relu", "gelu", "relu"] as const).map((nonlinearity) => ({
    nonlinearity,
    bias: true,
  }));
  return validate({
    ...autoencoder({ features: 5, hidden: 2, ...relu }),
    sizes: [5, 8, 3, 8, 5],
    layers,
    ...options,
  });
}

/** A model of every kind that the hypotheses train, and of every path through a kernel: sizes 2, 3 and any, odd and even n. */
export const ledger: Readonly<Record<string, Model>> = {
  "tied ReLU, d = 2": autoencoder({ ...small, ...relu }),
  "tied ReLU, d = 3": autoencoder({ features: 10, hidden: 3, ...relu }),
  "tied ReLU, d = 5": autoencoder({ features: 9, hidden: 5, ...relu }),
  "tied ReLU, d = 1": autoencoder({ features: 4, hidden: 1, ...relu }),
  "tied GELU, d = 2": autoencoder({ features: 8, hidden: 2, ...gelu }),
  "tied GELU, d = 3": autoencoder({ ...small, hidden: 3, ...gelu }),
  "tied linear": autoencoder({ ...small, ...linear }),
  "tied ReLU with output bias, d = 2": autoencoder({ ...small, ...relu, outputBias: true }),
  "tied ReLU with output bias, d = 4": autoencoder({ ...small, hidden: 4, ...relu, outputBias: true }),
  "tied GELU with output bias, d = 3": autoencoder({ features: 8, hidden: 3, ...gelu, outputBias: true }),
  "tied ReLU with hidden bias": autoencoder({ ...small, ...relu, hiddenBias: true }),
  "tied with ReLU in the bottleneck": autoencoder({ ...small, ...relu, hiddenNonlinearity: "relu" }),
  "untied ReLU": autoencoder({ ...small, ...relu, tied: false }),
  "untied ReLU with both biases, d = 3": autoencoder({
    ...small,
    hidden: 3,
    ...relu,
    tied: false,
    hiddenBias: true,
    outputBias: true,
  }),
  "untied GELU with both biases, d = 4": autoencoder({
    ...small,
    hidden: 4,
    ...gelu,
    tied: false,
    hiddenBias: true,
    outputBias: true,
  }),
  "untied linear": autoencoder({ ...small, ...linear, tied: false }),
  "untied softmax": autoencoder({ ...small, ...softmax, tied: false }),
  "untied softmax, d = 5": autoencoder({ ...small, hidden: 5, ...softmax, tied: false }),
  "tied softmax with output bias, d = 3": autoencoder({ ...small, hidden: 3, ...softmax, outputBias: true }),
  "softmax with scale": autoencoder({ ...small, ...softmax, scale: 2 }),
  "unit norm and scale": autoencoder({ ...small, ...relu, unitNorm: true, scale: 1.5 }),
  "unit norm, tied, fast path": autoencoder({ ...small, ...relu, unitNorm: true, outputBias: true }),
  "four layers, tied, all nonlinearities": chain(),
  "one layer": validate({
    ...autoencoder({ features: 4, hidden: 2, ...gelu }),
    sizes: [4, 4],
    layers: [{ nonlinearity: "gelu", bias: true }],
    tied: false,
  }),
  "one layer, softmax": validate({
    ...autoencoder({ features: 4, hidden: 2, ...softmax }),
    sizes: [4, 4],
    layers: [{ nonlinearity: "identity", bias: true }],
    tied: false,
  }),
  "frozen embedding": autoencoder({ ...small, ...relu, tied: false, outputBias: true, frozen: ["weight0"] }),
  "frozen bias": autoencoder({ ...small, ...relu, outputBias: true, frozen: ["bias1"] }),
  "frozen embedding under softmax": autoencoder({ ...small, ...softmax, tied: false, frozen: ["weight0"] }),
  "frozen embedding and scale": autoencoder({
    ...small,
    ...relu,
    tied: false,
    scale: 1.5,
    frozen: ["weight0"],
  }),
  "frozen unembedding": autoencoder({
    ...small,
    ...gelu,
    tied: false,
    outputBias: true,
    frozen: ["weight1"],
  }),
  "four layers, the lower ones frozen": chain({
    tied: false,
    frozen: ["weight0", "bias0", "weight1", "bias1"],
  }),
  "frozen weight, tied": autoencoder({ ...small, ...relu, outputBias: true, frozen: ["weight0"] }),
  "amplitudes in place of 1": autoencoder({
    ...small,
    ...relu,
    data: oneHot(7, [0.5, 1, 1.5, 0.25, 0.75, 1, 2]),
  }),
  "2-hot data": autoencoder({ features: 5, hidden: 2, ...relu, outputBias: true, data: kHot(5, 2) }),
  "2-hot targets under softmax": autoencoder({ features: 5, hidden: 2, ...softmax, data: kHot(5, 2) }),
  "amplitudes under softmax with scale": autoencoder({
    features: 5,
    hidden: 2,
    ...softmax,
    scale: 2,
    data: oneHot(5, [0.5, 1, 1.5, 0.25, 2]),
  }),
  "2-hot data, untied and linear, with scale": autoencoder({
    features: 5,
    hidden: 2,
    ...linear,
    tied: false,
    scale: 1.5,
    data: kHot(5, 2),
  }),
  "2-hot targets under softmax, unit norm and scale": autoencoder({
    features: 5,
    hidden: 2,
    ...softmax,
    unitNorm: true,
    scale: 2,
    data: kHot(5, 2),
  }),
  "2-hot data, untied and linear": autoencoder({
    features: 5,
    hidden: 2,
    ...linear,
    tied: false,
    data: kHot(5, 2),
  }),
  "sparse data": autoencoder({
    features: 5,
    hidden: 2,
    ...gelu,
    data: sparseUniform(5, { sparsity: 0.6, samples: 20, seed: 1 }),
  }),
  "permuted targets": autoencoder({
    ...small,
    ...relu,
    tied: false,
    data: permuted(oneHot(7), [3, 1, 0, 2, 6, 4, 5]),
  }),
  "permuted targets, tied": autoencoder({
    ...small,
    ...relu,
    data: permuted(oneHot(7), [3, 1, 0, 2, 6, 4, 5]),
  }),
};
