import { autoencoder } from "../src/models/autoencoder.ts";
import { initialise } from "../src/models/initialise.ts";
import type { Model } from "../src/models/model.ts";
import { loss } from "../src/models/objective.ts";
import { type Recipe, rates, recipe } from "../src/train/recipe.ts";
import { trainBaseline } from "./baseline.ts";
import { trainSoftmaxBaseline } from "./baseline-softmax.ts";

/** One of the models that are timed, n → d → n on one-hot data. */
export interface Kind {
  readonly name: string;
  /** Its name for peers.py; null where that does not know it. */
  readonly key: "tied-relu" | "untied-softmax" | null;
  readonly model: (features: number, hidden: number) => Model;
  /** A constant rate at which it trains at this size without amplifying rounding errors. */
  readonly rate: (features: number) => number;
  /** Trains a seed in plain JavaScript and gives the loss it ends with. */
  readonly baseline: (model: Model, training: Recipe, seed: number) => number;
}

export const kinds: readonly Kind[] = [
  {
    name: "tied ReLU, squared error",
    key: "tied-relu",
    model: (features, hidden) => autoencoder({ features, hidden, nonlinearity: "relu", loss: "mse" }),
    rate: (features) => features / 10,
    baseline(model, training, seed) {
      const [features, hidden] = [model.sizes[0]!, model.sizes[1]!];
      const start = initialise(model, seed);
      const weights = transposed(start, hidden, features);
      trainBaseline(weights, hidden, rates(training));
      return loss(model, transposed(weights, features, hidden));
    },
  },
  {
    name: "untied softmax, cross-entropy",
    key: "untied-softmax",
    model: (features, hidden) => autoencoder({ features, hidden, loss: "cross-entropy", tied: false }),
    rate: (features) => features / 100,
    baseline(model, training, seed) {
      const [features, hidden] = [model.sizes[0]!, model.sizes[1]!];
      const end = initialise(model, seed);
      const embedding = transposed(end.subarray(0, hidden * features), hidden, features);
      trainSoftmaxBaseline(embedding, end.subarray(hidden * features), hidden, rates(training));
      end.set(transposed(embedding, features, hidden));
      return loss(model, end);
    },
  },
  {
    name: "tied softmax, cross-entropy",
    key: null,
    model: (features, hidden) => autoencoder({ features, hidden, loss: "cross-entropy" }),
    rate: (features) => features / 100,
    baseline(model, training, seed) {
      const [features, hidden] = [model.sizes[0]!, model.sizes[1]!];
      const weights = transposed(initialise(model, seed), hidden, features);
      trainSoftmaxBaseline(weights, weights, hidden, rates(training));
      return loss(model, transposed(weights, features, hidden));
    },
  },
];

export const training = (kind: Kind, features: number, steps: number) => recipe({ steps, rate: kind.rate(features) });

/** Of a [rows × cols] matrix. */
function transposed(matrix: Float32Array, rows: number, cols: number): Float32Array {
  return matrix.map((_, k) => matrix[(k % rows) * cols + Math.floor(k / rows)]!);
}
