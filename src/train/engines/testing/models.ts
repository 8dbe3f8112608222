import { autoencoder } from "../../../models/autoencoder.ts";
import { kHot, permuted, sparseUniform } from "../../../models/data/data.ts";
import { type Model, validate } from "../../../models/model.ts";
import { withAmplitudes } from "../../../models/testing/amplitudes.ts";

type Options = Partial<Parameters<typeof autoencoder>[0]>;
const seven = (options: Options) => autoencoder({ features: 7, hidden: 2, loss: "mse", ...options });
const five = (options: Options) => seven({ features: 5, ...options });
const one = (options: Options, layer: Model["layers"][number]) =>
  validate({ ...five({ features: 4, ...options }), sizes: [4, 4], layers: [layer], tied: false });

const relu = { nonlinearity: "relu" } as const;
const gelu = { nonlinearity: "gelu" } as const;
const softmax = { loss: "cross-entropy" } as const;
const untied = { tied: false } as const;
const biased = { outputBias: true } as const;
const bothBiased = { hiddenBias: true, outputBias: true } as const;
const movedTargets = permuted(five({ features: 7 }).data, [3, 1, 0, 2, 6, 4, 5]);

function chain(options: Partial<Model>): Model {
  const layers = (["identity", "relu", "gelu", "relu"] as const).map((nonlinearity) => ({
    nonlinearity,
    bias: true,
  }));
  return validate({ ...five(relu), sizes: [5, 8, 3, 8, 5], layers, ...options });
}

/** A model of every kind that the hypotheses train, and of every path through a kernel: sizes 2, 3 and any, odd and even n. */
export const exampleModels: Readonly<Record<string, Model>> = {
  "tied ReLU, d = 2": seven(relu),
  "tied ReLU, d = 3": seven({ features: 10, hidden: 3, ...relu }),
  "tied ReLU, d = 5": seven({ features: 9, hidden: 5, ...relu }),
  "tied ReLU, d = 1": seven({ features: 4, hidden: 1, ...relu }),
  "tied GELU, d = 2": seven({ features: 8, ...gelu }),
  "tied GELU, d = 3": seven({ hidden: 3, ...gelu }),
  "tied linear": seven({}),
  "tied ReLU with output bias, d = 2": seven({ ...relu, ...biased }),
  "tied ReLU with output bias, d = 4": seven({ hidden: 4, ...relu, ...biased }),
  "tied GELU with output bias, d = 3": seven({ features: 8, hidden: 3, ...gelu, ...biased }),
  "tied ReLU with hidden bias": seven({ ...relu, hiddenBias: true }),
  "tied with ReLU in the bottleneck": seven({ ...relu, hiddenNonlinearity: "relu" }),
  "untied ReLU": seven({ ...relu, ...untied }),
  "untied ReLU with both biases, d = 3": seven({ hidden: 3, ...relu, ...untied, ...bothBiased }),
  "untied GELU with both biases, d = 4": seven({ hidden: 4, ...gelu, ...untied, ...bothBiased }),
  "untied linear": seven(untied),
  "untied softmax": seven({ ...softmax, ...untied }),
  "untied softmax, d = 5": seven({ hidden: 5, ...softmax, ...untied }),
  "untied softmax with both biases, d = 3": seven({ features: 8, hidden: 3, ...softmax, ...untied, ...bothBiased }),
  "tied softmax": seven(softmax),
  "tied softmax, d = 5": seven({ features: 8, hidden: 5, ...softmax }),
  "tied softmax with output bias, d = 3": seven({ hidden: 3, ...softmax, ...biased }),
  "tied softmax with unit norm and output bias": seven({ ...softmax, unitNorm: true, ...biased }),
  "tied softmax with GELU in the bottleneck": seven({ ...softmax, hiddenNonlinearity: "gelu" }),
  "tied softmax of long columns, d = 3": seven({
    hidden: 3,
    ...softmax,
    ...biased,
    initialisation: { scheme: "torch", gain: { weight0: 30, bias1: 30 } },
  }),
  "softmax with scale": seven({ ...softmax, scale: 2 }),
  "unit norm and scale": seven({ ...relu, unitNorm: true, scale: 1.5 }),
  "unit norm, tied, fast path": seven({ ...relu, unitNorm: true, ...biased }),
  "four layers, tied, all nonlinearities": chain({ tied: true }),
  "one layer": one(gelu, { nonlinearity: "gelu", bias: true }),
  "one layer, softmax": one(softmax, { nonlinearity: "identity", bias: true }),
  "frozen embedding": seven({ ...relu, ...untied, ...biased, frozen: ["weight0"] }),
  "frozen bias": seven({ ...relu, ...biased, frozen: ["bias1"] }),
  "frozen embedding under softmax": seven({ ...softmax, ...untied, frozen: ["weight0"] }),
  "frozen embedding and scale": seven({ ...relu, ...untied, scale: 1.5, frozen: ["weight0"] }),
  "frozen unembedding": seven({ ...gelu, ...untied, ...biased, frozen: ["weight1"] }),
  "four layers, the lower ones frozen": chain({
    ...untied,
    frozen: ["weight0", "bias0", "weight1", "bias1"],
  }),
  "frozen weight, tied": seven({ ...relu, ...biased, frozen: ["weight0"] }),
  "amplitudes in place of 1": seven({ ...relu, data: withAmplitudes([0.5, 1, 1.5, 0.25, 0.75, 1, 2]) }),
  "2-hot data": five({ ...relu, ...biased, data: kHot(5, 2) }),
  "2-hot targets under softmax": five({ ...softmax, data: kHot(5, 2) }),
  "amplitudes under softmax with scale": five({
    ...softmax,
    scale: 2,
    data: withAmplitudes([0.5, 1, 1.5, 0.25, 2]),
  }),
  "2-hot data, untied and linear, with scale": five({ ...untied, scale: 1.5, data: kHot(5, 2) }),
  "2-hot targets under softmax, unit norm and scale": five({
    ...softmax,
    unitNorm: true,
    scale: 2,
    data: kHot(5, 2),
  }),
  "2-hot data, untied and linear": five({ ...untied, data: kHot(5, 2) }),
  "sparse data": five({ ...gelu, data: sparseUniform(5, { sparsity: 0.6, samples: 20, seed: 1 }) }),
  "permuted targets": seven({ ...relu, ...untied, data: movedTargets }),
  "permuted targets, tied": seven({ ...relu, data: movedTargets }),
};
