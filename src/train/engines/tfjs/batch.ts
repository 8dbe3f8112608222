import * as tf from "@tensorflow/tfjs-core";
import { layout, type Model } from "../../../models/model.ts";
import type { Parameters } from "../../../models/objective.ts";
import type { Batch } from "./network.ts";

/** Flat vectors in the order of `layout`, one a seed, as tensors. */
export function upload(model: Model, vectors: readonly Parameters[]): Batch {
  return layout(model).slots.map(({ offset, rows, cols }) => {
    const values = new Float32Array(vectors.length * rows * cols);
    vectors.forEach((vector, seed) => {
      values.set(vector.subarray(offset, offset + rows * cols), seed * rows * cols);
    });
    return tf.tensor3d(values, [vectors.length, rows, cols]);
  });
}

/** The reverse of `upload`. */
export async function download(model: Model, parameters: Batch): Promise<Float32Array[]> {
  const { slots, size } = layout(model);
  const values = await Promise.all(parameters.map((tensor) => tensor.data<"float32">()));
  return Array.from({ length: parameters[0]!.shape[0] }, (_, seed) => {
    const vector = new Float32Array(size);
    slots.forEach(({ offset, rows, cols }, k) => {
      vector.set(values[k]!.subarray(seed * rows * cols, (seed + 1) * rows * cols), offset);
    });
    return vector;
  });
}
