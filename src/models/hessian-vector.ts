import { InputError } from "../util/check.ts";
import { indices, sum } from "../util/numbers.ts";
import { type Layers, pack, unpack } from "./layers.ts";
import type { Model } from "./model.ts";
import { scalars } from "./nonlinearity.ts";
import { logSumExp, lossOne, type Parameters, type Pass, passes, terms } from "./objective.ts";

/** What is known of one sample before any direction is chosen. The arrays are per layer where they are nested. */
interface Linearised {
  readonly inputs: readonly Float64Array[];
  /** Which inputs of the first layer are not 0: one-hot data are mostly 0. */
  readonly active: readonly number[];
  readonly slopes: readonly Float64Array[];
  /** Derivative of the summed loss by each layer's sums. */
  readonly deltas: readonly Float64Array[];
  /** That by each layer's outputs, times the nonlinearity's second derivative. */
  readonly bends: readonly Float64Array[];
  readonly activation: Float64Array;
  /** Derivative of the summed loss by the output (after the scale). */
  readonly error: Float64Array;
  /** Softmax of the output, times the target's total; undefined for MSE. */
  readonly mass: { readonly total: number; readonly probabilities: Float64Array } | undefined;
}

/** A direction in the shape of the network, and which rows of its weights are not all 0: most, where it is one parameter. */
interface Direction extends Layers {
  readonly filled: readonly Uint8Array[];
}

/**
 * Products of the mean loss's Hessian with directions, exact and in float64, over every parameter (frozen ones too).
 * Returns a function from a direction in the order of `layout` to H · direction.
 *
 * Pearlmutter's R-operator ("Fast exact multiplication by the Hessian", 1994): the forward and backward pass of `gradient`,
 * differentiated along the direction. At a ReLU's kink the derivatives are 0, as everywhere in the project.
 * Throws InputError for a unit-norm model, whose second derivatives would have to follow the sphere.
 */
export function hessianVectorProduct(model: Model, parameters: Parameters): (direction: Parameters) => Float64Array {
  if (model.unitNorm) throw new InputError("second derivatives are not supported for a model with unit-norm columns");
  const p = unpack(model, parameters);
  const samples = passes(model, parameters).map((pass, k) => linearise(model, p, pass, model.data.targets[k]!));
  const count = terms(model);
  const workspace = new Workspace(model);
  return (direction) => {
    const layers = unpack(model, direction);
    const r = { ...layers, filled: layers.weights.map((w, i) => filledRows(w, model.sizes[i]!)) };
    const out: Layers = {
      weights: p.weights.map((w) => new Float64Array(w.length)),
      biases: p.biases.map((b) => b && new Float64Array(b.length)),
      scale: p.scale && new Float64Array(1),
    };
    for (const sample of samples) addProduct(p, r, sample, out, workspace);
    const product = pack(model, out);
    for (let k = 0; k < product.length; k++) product[k] = product[k]! / count;
    return product;
  };
}

function filledRows(matrix: Float64Array, cols: number): Uint8Array {
  const filled = new Uint8Array(matrix.length / cols);
  for (let k = 0; k < matrix.length; k++) if (matrix[k] !== 0) filled[Math.floor(k / cols)] = 1;
  return filled;
}

function linearise(
  model: Model,
  p: Layers,
  { inputs, sums, activation, output }: Pass,
  target: readonly number[],
): Linearised {
  const of = (what: "slope" | "curvature") =>
    sums.map((sum, i) => sum.map(scalars[model.layers[i]!.nonlinearity][what]));
  const factor = p.scale?.[0] ?? 1;
  const error = lossOne(model, output, target).slope;
  const slopes = of("slope");
  const deltas: Float64Array[] = [];
  const bends = of("curvature");
  let above = error.map((e) => factor * e);
  for (let i = inputs.length - 1; i >= 0; i--) {
    const [weight, delta, bend] = [p.weights[i]!, slopes[i]!.slice(), bends[i]!];
    const below = new Float64Array(inputs[i]!.length);
    for (let row = 0; row < delta.length; row++) {
      delta[row] = above[row]! * delta[row]!;
      bend[row] = above[row]! * bend[row]!;
      for (let col = 0; col < below.length; col++)
        below[col] = below[col]! + delta[row]! * weight[row * below.length + col]!;
    }
    deltas.unshift(delta);
    above = below;
  }
  const active = indices(inputs[0]!.length).filter((col) => inputs[0]![col] !== 0);
  const mass = model.loss === "mse" ? undefined : massOf(output, target);
  return { inputs, active, slopes, deltas, bends, activation, error, mass };
}

function massOf(output: Float64Array, target: readonly number[]): Linearised["mass"] {
  const normaliser = logSumExp(output);
  return { total: sum(target), probabilities: output.map((y) => Math.exp(y - normaliser)) };
}

/** Room for one pass up and down: every product needs it for every sample, and a Hessian takes many products. */
class Workspace {
  /** Derivatives along the direction of each layer's inputs (first 0), the last layer's outputs, and each layer's sums. */
  readonly rInputs: readonly Float64Array[];
  readonly rSums: readonly Float64Array[];
  /** Derivatives along the direction of those of the summed loss by each layer's inputs, and by the last one's outputs. */
  readonly rDeltas: readonly Float64Array[];
  readonly rOutput: Float64Array;
  readonly rError: Float64Array;

  constructor({ sizes }: Model) {
    const arrays = (of: readonly number[]) => of.map((size) => new Float64Array(size));
    this.rInputs = arrays(sizes);
    this.rSums = arrays(sizes.slice(1));
    this.rDeltas = arrays(sizes);
    this.rOutput = new Float64Array(sizes.at(-1)!);
    this.rError = new Float64Array(sizes.at(-1)!);
  }
}

/**
 * Adds one sample's part. Names starting with r are derivatives along the direction `r` of what follows. Sums leave out what
 * is 0 because the direction does not reach it.
 */
function addProduct(p: Layers, r: Direction, sample: Linearised, out: Layers, workspace: Workspace): void {
  const { inputs, activation, error, mass } = sample;
  const { rInputs, rDeltas, rOutput, rError } = workspace;
  for (let i = 0; i < inputs.length; i++) up(i, p, r, sample, workspace);
  const rActivation = rInputs.at(-1)!;
  const factor = p.scale?.[0] ?? 1;
  const rFactor = r.scale?.[0] ?? 0;
  for (let k = 0; k < rOutput.length; k++) rOutput[k] = factor * rActivation[k]! + rFactor * activation[k]!;
  slopeOfError(mass, rOutput, rError);
  if (out.scale)
    for (let k = 0; k < error.length; k++)
      out.scale[0] = out.scale[0]! + rError[k]! * activation[k]! + error[k]! * rActivation[k]!;
  const rDelta = rDeltas.at(-1)!;
  for (let k = 0; k < rDelta.length; k++) rDelta[k] = factor * rError[k]! + rFactor * error[k]!;
  for (let i = inputs.length - 1; i >= 0; i--) down(i, p, r, sample, out, workspace);
}

/** The derivatives of layer i's sums and outputs. */
function up(i: number, p: Layers, r: Direction, { inputs, active, slopes }: Linearised, to: Workspace): void {
  const [weight, rWeight, rBias, filled] = [p.weights[i]!, r.weights[i]!, r.biases[i], r.filled[i]!];
  const [input, rInput, slope] = [inputs[i]!, to.rInputs[i]!, slopes[i]!];
  const [rSum, rNext] = [to.rSums[i]!, to.rInputs[i + 1]!];
  const moved = isFilled(rInput);
  for (let row = 0, start = 0; row < rSum.length; row++, start += input.length) {
    let sum = rBias ? rBias[row]! : 0;
    if (filled[row] === 1)
      if (i === 0) for (const col of active) sum += rWeight[start + col]! * input[col]!;
      else for (let col = 0; col < input.length; col++) sum += rWeight[start + col]! * input[col]!;
    if (moved) for (let col = 0; col < input.length; col++) sum += weight[start + col]! * rInput[col]!;
    rSum[row] = sum;
    rNext[row] = sum * slope[row]!;
  }
}

/** The derivatives of what layer i adds to the gradient, and of what it hands down. */
function down(i: number, p: Layers, r: Direction, sample: Linearised, out: Layers, from: Workspace): void {
  const [input, rInput, rSum] = [sample.inputs[i]!, from.rInputs[i]!, from.rSums[i]!];
  const [slope, delta, bend] = [sample.slopes[i]!, sample.deltas[i]!, sample.bends[i]!];
  const [weight, rWeight, filled] = [p.weights[i]!, r.weights[i]!, r.filled[i]!];
  const [outWeight, outBias] = [out.weights[i]!, out.biases[i]];
  const [rAbove, rBelow] = [from.rDeltas[i + 1]!, from.rDeltas[i]!];
  const moved = isFilled(rInput);
  rBelow.fill(0);
  for (let row = 0, start = 0; row < rSum.length; row++, start += input.length) {
    const e = delta[row]!;
    const re = rAbove[row]! * slope[row]! + bend[row]! * rSum[row]!;
    if (outBias) outBias[row] = outBias[row]! + re;
    if (i === 0) {
      // Nothing is below the data.
      if (re !== 0)
        for (const col of sample.active) outWeight[start + col] = outWeight[start + col]! + re * input[col]!;
    } else if (re !== 0 || (e !== 0 && (moved || filled[row] === 1)))
      for (let col = 0; col < input.length; col++) {
        const k = start + col;
        outWeight[k] = outWeight[k]! + re * input[col]! + e * rInput[col]!;
        rBelow[col] = rBelow[col]! + re * weight[k]! + e * rWeight[k]!;
      }
  }
}

function isFilled(numbers: Float64Array): boolean {
  for (let k = 0; k < numbers.length; k++) if (numbers[k] !== 0) return true;
  return false;
}

function slopeOfError(mass: Linearised["mass"], rOutput: Float64Array, to: Float64Array): void {
  if (!mass) {
    for (let k = 0; k < to.length; k++) to[k] = 2 * rOutput[k]!;
    return;
  }
  const { total, probabilities } = mass;
  let mean = 0;
  for (let k = 0; k < to.length; k++) mean += rOutput[k]! * probabilities[k]!;
  for (let k = 0; k < to.length; k++) to[k] = total * probabilities[k]! * (rOutput[k]! - mean);
}
