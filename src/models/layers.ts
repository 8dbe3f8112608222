import { layout, type Model } from "./model.ts";
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
  const read = (name: string) => {
    const slot = layout(model).slot(name);
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
