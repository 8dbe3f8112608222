import { indices } from "../util/numbers.ts";
import { type Layers, unpack } from "./layers.ts";
import type { Model } from "./model.ts";
import { scalars } from "./nonlinearity.ts";
import type { Parameters } from "./objective.ts";

/**
 * How the outputs of a two-layer model with a linear bottleneck answer single features: `[i][j]` is what reaches output j
 * before its nonlinearity when feature i is active alone, u_j·(w_i + a) + b_j (a the hidden bias, 0 where there is none).
 */
export function preactivations(model: Model, parameters: Parameters): number[][] {
  const { weights, biases } = unpack(model, parameters);
  const [features, hidden] = [model.sizes[0]!, model.sizes[1]!];
  const [into, out] = [weights[0]!, weights[1]!];
  const read = (j: number, h: readonly number[]) => h.reduce((sum, x, k) => sum + out[j * hidden + k]! * x, 0);
  const bias = (j: number) => biases[1]?.[j] ?? 0;
  return indices(features).map((i) => {
    const h = indices(hidden).map((k) => into[k * features + i]! + (biases[0]?.[k] ?? 0));
    return indices(features).map((j) => read(j, h) + bias(j));
  });
}

/** The diagonal of `preactivations`, [features]: what reaches a feature's own output when it is active alone. */
export function ownPreactivations(model: Model, parameters: Parameters): number[] {
  return ownOf(model, unpack(model, parameters));
}

/** A feature's own output when it is active alone, [features]: after the nonlinearity and the scale. 1 is perfect. */
export function ownOutputs(model: Model, parameters: Parameters): number[] {
  const { value } = scalars[model.layers.at(-1)!.nonlinearity];
  const layers = unpack(model, parameters);
  const factor = layers.scale?.[0] ?? 1;
  return ownOf(model, layers).map((z) => factor * value(z));
}

/** Written out, because dynamics ask for it at every checkpoint of every run. */
function ownOf(model: Model, { weights, biases }: Layers): number[] {
  const [features, hidden] = [model.sizes[0]!, model.sizes[1]!];
  const [into, out] = [weights[0]!, weights[1]!];
  const [hiddenBias, outputBias] = [biases[0], biases[1]];
  const own: number[] = [];
  for (let i = 0; i < features; i++) {
    let sum = 0;
    for (let k = 0; k < hidden; k++)
      sum += out[i * hidden + k]! * (into[k * features + i]! + (hiddenBias ? hiddenBias[k]! : 0));
    own.push(sum + (outputBias ? outputBias[i]! : 0));
  }
  return own;
}
