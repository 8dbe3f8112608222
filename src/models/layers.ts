import { layout, type Model } from "./model.ts";
import { scalars } from "./nonlinearity.ts";
import type { Parameters } from "./objective.ts";

/** A flat vector in the shape of the network: the parameters themselves, a direction, or a derivative. */
export interface Layers {
  /** [outputs × inputs] a layer, row-major; the last of a tied model has an array of its own. */
  readonly weights: readonly Float64Array[];
  /** [outputs] a layer, or undefined where the layer has no bias. */
  readonly biases: readonly (Float64Array | undefined)[];
  /** [1], or undefined for a model without a scale. */
  readonly scale: Float64Array | undefined;
}

/** The layers of a flat vector in the order of `layout`. */
export function unpack(model: Model, flat: Parameters): Layers {
  const { slots } = layout(model);
  const read = (name: string) => {
    const slot = slots.find((s) => s.name === name);
    return slot && new Float64Array(flat.subarray(slot.offset, slot.offset + slot.rows * slot.cols));
  };
  const last = model.layers.length - 1;
  const weights = model.layers.map((_, i) => {
    if (!(model.tied && i === last)) return read(`weight${i}`)!;
    return transposed(read("weight0")!, model.sizes[1]!, model.sizes[0]!);
  });
  return { weights, biases: model.layers.map((_, i) => read(`bias${i}`)), scale: read("scale") };
}

/** The transpose of `unpack`: a derivative by each layer gathered by parameter, so that a tied weight gets both its parts. */
export function pack(model: Model, layers: Layers): Float64Array {
  const { slots, size } = layout(model);
  const flat = new Float64Array(size);
  for (const { kind, layer, offset } of slots)
    flat.set(
      kind === "weight" ? layers.weights[layer]! : kind === "bias" ? layers.biases[layer]! : layers.scale!,
      offset,
    );
  if (model.tied) {
    const second = transposed(layers.weights.at(-1)!, model.sizes[0]!, model.sizes[1]!);
    for (let k = 0; k < second.length; k++) flat[k] = flat[k]! + second[k]!;
  }
  return flat;
}

function transposed(matrix: Float64Array, rows: number, cols: number): Float64Array {
  const out = new Float64Array(matrix.length);
  for (let col = 0, k = 0; col < cols; col++)
    for (let row = 0; row < rows; row++, k++) out[k] = matrix[row * cols + col]!;
  return out;
}

/** Layer by layer for one sample: what goes in, and W x + b before the nonlinearity. */
export function sumsOf(model: Model, { weights, biases }: Layers, x: readonly number[]) {
  const inputs: Float64Array[] = [];
  const sums: Float64Array[] = [];
  let current: Float64Array = Float64Array.from(x);
  model.layers.forEach((layer, i) => {
    const sum = multiply(weights[i]!, current, biases[i] ?? new Float64Array(model.sizes[i + 1]!));
    inputs.push(current);
    sums.push(sum);
    current = applied(scalars[layer.nonlinearity].value, sum);
  });
  return { inputs, sums, activation: current };
}

/** A function of every number, into a new array. */
export function applied(f: (x: number) => number, to: Float64Array): Float64Array {
  const out = new Float64Array(to.length);
  for (let k = 0; k < out.length; k++) out[k] = f(to[k]!);
  return out;
}

/** matrix · x + plus, into a new array; quick for an x that is mostly 0. */
export function multiply(matrix: Float64Array, x: Float64Array, plus: Float64Array): Float64Array {
  const out = plus.slice();
  for (let col = 0; col < x.length; col++) {
    const value = x[col]!;
    if (value === 0) continue;
    for (let row = 0; row < out.length; row++) out[row] = out[row]! + matrix[row * x.length + col]! * value;
  }
  return out;
}

/**
 * How far the nearest ReLU is from its kink: the least |W x + b| over all ReLU units and samples, Infinity without a
 * ReLU. Second derivatives are those of the smooth piece the parameters lie in, so near 0 they describe little.
 */
export function kinkDistance(model: Model, parameters: Parameters): number {
  const layers = unpack(model, parameters);
  let least = Number.POSITIVE_INFINITY;
  for (const x of model.data.inputs) {
    const { sums } = sumsOf(model, layers, x);
    model.layers.forEach(({ nonlinearity }, i) => {
      if (nonlinearity === "relu") for (const sum of sums[i]!) least = Math.min(least, Math.abs(sum));
    });
  }
  return least;
}
