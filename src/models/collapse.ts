import { Matrix } from "ml-matrix";
import { fail } from "../util/check.ts";
import { indices } from "../util/numbers.ts";
import { unpack } from "./layers.ts";
import { type Model, validate } from "./model.ts";
import { network } from "./network.ts";
import type { Parameters } from "./objective.ts";

/** A model together with weights in the order of its `layout`. */
interface Weighted {
  readonly model: Model;
  readonly parameters: Parameters;
}

/**
 * The two-layer model that a chain of linear layers around a bottleneck is: all weights up to the bottleneck multiplied
 * into one, all after it into another, W_out = W_k…W_b and W_in = W_{b−1}…W_0. The chain may end in any nonlinearity; its
 * other layers must be linear, none may have a bias.
 *
 * @param bottleneck position of the bottleneck in `model.sizes`, neither the first nor the last
 */
export function collapse(model: Model, parameters: Parameters, bottleneck: number): Weighted {
  const { sizes, layers } = model;
  const last = layers.length - 1;
  if (!(Number.isInteger(bottleneck) && bottleneck > 0 && bottleneck <= last))
    fail("bottleneck", bottleneck, `a position from 1 to ${last} in the sizes`);
  const bent = layers.findIndex((layer, i) => layer.bias || (i < last && layer.nonlinearity !== "identity"));
  if (bent >= 0) fail(`layer ${bent}`, layers[bent], "no bias, and a nonlinearity in the last layer only");
  const weights = unpack(model, parameters).weights.map((w, i) => Matrix.from1DArray(sizes[i + 1]!, sizes[i]!, w));
  const product = (from: number, to: number) => weights.slice(from, to).reduce((before, next) => next.mmul(before));
  return {
    model: validate({
      ...model,
      sizes: [sizes[0]!, sizes[bottleneck]!, sizes[last + 1]!],
      layers: [layers[0]!, layers[last]!],
      tied: false,
      frozen: [],
      initialisation: { scheme: "torch" },
    }),
    parameters: Float64Array.from([
      ...product(0, bottleneck).to1DArray(),
      ...product(bottleneck, last + 1).to1DArray(),
    ]),
  };
}

/**
 * The other way round: a chain n → width → d → width → m that computes what an untied two-layer model n → d → m without
 * biases does, its wide layers holding the weights in their first rows and columns and zeros elsewhere.
 *
 * @param width of the two wide layers, at least d
 */
export function widen({ model, parameters }: Weighted, width: number): Weighted {
  const [features, hidden, outputs] = model.sizes as readonly [number, number, number];
  if (model.tied || model.layers.length !== 2 || model.layers.some((layer) => layer.bias))
    fail("model to widen", model.sizes, "an untied model of two layers without biases");
  if (!(Number.isInteger(width) && width >= hidden)) fail("width", width, `a whole number of at least ${hidden}`);
  const [embedding, unembedding] = unpack(model, parameters).weights as [Float64Array, Float64Array];
  const eye = (rows: number, cols: number) => Matrix.eye(rows, cols).to1DArray();
  return {
    model: network({
      sizes: [features, width, hidden, width, outputs],
      nonlinearities: ["identity", model.layers[0]!.nonlinearity, "identity", model.layers[1]!.nonlinearity],
      loss: model.loss,
      data: model.data,
    }),
    parameters: Float64Array.from([
      ...embedding,
      ...new Float64Array((width - hidden) * features),
      ...eye(hidden, width),
      ...eye(width, hidden),
      ...indices(outputs).flatMap((j) => indices(width).map((k) => (k < hidden ? unembedding[j * hidden + k]! : 0))),
    ]),
  };
}
