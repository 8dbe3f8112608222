import { unpack } from "./layers.ts";
import type { Model } from "./model.ts";
import { scalars } from "./nonlinearity.ts";
import type { Parameters } from "./objective.ts";

/**
 * How the outputs of a two-layer model with a linear bottleneck answer single features: `[i][j]` is what reaches output j
 * before its nonlinearity when feature i is active alone, u_j·(w_i + a) + b_j (a the hidden bias, 0 where there is none).
 */
export function preactivations(model: Model, parameters: Parameters): number[][] {
  const { embedding, read, bias, features } = parts(model, parameters);
  return Array.from({ length: features }, (_, i) => {
    const h = embedding(i);
    return Array.from({ length: features }, (_, j) => read(j, h) + bias(j));
  });
}

/** The diagonal of `preactivations`, [features]: what reaches a feature's own output when it is active alone. */
export function ownPreactivations(model: Model, parameters: Parameters): number[] {
  const { embedding, read, bias, features } = parts(model, parameters);
  return Array.from({ length: features }, (_, i) => read(i, embedding(i)) + bias(i));
}

/** A feature's own output when it is active alone, [features]: after the nonlinearity and the scale. 1 is perfect. */
export function ownOutputs(model: Model, parameters: Parameters): number[] {
  const { value } = scalars[model.layers.at(-1)!.nonlinearity];
  const factor = unpack(model, parameters).scale?.[0] ?? 1;
  return ownPreactivations(model, parameters).map((z) => factor * value(z));
}

function parts(model: Model, parameters: Parameters) {
  const { weights, biases } = unpack(model, parameters);
  const [features, hidden] = [model.sizes[0]!, model.sizes[1]!];
  const [into, out] = [weights[0]!, weights[1]!];
  const rows = Array.from({ length: hidden }, (_, k) => k);
  return {
    features,
    embedding: (i: number) => rows.map((k) => into[k * features + i]! + (biases[0]?.[k] ?? 0)),
    read: (j: number, h: readonly number[]) => rows.reduce((sum, k) => sum + out[j * hidden + k]! * h[k]!, 0),
    bias: (j: number) => biases[1]?.[j] ?? 0,
  };
}
