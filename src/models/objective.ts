import { layout, type Model, type Slot } from "./model.ts";
import { scalars } from "./nonlinearity.ts";

/** Any flat vector of parameters in the order of `layout`. */
export type Parameters = Float64Array | Float32Array;

/** What a forward pass of one sample leaves behind; `inputs[i]` and `sums[i]` are layer i's input and W x + b. */
export interface Pass {
  readonly inputs: Float64Array[];
  readonly sums: Float64Array[];
  /** After the last nonlinearity, before the scale. */
  readonly activation: Float64Array;
  /** After the scale, before any softmax. */
  readonly output: Float64Array;
}

interface Weight {
  readonly slot: Slot;
  readonly transposed: boolean;
}

/** The slots a model's passes need, found once. */
function structure(model: Model) {
  const { size, slot } = layout(model);
  const last = model.layers.length - 1;
  const weights = model.layers.map((_, i): Weight => {
    const transposed = model.tied && i === last;
    return { slot: slot(`weight${transposed ? 0 : i}`) as Slot, transposed };
  });
  const biases = model.layers.map((_, i) => slot(`bias${i}`));
  return { size, weights, biases, scale: slot("scale") };
}
type Structure = ReturnType<typeof structure>;

/** Position of W[row, col] in the flat vector. */
function at({ slot, transposed }: Weight, row: number, col: number): number {
  return slot.offset + (transposed ? col * slot.cols + row : row * slot.cols + col);
}

/** A copy in which the columns of weight0 have norm 1 where the model asks for it; else a float64 copy. */
export function project(model: Model, parameters: Parameters): Float64Array {
  const out = Float64Array.from(parameters);
  if (!model.unitNorm) return out;
  const [hidden, features] = [model.sizes[1] as number, model.sizes[0] as number];
  for (let j = 0; j < features; j++) {
    let square = 0;
    for (let i = 0; i < hidden; i++) square += (out[i * features + j] as number) ** 2;
    const norm = Math.sqrt(square);
    for (let i = 0; i < hidden; i++) out[i * features + j] = (out[i * features + j] as number) / norm;
  }
  return out;
}

function forwardOne(model: Model, s: Structure, p: Float64Array, x: readonly number[]): Pass {
  const inputs: Float64Array[] = [];
  const sums: Float64Array[] = [];
  let current = Float64Array.from(x);
  model.layers.forEach((layer, i) => {
    const weight = s.weights[i] as Weight;
    const bias = s.biases[i];
    const sum = new Float64Array(model.sizes[i + 1] as number);
    for (let row = 0; row < sum.length; row++) {
      let total = bias ? (p[bias.offset + row] as number) : 0;
      for (let col = 0; col < current.length; col++)
        total += (p[at(weight, row, col)] as number) * (current[col] as number);
      sum[row] = total;
    }
    inputs.push(current);
    sums.push(sum);
    current = sum.map(scalars[layer.nonlinearity].value);
  });
  const factor = s.scale ? (p[s.scale.offset] as number) : 1;
  return { inputs, sums, activation: current, output: current.map((y) => factor * y) };
}

/** The forward pass of every sample. */
export function passes(model: Model, parameters: Parameters): Pass[] {
  const s = structure(model);
  const p = project(model, parameters);
  return model.data.inputs.map((x) => forwardOne(model, s, p, x));
}

/** The network's outputs for every sample, [samples × outputs]; under cross-entropy these are the logits. */
export function forward(model: Model, parameters: Parameters): Float64Array[] {
  return passes(model, parameters).map(({ output }) => output);
}

/** log Σ exp, shifted by the largest entry so that nothing overflows. */
export function logSumExp(values: Float64Array): number {
  const top = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return top + Math.log(values.reduce((sum, v) => sum + Math.exp(v - top), 0));
}

/** How many terms the mean loss averages over: samples × outputs for MSE, samples for cross-entropy. */
export function terms(model: Model): number {
  const samples = model.data.inputs.length;
  return model.loss === "mse" ? samples * (model.sizes.at(-1) as number) : samples;
}

/** The summed (not averaged) loss of one sample, and its derivative by the outputs. */
export function lossOne(model: Model, output: Float64Array, target: readonly number[]) {
  if (model.loss === "mse") {
    const difference = output.map((y, k) => y - (target[k] as number));
    return { loss: difference.reduce((sum, e) => sum + e * e, 0), slope: difference.map((e) => 2 * e) };
  }
  const normaliser = logSumExp(output);
  const mass = target.reduce((a, b) => a + b, 0);
  let loss = 0;
  target.forEach((t, k) => {
    if (t !== 0) loss += t * (normaliser - (output[k] as number));
  });
  return {
    loss,
    slope: output.map((y, k) => mass * Math.exp(y - normaliser) - (target[k] as number)),
  };
}

/** The mean loss that training minimises. */
export function loss(model: Model, parameters: Parameters): number {
  const outputs = forward(model, parameters);
  const total = outputs.reduce(
    (sum, y, k) => sum + lossOne(model, y, model.data.targets[k] as readonly number[]).loss,
    0,
  );
  return total / terms(model);
}

/**
 * The mean loss and its gradient by every parameter (frozen ones too), in the order of `layout`, in float64: the
 * definition that the engines are held to. The gradient is taken at the projected point of a unit-norm model
 * and does not go through the projection, as in the note's own runs.
 */
export function gradient(model: Model, parameters: Parameters): { loss: number; gradient: Float64Array } {
  const s = structure(model);
  const p = project(model, parameters);
  const out = new Float64Array(s.size);
  const add = (k: number, x: number) => {
    out[k] = (out[k] as number) + x;
  };
  let total = 0;
  model.data.inputs.forEach((x, sample) => {
    const pass = forwardOne(model, s, p, x);
    const { loss, slope } = lossOne(model, pass.output, model.data.targets[sample] as readonly number[]);
    total += loss;
    // δ: derivative of the summed loss by the current layer's output, going down.
    let delta = slope;
    if (s.scale) {
      const factor = p[s.scale.offset] as number;
      for (let k = 0; k < delta.length; k++) add(s.scale.offset, (delta[k] as number) * (pass.activation[k] as number));
      delta = delta.map((e) => e * factor);
    }
    for (let i = model.layers.length - 1; i >= 0; i--) {
      const { slope: derivative } = scalars[model.layers[i]!.nonlinearity];
      const weight = s.weights[i] as Weight;
      const bias = s.biases[i];
      const input = pass.inputs[i] as Float64Array;
      const below = new Float64Array(input.length);
      const sums = pass.sums[i] as Float64Array;
      for (let row = 0; row < sums.length; row++) {
        const e = (delta[row] as number) * derivative(sums[row] as number);
        if (e === 0) continue;
        if (bias) add(bias.offset + row, e);
        for (let col = 0; col < input.length; col++) {
          const k = at(weight, row, col);
          add(k, e * (input[col] as number));
          below[col] = (below[col] as number) + e * (p[k] as number);
        }
      }
      delta = below;
    }
  });
  const count = terms(model);
  return { loss: total / count, gradient: out.map((g) => g / count) };
}

/**
 * Euclidean norm of the *summed* loss's gradient over the parameters that train; for unit-norm columns only the part
 * tangential to the sphere counts. Summed rather than mean, so that a tolerance means the same at every n.
 */
export function gradientNorm(model: Model, parameters: Parameters): number {
  const { slots } = layout(model);
  const p = project(model, parameters);
  const g = gradient(model, p).gradient.map((x) => x * terms(model));
  if (model.unitNorm) removeRadial(model, p, g);
  let square = 0;
  for (const slot of slots)
    if (!slot.frozen)
      for (let k = slot.offset; k < slot.offset + slot.rows * slot.cols; k++) square += (g[k] as number) ** 2;
  return Math.sqrt(square);
}

function removeRadial(model: Model, p: Float64Array, g: Float64Array): void {
  const [features, hidden] = [model.sizes[0] as number, model.sizes[1] as number];
  for (let j = 0; j < features; j++) {
    let radial = 0;
    for (let i = 0; i < hidden; i++) radial += (g[i * features + j] as number) * (p[i * features + j] as number);
    for (let i = 0; i < hidden; i++)
      g[i * features + j] = (g[i * features + j] as number) - radial * (p[i * features + j] as number);
  }
}
