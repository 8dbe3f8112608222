/**
 * The last layer under softmax and cross-entropy, of a model with no output scale. With p_j the probability of output j and
 * m the sum of the sample's targets, δ_j = m p_j − target_j. Three sweeps over the outputs, because each needs what only
 * the whole of the one before it gives:
 *   `logits`  w_j·x + b_j, and the largest of them, which is taken off because exp could overflow;
 *   `powers`  exp(logit_j − largest), and their sum;
 *   `rows`    the gradient of row j of the weight, and its share in the δ of the layer below.
 * Logits are in units of ln 2 (x and b are multiplied by log₂ e), so that exp is a power of two, see `mantissa`. Two samples
 * are taken at a time: they share the rows of the weight and of its gradient, which are read and written half as often.
 */
import { addTo } from "./head";
import { addToExponent, LOG2_E, mantissa, POWER_32 } from "./math";
import {
  Any,
  Biased,
  IDENTITY,
  Layer,
  layerAt,
  mass,
  Plain,
  Plan,
  targetBegin,
  targetColumn,
  targetEnd,
  targetValue,
  Three,
  Two,
} from "./plan";

/**
 * For `sample` and, if there is `another`, sample + 1, whose layers are the plan's second set. If there is none, that set
 * has been through `sample`, too, and counts for nothing.
 */
export function softmaxHead(plan: Plan, p: usize, g: usize, sample: i32, another: bool): void {
  const last = plan.layers - 1;
  const top = layerAt(plan, last);
  const top2 = layerAt(plan, plan.layers + last);
  const below = layerAt(plan, last - 1);
  const below2 = layerAt(plan, plan.layers + last - 1);
  if (top.inputs == 2) byBias<Two>(plan, top, top2, below, below2, p, g, sample, another);
  else if (top.inputs == 3) byBias<Three>(plan, top, top2, below, below2, p, g, sample, another);
  else byBias<Any>(plan, top, top2, below, below2, p, g, sample, another);
  throughSlopes(below);
  if (another) throughSlopes(below2);
}

@inline
function byBias<D>(
  plan: Plan,
  top: Layer,
  top2: Layer,
  below: Layer,
  below2: Layer,
  p: usize,
  g: usize,
  sample: i32,
  another: bool,
): void {
  if (top.bias < 0) head<D, Plain>(plan, top, top2, below, below2, p, g, sample, another);
  else head<D, Biased>(plan, top, top2, below, below2, p, g, sample, another);
}

@inline
function head<D, B>(
  plan: Plan,
  top: Layer,
  top2: Layer,
  below: Layer,
  below2: Layer,
  p: usize,
  g: usize,
  sample: i32,
  another: bool,
): void {
  logits<D, B>(top, top2, below, below2, p);
  const factor = f32x4.div(mass<f32>(plan, sample), powers(top));
  const factor2 = another ? f32x4.div(mass<f32>(plan, sample + 1), powers(top2)) : f32x4.splat(0);
  targetRows(plan, top, below, p, g, sample, factor);
  if (another) targetRows(plan, top2, below2, p, g, sample + 1, factor2);
  rows<D, B>(top, top2, below, below2, p, g, factor, factor2);
}

/** Leaves the logits in `deltas` of the tops and the largest of each in `sums`. */
function logits<D, B>(top: Layer, top2: Layer, below: Layer, below2: Layer, p: usize): void {
  const bytes = offsetof<D>() > 0 ? offsetof<D>() << 4 : <usize>top.inputs << 4;
  const unit = f32x4.splat(LOG2_E);
  const bias = p + top.bias;
  // The δ of the layer below comes later.
  const x = below.deltas;
  const y = below2.deltas;
  for (let k: usize = 0; k < bytes; k += 16) {
    v128.store(x + k, f32x4.mul(unit, v128.load(below.activations + k)));
    v128.store(y + k, f32x4.mul(unit, v128.load(below2.activations + k)));
  }
  const x0 = v128.load(x);
  const y0 = v128.load(y);
  const x1 = offsetof<D>() > 1 ? v128.load(x, 16) : x0;
  const y1 = offsetof<D>() > 1 ? v128.load(y, 16) : y0;
  const x2 = offsetof<D>() > 2 ? v128.load(x, 32) : x0;
  const y2 = offsetof<D>() > 2 ? v128.load(y, 32) : y0;
  const logits = top.deltas;
  const logits2 = top2.deltas;
  let largest = f32x4.splat(-Infinity);
  let largest2 = largest;
  let w = p + top.weight;
  for (let row: usize = 0, end = <usize>top.outputs << 4; row < end; row += 16, w += bytes) {
    const w0 = v128.load(w);
    let a = f32x4.mul(w0, x0);
    let b = f32x4.mul(w0, y0);
    if (offsetof<D>() > 1) {
      const w1 = v128.load(w, 16);
      a = f32x4.add(a, f32x4.mul(w1, x1));
      b = f32x4.add(b, f32x4.mul(w1, y1));
    }
    if (offsetof<D>() > 2) {
      const w2 = v128.load(w, 32);
      a = f32x4.add(a, f32x4.mul(w2, x2));
      b = f32x4.add(b, f32x4.mul(w2, y2));
    }
    if (offsetof<D>() == 0)
      for (let k: usize = 16; k < bytes; k += 16) {
        const wk = v128.load(w + k);
        a = f32x4.add(a, f32x4.mul(wk, v128.load(x + k)));
        b = f32x4.add(b, f32x4.mul(wk, v128.load(y + k)));
      }
    if (offsetof<B>() > 0) {
      const c = f32x4.mul(unit, v128.load(bias + row));
      a = f32x4.add(a, c);
      b = f32x4.add(b, c);
    }
    v128.store(logits + row, a);
    v128.store(logits2 + row, b);
    // A NaN may be passed over by pmax, but `powers` brings it back.
    largest = f32x4.pmax(largest, a);
    largest2 = f32x4.pmax(largest2, b);
  }
  v128.store(top.sums, largest);
  v128.store(top2.sums, largest2);
}

/** Replaces each logit in top.deltas by 2^(logit − largest), and returns their sum. */
function powers(top: Layer): v128 {
  const largest = v128.load(top.sums);
  const c0 = v128.load(POWER_32);
  const c1 = v128.load(POWER_32, 16);
  const c2 = v128.load(POWER_32, 32);
  const c3 = v128.load(POWER_32, 48);
  const c4 = v128.load(POWER_32, 64);
  const c5 = v128.load(POWER_32, 80);
  const shift = v128.load(POWER_32, 96);
  const least = v128.load(POWER_32, 112);
  let sum = f32x4.splat(0);
  for (let at = top.deltas, end = at + (<usize>top.outputs << 4); at < end; at += 16) {
    const x = f32x4.pmax(f32x4.sub(v128.load(at), largest), least);
    const n = f32x4.nearest(x);
    const power = addToExponent(mantissa(f32x4.sub(x, n), c0, c1, c2, c3, c4, c5), n, shift);
    v128.store(at, power);
    sum = f32x4.add(sum, power);
  }
  return sum;
}

/** All outputs of both samples, but those whose power is 0 because `targetRows` was there before. */
function rows<D, B>(
  top: Layer,
  top2: Layer,
  below: Layer,
  below2: Layer,
  p: usize,
  g: usize,
  factor: v128,
  factor2: v128,
): void {
  const bytes = offsetof<D>() > 0 ? offsetof<D>() << 4 : <usize>top.inputs << 4;
  const biasGradient = g + top.bias;
  const x = below.activations;
  const y = below2.activations;
  const deltas = below.deltas;
  const deltas2 = below2.deltas;
  const powers = top.deltas;
  const powers2 = top2.deltas;
  const zero = f32x4.splat(0);
  const x0 = v128.load(x);
  const y0 = v128.load(y);
  const x1 = offsetof<D>() > 1 ? v128.load(x, 16) : zero;
  const y1 = offsetof<D>() > 1 ? v128.load(y, 16) : zero;
  const x2 = offsetof<D>() > 2 ? v128.load(x, 32) : zero;
  const y2 = offsetof<D>() > 2 ? v128.load(y, 32) : zero;
  let a0 = zero;
  let b0 = zero;
  let a1 = zero;
  let b1 = zero;
  let a2 = zero;
  let b2 = zero;
  let w = p + top.weight;
  let gw = g + top.weight;
  for (let row: usize = 0, end = <usize>top.outputs << 4; row < end; row += 16, w += bytes, gw += bytes) {
    const a = f32x4.mul(factor, v128.load(powers + row));
    const b = f32x4.mul(factor2, v128.load(powers2 + row));
    if (offsetof<B>() > 0) addTo(biasGradient + row, f32x4.add(a, b));
    if (offsetof<D>() == 0) {
      for (let k: usize = 0; k < bytes; k += 16) {
        const wk = v128.load(w + k);
        addTo(gw + k, f32x4.add(f32x4.mul(a, v128.load(x + k)), f32x4.mul(b, v128.load(y + k))));
        addTo(deltas + k, f32x4.mul(a, wk));
        addTo(deltas2 + k, f32x4.mul(b, wk));
      }
    } else {
      const w0 = v128.load(w);
      v128.store(gw, f32x4.add(v128.load(gw), f32x4.add(f32x4.mul(a, x0), f32x4.mul(b, y0))));
      a0 = f32x4.add(a0, f32x4.mul(a, w0));
      b0 = f32x4.add(b0, f32x4.mul(b, w0));
      const w1 = v128.load(w, 16);
      v128.store(gw, f32x4.add(v128.load(gw, 16), f32x4.add(f32x4.mul(a, x1), f32x4.mul(b, y1))), 16);
      a1 = f32x4.add(a1, f32x4.mul(a, w1));
      b1 = f32x4.add(b1, f32x4.mul(b, w1));
      if (offsetof<D>() > 2) {
        const w2 = v128.load(w, 32);
        v128.store(gw, f32x4.add(v128.load(gw, 32), f32x4.add(f32x4.mul(a, x2), f32x4.mul(b, y2))), 32);
        a2 = f32x4.add(a2, f32x4.mul(a, w2));
        b2 = f32x4.add(b2, f32x4.mul(b, w2));
      }
    }
  }
  if (offsetof<D>() > 1) {
    addTo(deltas, a0);
    addTo(deltas2, b0);
    addTo(deltas + 16, a1);
    addTo(deltas2 + 16, b1);
  }
  if (offsetof<D>() > 2) {
    addTo(deltas + 32, a2);
    addTo(deltas2 + 32, b2);
  }
}

/**
 * The outputs with targets, of any size. Such an output's difference from its target is small in the end, and is not to
 * be lost in a sum with large numbers; so its power is taken out of the sweep over all.
 */
function targetRows(plan: Plan, top: Layer, below: Layer, p: usize, g: usize, sample: i32, factor: v128): void {
  const bytes = <usize>top.inputs << 4;
  const deltas = below.deltas;
  for (let k: usize = 0; k < bytes; k += 16) v128.store(deltas + k, f32x4.splat(0));
  const end = targetEnd(plan, sample);
  for (let entry = targetBegin(plan, sample); entry < end; entry++) {
    const row = targetColumn(plan, entry);
    const w = p + top.weight + row * bytes;
    const gw = g + top.weight + row * bytes;
    const power = top.deltas + (row << 4);
    const e = f32x4.sub(f32x4.mul(factor, v128.load(power)), targetValue<f32>(plan, entry));
    v128.store(power, f32x4.splat(0));
    if (top.bias >= 0) addTo(g + top.bias + (row << 4), e);
    for (let k: usize = 0; k < bytes; k += 16) {
      addTo(gw + k, f32x4.mul(e, v128.load(below.activations + k)));
      addTo(deltas + k, f32x4.mul(e, v128.load(w + k)));
    }
  }
}

function throughSlopes(layer: Layer): void {
  if (layer.nonlinearity == IDENTITY) return;
  for (let k: usize = 0, end = <usize>layer.outputs << 4; k < end; k += 16)
    v128.store(layer.deltas + k, f32x4.mul(v128.load(layer.deltas + k), v128.load(layer.slopes + k)));
}
