import * as tf from "@tensorflow/tfjs-core";
import { layout, type Model, type Nonlinearity } from "../../../models/model.ts";
import { terms } from "../../../models/objective.ts";

/** Tensors of many seeds: one for each slot of `layout`, in its order, [seeds × rows × cols]. */
export type Batch = readonly tf.Tensor3D[];

const nonlinearity: Readonly<Record<Nonlinearity, (x: tf.Tensor3D) => tf.Tensor3D>> = {
  identity: (x) => x,
  relu: (x) => tf.relu(x),
  // The CPU backend's erf (Abramowitz & Stegun 7.1.26) is within 1.5e-7, its slope is exact.
  gelu: (x) => tf.mul(x, tf.mul(0.5, tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2))))),
};

export type Network = ReturnType<typeof createNetwork>;

/**
 * A model's losses as TensorFlow.js operations, their gradient by its automatic differentiation. Uploads the model's data;
 * samples are columns, so that a layer is W x + b as it is written.
 */
export function createNetwork(model: Model) {
  const { slots } = layout(model);
  const slotAt = (name: string) => slots.findIndex((slot) => slot.name === name);
  const last = model.layers.length - 1;
  const samples = model.data.inputs.length;
  const inputs = columns(model.data.inputs);
  const targets = columns(model.data.targets);

  /** W x of layer i for every seed, [seeds × outputs × samples]; `x` null: the data, which all seeds share. */
  const multiply = (parameters: Batch, i: number, x: tf.Tensor3D | null): tf.Tensor3D => {
    if (model.tied && i === last) return tf.matMul(parameters[slotAt("weight0")]!, x!, true);
    const weight = parameters[slotAt(`weight${i}`)]!;
    if (x) return tf.matMul(weight, x);
    const [seeds, outputs, features] = weight.shape;
    return tf.reshape(tf.matMul(tf.reshape(weight, [seeds * outputs, features]), inputs), [seeds, outputs, samples]);
  };

  const losses = (parameters: Batch): tf.Tensor1D => {
    let x: tf.Tensor3D | null = null;
    for (const [i, layer] of model.layers.entries()) {
      const product = multiply(parameters, i, x);
      const sum: tf.Tensor3D = layer.bias ? tf.add(product, parameters[slotAt(`bias${i}`)]!) : product;
      x = nonlinearity[layer.nonlinearity](sum);
    }
    const output: tf.Tensor3D = model.scale === null ? x! : tf.mul(x!, parameters[slotAt("scale")]!);
    const each =
      model.loss === "mse"
        ? tf.squaredDifference(output, targets)
        : tf.neg(tf.mul(logSoftmaxOfColumns(output), targets));
    return tf.div(tf.sum(each, [1, 2]), terms(model));
  };

  return {
    /** The mean loss of each seed, [seeds]. Its tensors are the caller's to dispose of. */
    losses: (parameters: Batch) => tf.tidy(() => losses(parameters)),
    /** The gradient of each seed's mean loss by the slots that train; null for frozen ones. */
    gradients(parameters: Batch): (tf.Tensor3D | null)[] {
      const training = parameters.filter((_, k) => !slots[k]!.frozen);
      // The sum over seeds: no seed's loss depends on another's parameters.
      const found = tf.grads((...changed) => {
        const next = changed.values() as IterableIterator<tf.Tensor3D>;
        return tf.sum(losses(parameters.map((p, k) => (slots[k]!.frozen ? p : next.next().value!))));
      })([...training]) as tf.Tensor3D[];
      const next = found.values();
      return slots.map((slot) => (slot.frozen ? null : next.next().value!));
    },
    /** Frees the data. */
    dispose: () => tf.dispose([inputs, targets]),
  };
}

function columns(rows: readonly (readonly number[])[]): tf.Tensor2D {
  return tf.tidy(() => tf.transpose(tf.tensor2d(rows as number[][])));
}

/** tf.logSoftmax takes the last axis only. */
function logSoftmaxOfColumns(x: tf.Tensor3D): tf.Tensor3D {
  return tf.transpose(tf.logSoftmax(tf.transpose(x, [0, 2, 1])), [0, 2, 1]);
}
