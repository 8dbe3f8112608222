/**
 * The gradient of any model: each sample forward through the layers, then its derivatives backward (reverse-mode
 * differentiation written out). δ of a layer is the derivative of the sample's loss by the layer's `sums`; for mean
 * squared error of *half* the loss, so that no factor 2 appears. Returns the summed loss if T is f64.
 */
import { meanSquaredHead } from "./head";
import { cumulative, dropTiny, expNonPositive, gaussian } from "./math";
import {
  Any,
  IDENTITY,
  inputBegin,
  inputColumn,
  inputEnd,
  inputValue,
  Layer,
  layerAt,
  mass,
  Plan,
  RELU,
  targetBegin,
  targetColumn,
  targetEnd,
  targetValue,
  Three,
  Two,
} from "./plan";
import { softmaxHead } from "./softmax";

export function gradient<T>(plan: Plan, p: usize, g: usize): v128 {
  const last = plan.layers - 1;
  const top = layerAt(plan, last);
  let loss = v128.splat<T>(<T>0);
  // The heads return no loss, so reports take the long way; they also know no scale.
  if (sizeof<T>() == 4 && last > 0 && plan.scale < 0) {
    if (plan.crossEntropy) throughSoftmaxHead(plan, p, g);
    else throughMeanSquaredHead(plan, p, g);
    return loss;
  }
  for (let sample = 0; sample < plan.samples; sample++) {
    forwardBelow<T>(plan, 0, p, sample);
    if (last > 0) denseForward<T>(top, p, layerAt(plan, last - 1));
    loss = v128.add<T>(
      loss,
      plan.crossEntropy
        ? crossEntropyDeltas<T>(plan, top, p, g, sample)
        : meanSquaredDeltas<T>(plan, top, p, g, sample),
    );
    if (last > 0) denseBackward<T>(top, p, g, layerAt(plan, last - 1));
    backwardBelow<T>(plan, 0, p, g, sample);
  }
  return loss;
}

function throughMeanSquaredHead(plan: Plan, p: usize, g: usize): void {
  const top = layerAt(plan, plan.layers - 1);
  const below = layerAt(plan, plan.layers - 2);
  for (let sample = 0; sample < plan.samples; sample++) {
    forwardBelow<f32>(plan, 0, p, sample);
    meanSquaredHead(plan, top, below, p, g, sample);
    backwardBelow<f32>(plan, 0, p, g, sample);
  }
}

/** Two samples at a time, each in a set of layers of its own; an odd last one in both. */
function throughSoftmaxHead(plan: Plan, p: usize, g: usize): void {
  for (let sample = 0; sample < plan.samples; sample += 2) {
    const another = sample + 1 < plan.samples;
    forwardBelow<f32>(plan, 0, p, sample);
    forwardBelow<f32>(plan, 1, p, another ? sample + 1 : sample);
    softmaxHead(plan, p, g, sample, another);
    backwardBelow<f32>(plan, 0, p, g, sample);
    if (another) backwardBelow<f32>(plan, 1, p, g, sample + 1);
  }
}

/** Through the layers below the last, or the only layer. */
@inline
function forwardBelow<T>(plan: Plan, set: i32, p: usize, sample: i32): void {
  const first = set * plan.layers;
  sparseForward<T>(plan, layerAt(plan, first), p, sample);
  for (let i = first + 1, last = first + plan.layers - 1; i < last; i++)
    denseForward<T>(layerAt(plan, i), p, layerAt(plan, i - 1));
}

@inline
function backwardBelow<T>(plan: Plan, set: i32, p: usize, g: usize, sample: i32): void {
  const first = set * plan.layers;
  for (let i = first + plan.layers - 2; i > first; i--)
    denseBackward<T>(layerAt(plan, i), p, g, layerAt(plan, i - 1));
  sparseBackward<T>(plan, layerAt(plan, first), g, sample);
}

/** The first layer: a sum of the weight's columns, for the inputs that are not zero. */
@inline
function sparseForward<T>(plan: Plan, layer: Layer, p: usize, sample: i32): void {
  const bytes = <usize>layer.outputs << 4;
  const sums = layer.sums;
  if (layer.bias < 0) for (let k: usize = 0; k < bytes; k += 16) v128.store(sums + k, v128.splat<T>(<T>0));
  else memory.copy(sums, p + layer.bias, bytes);
  const end = inputEnd(plan, sample);
  for (let e = inputBegin(plan, sample); e < end; e++) {
    const x = inputValue<T>(plan, e);
    const column = p + layer.weight + inputColumn(plan, e) * bytes;
    for (let k: usize = 0; k < bytes; k += 16) {
      const sum = v128.add<T>(v128.load(sums + k), v128.mul<T>(x, v128.load(column + k)));
      v128.store(sums + k, sum);
    }
  }
  activate<T>(layer);
}

@inline
function sparseBackward<T>(plan: Plan, layer: Layer, g: usize, sample: i32): void {
  const bytes = <usize>layer.outputs << 4;
  const deltas = layer.deltas;
  if (layer.bias >= 0) accumulate<T>(g + layer.bias, deltas, bytes);
  const end = inputEnd(plan, sample);
  for (let e = inputBegin(plan, sample); e < end; e++) {
    const x = inputValue<T>(plan, e);
    const column = g + layer.weight + inputColumn(plan, e) * bytes;
    for (let k: usize = 0; k < bytes; k += 16) {
      const sum = v128.add<T>(v128.load(column + k), v128.mul<T>(x, v128.load(deltas + k)));
      v128.store(column + k, sum);
    }
  }
}

@inline
function accumulate<T>(into: usize, from: usize, bytes: usize): void {
  for (let k: usize = 0; k < bytes; k += 16)
    v128.store(into + k, v128.add<T>(v128.load(into + k), v128.load(from + k)));
}

function denseForward<T>(layer: Layer, p: usize, below: Layer): void {
  if (layer.inputs == 2) forward<T, Two>(layer, p, below.activations);
  else if (layer.inputs == 3) forward<T, Three>(layer, p, below.activations);
  else forward<T, Any>(layer, p, below.activations);
  activate<T>(layer);
}

function forward<T, D>(layer: Layer, p: usize, x: usize): void {
  const bytes = <usize>layer.inputs << 4;
  const sums = layer.sums;
  const hasBias = layer.bias >= 0;
  const bias = p + layer.bias;
  let w = p + layer.weight;
  const x0 = v128.load(x);
  const x1 = offsetof<D>() > 1 ? v128.load(x, 16) : x0;
  const x2 = offsetof<D>() > 2 ? v128.load(x, 32) : x0;
  for (let row: usize = 0, end = <usize>layer.outputs << 4; row < end; row += 16, w += bytes) {
    let sum = v128.mul<T>(v128.load(w), x0);
    if (offsetof<D>() > 1) sum = v128.add<T>(sum, v128.mul<T>(v128.load(w, 16), x1));
    if (offsetof<D>() > 2) sum = v128.add<T>(sum, v128.mul<T>(v128.load(w, 32), x2));
    if (offsetof<D>() == 0)
      for (let k: usize = 16; k < bytes; k += 16)
        sum = v128.add<T>(sum, v128.mul<T>(v128.load(w + k), v128.load(x + k)));
    if (hasBias) sum = v128.add<T>(sum, v128.load(bias + row));
    v128.store(sums + row, sum);
  }
}

function activate<T>(layer: Layer): void {
  if (layer.nonlinearity == IDENTITY) return;
  const zero = v128.splat<T>(<T>0);
  for (let k: usize = 0, end = <usize>layer.outputs << 4; k < end; k += 16) {
    const x = v128.load(layer.sums + k);
    if (layer.nonlinearity == RELU) {
      v128.store(layer.activations + k, v128.pmax<T>(x, zero));
      v128.store(layer.slopes + k, v128.and(v128.splat<T>(<T>1), v128.gt<T>(x, zero)));
    } else {
      const z = dropTiny<T>(x);
      const density = gaussian<T>(z);
      const below = cumulative<T>(z, density);
      v128.store(layer.activations + k, v128.mul<T>(z, below));
      v128.store(layer.slopes + k, v128.add<T>(below, v128.mul<T>(z, density)));
    }
  }
}

/** From the layer's δ: the gradient of its weight and bias, and the δ of the layer below. */
function denseBackward<T>(layer: Layer, p: usize, g: usize, below: Layer): void {
  const bytes = <usize>layer.inputs << 4;
  if (layer.bias >= 0) accumulate<T>(g + layer.bias, layer.deltas, <usize>layer.outputs << 4);
  if (layer.inputs == 2) backward<T, Two>(layer, p, g, below);
  else if (layer.inputs == 3) backward<T, Three>(layer, p, g, below);
  else backward<T, Any>(layer, p, g, below);
  if (below.nonlinearity != IDENTITY)
    for (let k: usize = 0; k < bytes; k += 16) {
      const delta = v128.mul<T>(v128.load(below.deltas + k), v128.load(below.slopes + k));
      v128.store(below.deltas + k, delta);
    }
}

function backward<T, D>(layer: Layer, p: usize, g: usize, below: Layer): void {
  const bytes = <usize>layer.inputs << 4;
  const x = below.activations;
  const deltas = below.deltas;
  let w = p + layer.weight;
  let gw = g + layer.weight;
  const zero = v128.splat<T>(<T>0);
  const x0 = v128.load(x);
  const x1 = offsetof<D>() > 1 ? v128.load(x, 16) : zero;
  const x2 = offsetof<D>() > 2 ? v128.load(x, 32) : zero;
  let d0 = zero;
  let d1 = zero;
  let d2 = zero;
  if (offsetof<D>() == 0) for (let k: usize = 0; k < bytes; k += 16) v128.store(deltas + k, zero);
  for (let row: usize = 0, end = <usize>layer.outputs << 4; row < end; row += 16, w += bytes, gw += bytes) {
    const e = v128.load(layer.deltas + row);
    if (offsetof<D>() == 0) {
      for (let k: usize = 0; k < bytes; k += 16) {
        v128.store(gw + k, v128.add<T>(v128.load(gw + k), v128.mul<T>(e, v128.load(x + k))));
        v128.store(deltas + k, v128.add<T>(v128.load(deltas + k), v128.mul<T>(e, v128.load(w + k))));
      }
    } else {
      v128.store(gw, v128.add<T>(v128.load(gw), v128.mul<T>(e, x0)));
      d0 = v128.add<T>(d0, v128.mul<T>(e, v128.load(w)));
      v128.store(gw, v128.add<T>(v128.load(gw, 16), v128.mul<T>(e, x1)), 16);
      d1 = v128.add<T>(d1, v128.mul<T>(e, v128.load(w, 16)));
      if (offsetof<D>() > 2) {
        v128.store(gw, v128.add<T>(v128.load(gw, 32), v128.mul<T>(e, x2)), 32);
        d2 = v128.add<T>(d2, v128.mul<T>(e, v128.load(w, 32)));
      }
    }
  }
  if (offsetof<D>() > 1) {
    v128.store(deltas, d0);
    v128.store(deltas, d1, 16);
  }
  if (offsetof<D>() > 2) v128.store(deltas, d2, 32);
}

/** Squared error of scale · activation, the loss of one sample; leaves the last layer's δ. */
function meanSquaredDeltas<T>(plan: Plan, top: Layer, p: usize, g: usize, sample: i32): v128 {
  const end = <usize>top.outputs << 4;
  const scale = scaleOf<T>(plan, p);
  for (let k: usize = 0; k < end; k += 16)
    v128.store(top.deltas + k, v128.mul<T>(scale, v128.load(top.activations + k)));
  subtractTargets<T>(plan, top, sample);
  let loss = v128.splat<T>(<T>0);
  for (let k: usize = 0; k < end; k += 16) {
    const e = v128.load(top.deltas + k);
    loss = v128.add<T>(loss, v128.mul<T>(e, e));
  }
  throughScale<T>(plan, top, p, g);
  if (top.nonlinearity != IDENTITY)
    for (let k: usize = 0; k < end; k += 16)
      v128.store(top.deltas + k, v128.mul<T>(v128.load(top.deltas + k), v128.load(top.slopes + k)));
  return loss;
}

/** Cross-entropy of softmax(scale · sums): δ = (Σ target) · p − target, and if T is f64 the loss, else nothing. */
function crossEntropyDeltas<T>(plan: Plan, top: Layer, p: usize, g: usize, sample: i32): v128 {
  const end = <usize>top.outputs << 4;
  const scale = scaleOf<T>(plan, p);
  const deltas = top.deltas;
  // A NaN may be passed over by pmax, but comes back through exp.
  let largest = v128.mul<T>(scale, v128.load(top.sums));
  for (let k: usize = 0; k < end; k += 16) {
    const y = v128.mul<T>(scale, v128.load(top.sums + k));
    v128.store(deltas + k, y);
    largest = v128.pmax<T>(largest, y);
  }
  let loss = v128.splat<T>(<T>0);
  if (sizeof<T>() == 8) {
    const last = targetEnd(plan, sample);
    for (let entry = targetBegin(plan, sample); entry < last; entry++) {
      const y = v128.load(deltas + (targetColumn(plan, entry) << 4));
      loss = v128.add<T>(loss, v128.mul<T>(targetValue<T>(plan, entry), v128.sub<T>(largest, y)));
    }
  }
  let sum = v128.splat<T>(<T>0);
  for (let k: usize = 0; k < end; k += 16) {
    const power = expNonPositive<T>(v128.sub<T>(v128.load(deltas + k), largest));
    sum = v128.add<T>(sum, power);
    v128.store(deltas + k, power);
  }
  const factor = v128.div<T>(mass<T>(plan, sample), sum);
  for (let k: usize = 0; k < end; k += 16)
    v128.store(deltas + k, v128.mul<T>(factor, v128.load(deltas + k)));
  subtractTargets<T>(plan, top, sample);
  throughScale<T>(plan, top, p, g);
  if (sizeof<T>() == 8) loss = f64x2.add(loss, f64x2.mul(mass<T>(plan, sample), logarithm(sum)));
  return loss;
}

@inline
function scaleOf<T>(plan: Plan, p: usize): v128 {
  return plan.scale < 0 ? v128.splat<T>(<T>1) : v128.load(p + plan.scale);
}

function subtractTargets<T>(plan: Plan, top: Layer, sample: i32): void {
  const end = targetEnd(plan, sample);
  for (let entry = targetBegin(plan, sample); entry < end; entry++) {
    const at = top.deltas + (targetColumn(plan, entry) << 4);
    v128.store(at, v128.sub<T>(v128.load(at), targetValue<T>(plan, entry)));
  }
}

/** From the derivative by the output to that by the activation, and the gradient of the scale. */
function throughScale<T>(plan: Plan, top: Layer, p: usize, g: usize): void {
  if (plan.scale < 0) return;
  const scale = v128.load(p + plan.scale);
  let sum = v128.load(g + plan.scale);
  for (let k: usize = 0, end = <usize>top.outputs << 4; k < end; k += 16) {
    const e = dropTiny<T>(v128.load(top.deltas + k));
    sum = v128.add<T>(sum, v128.mul<T>(e, v128.load(top.activations + k)));
    v128.store(top.deltas + k, v128.mul<T>(e, scale));
  }
  v128.store(g + plan.scale, sum);
}

@inline
function logarithm(x: v128): v128 {
  const low = Math.log(f64x2.extract_lane(x, 0));
  return f64x2.replace_lane(f64x2.splat(low), 1, Math.log(f64x2.extract_lane(x, 1)));
}
