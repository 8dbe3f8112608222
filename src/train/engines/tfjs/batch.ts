import * as tf from "@tensorflow/tfjs-core";
import { layout, type Model } from "../../../models/model.ts";
import type { Parameters } from "../../../models/objective.ts";
import type { Batch } from "./network.ts";

/** Flat vectors in the order of `layout`, one a seed, as tensors, up to a multiple of `multiple` by repeating the last. */
export function upload(model: Model, vectors: readonly Parameters[], multiple = 1): Batch {
  const seeds = Math.ceil(vectors.length / multiple) * multiple;
  return layout(model).slots.map(({ offset, rows, cols }) => {
    const values = new Float32Array(seeds * rows * cols);
    for (let seed = 0; seed < seeds; seed++) {
      const vector = vectors[Math.min(seed, vectors.length - 1)]!;
      values.set(vector.subarray(offset, offset + rows * cols), seed * rows * cols);
    }
    return tf.tensor3d(values, [seeds, rows, cols]);
  });
}

/** The reverse of `upload`, with the repeated ones. */
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
