import { InputError } from "./check.ts";
import { type Layers, multiply, pack, sumsOf, unpack } from "./layers.ts";
import type { Model } from "./model.ts";
import { scalars } from "./nonlinearity.ts";
import { logSumExp, type Parameters, terms } from "./objective.ts";

/** What is known of one sample before any direction is chosen. The arrays are per layer where they are nested. */
interface Linearised {
  readonly inputs: readonly Float64Array[];
  readonly slopes: readonly Float64Array[];
  readonly curvatures: readonly Float64Array[];
  readonly activation: Float64Array;
  /** Derivative of the summed loss by the output (after the scale). */
  readonly error: Float64Array;
  /** Softmax of the output, times the target's total; undefined for MSE. */
  readonly mass: { readonly total: number; readonly probabilities: Float64Array } | undefined;
}

/**
 * Products of the mean loss's Hessian with directions, exact and in float64, over every parameter (frozen ones too).
 * Returns a function from a direction in the order of `layout` to H · direction.
 *
 * Pearlmutter's R-operator ("Fast exact multiplication by the Hessian", 1994): the forward and backward pass of `gradient`,
 * differentiated along the direction. At a ReLU's kink the derivatives are 0, as everywhere in the project.
 * Throws InputError for a unit-norm model, whose second derivatives would have to follow the sphere.
 */
export function hessianVectorProduct(
  model: Model,
  parameters: Parameters,
): (direction: Parameters) => Float64Array {
  if (model.unitNorm)
    throw new InputError("second derivatives are not supported for a model with unit-norm columns");
  const p = unpack(model, parameters);
  const samples = model.data.inputs.map((x, k) => linearise(model, p, x, model.data.targets[k]!));
  const count = terms(model);
  return (direction) => {
    const r = unpack(model, direction);
    const out: Layers = {
      weights: p.weights.map((w) => new Float64Array(w.length)),
      biases: p.biases.map((b) => b && new Float64Array(b.length)),
      scale: p.scale && new Float64Array(1),
    };
    for (const sample of samples) addProduct(model, p, r, sample, out);
    return pack(model, out).map((h) => h / count);
  };
}

function linearise(model: Model, p: Layers, x: readonly number[], target: readonly number[]): Linearised {
  const { inputs, sums, activation } = sumsOf(model, p, x);
  const of = (what: "slope" | "curvature") =>
    sums.map((sum, i) => sum.map(scalars[model.layers[i]!.nonlinearity][what]));
  const factor = p.scale?.[0] ?? 1;
  const output = activation.map((a) => factor * a);
  const known = { inputs, slopes: of("slope"), curvatures: of("curvature"), activation };
  if (model.loss === "mse")
    return { ...known, error: output.map((y, k) => 2 * (y - target[k]!)), mass: undefined };
  const normaliser = logSumExp(output);
  const total = target.reduce((a, b) => a + b, 0);
  const probabilities = output.map((y) => Math.exp(y - normaliser));
  return {
    ...known,
    error: probabilities.map((q, k) => total * q - target[k]!),
    mass: { total, probabilities },
  };
}

/** Adds one sample's part. Names starting with r are derivatives along the direction `r` of what follows. */
function addProduct(model: Model, p: Layers, r: Layers, sample: Linearised, out: Layers): void {
  const { inputs, slopes, curvatures, activation, error, mass } = sample;
  // Up: the derivatives of each layer's sums and output.
  const rInputs: Float64Array[] = [];
  const rSums: Float64Array[] = [];
  let rCurrent = new Float64Array(inputs[0]!.length);
  inputs.forEach((input, i) => {
    const rBias = r.biases[i] ?? new Float64Array(model.sizes[i + 1]!);
    const rSum = multiply(p.weights[i]!, rCurrent, multiply(r.weights[i]!, input, rBias));
    rInputs.push(rCurrent);
    rSums.push(rSum);
    rCurrent = rSum.map((s, row) => s * slopes[i]![row]!);
  });
  const factor = p.scale?.[0] ?? 1;
  const rFactor = r.scale?.[0] ?? 0;
  const rOutput = rCurrent.map((ra, k) => factor * ra + rFactor * activation[k]!);
  const rError = slopeOfError(mass, rOutput);
  // Down: the derivatives of what `gradient` accumulates.
  if (out.scale)
    for (let k = 0; k < error.length; k++)
      out.scale[0] = out.scale[0]! + rError[k]! * activation[k]! + error[k]! * rCurrent[k]!;
  let delta = error.map((e) => factor * e);
  let rDelta = rError.map((re, k) => factor * re + rFactor * error[k]!);
  for (let i = inputs.length - 1; i >= 0; i--) {
    const [input, rInput] = [inputs[i]!, rInputs[i]!];
    const [weight, rWeight, outWeight] = [p.weights[i]!, r.weights[i]!, out.weights[i]!];
    const outBias = out.biases[i];
    const below = new Float64Array(input.length);
    const rBelow = new Float64Array(input.length);
    for (let row = 0; row < delta.length; row++) {
      const e = delta[row]! * slopes[i]![row]!;
      const re = rDelta[row]! * slopes[i]![row]! + delta[row]! * curvatures[i]![row]! * rSums[i]![row]!;
      if (e === 0 && re === 0) continue;
      if (outBias) outBias[row] = outBias[row]! + re;
      for (let col = 0; col < input.length; col++) {
        const k = row * input.length + col;
        // Nothing is below the data, and one-hot data are mostly 0.
        if (i === 0 && input[col] === 0) continue;
        outWeight[k] = outWeight[k]! + re * input[col]! + e * rInput[col]!;
        below[col] = below[col]! + e * weight[k]!;
        rBelow[col] = rBelow[col]! + re * weight[k]! + e * rWeight[k]!;
      }
    }
    delta = below;
    rDelta = rBelow;
  }
}

function slopeOfError(mass: Linearised["mass"], rOutput: Float64Array): Float64Array {
  if (!mass) return rOutput.map((ry) => 2 * ry);
  const mean = rOutput.reduce((sum, ry, k) => sum + ry * mass.probabilities[k]!, 0);
  return rOutput.map((ry, k) => mass.total * mass.probabilities[k]! * (ry - mean));
}
