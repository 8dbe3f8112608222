/**
 * A tied model n → d → n with linear bottleneck on one-hot data under softmax and cross-entropy. The logit of label j on
 * input i is w_i·w_j + b_j, so with p_ij its probability
 *   ∂loss/∂w_i = Σ_j (p_ij + p_ji − 2δ_ij) w_j,   ∂loss/∂b_j = Σ_i (p_ij − δ_ij),
 * and each pair i < j needs one dot product. It also needs only one exp. In units of ln 2, let the dot product be k + r
 * with k whole and |r| ≤ 1/2, likewise b_j = l_j + s_j, and M_i the whole number next to sample i's largest logit. Then
 *   p_ij ∝ 2^r 2^(s_j) 2^(k + l_j − M_i),
 * where no power can overflow. The pair shares 2^r, which is the dear one; 2^(s_j) is a number for each feature; and
 * whole numbers are added to the exponent among the bits of a float32.
 *
 * Three sweeps over the pairs, because each needs what only the whole of the one before it gives: `dots`, `powers`, `pull`.
 */
import { addTo } from "./head";
import { addToExponent, LOG2_E, mantissa, mantissaAlone, POWER_32 } from "./math";
import { Any, Biased, Layer, layerAt, Plain, Plan, Three, Two } from "./plan";

export function tiedSoftmaxGradient(plan: Plan, p: usize, g: usize): void {
  const top = layerAt(plan, 1);
  if (top.inputs == 2) byBias<Two>(plan, top, p, g);
  else if (top.inputs == 3) byBias<Three>(plan, top, p, g);
  else byBias<Any>(plan, top, p, g);
}

@inline
function byBias<D>(plan: Plan, top: Layer, p: usize, g: usize): void {
  if (top.bias < 0) allPairs<D, Plain>(plan, top, p, g);
  else allPairs<D, Biased>(plan, top, p, g);
}

/** Lays out `plan.room`: five vectors for each feature, then two for each pair i < j, row by row. */
@inline
function allPairs<D, B>(plan: Plan, top: Layer, p: usize, g: usize): void {
  const bytes = <usize>top.outputs << 4;
  const own = plan.room;
  const largest = own + bytes;
  const sums = largest + bytes;
  const wholes = sums + bytes;
  const rests = wholes + bytes;
  const pairs = rests + bytes;
  if (offsetof<B>() > 0) splitBiases(p + top.bias, wholes, rests, bytes);
  dots<D, B>(top, p, layerAt(plan, 0).sums, own, largest, wholes, pairs);
  powers<B>(bytes, own, largest, sums, wholes, rests, pairs);
  pull<D, B>(top, p, g, own, sums, pairs);
}

/** Each bias in units of ln 2: the nearest whole number, and 2 to the power of the rest. */
function splitBiases(bias: usize, wholes: usize, rests: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const b = f32x4.mul(f32x4.splat(LOG2_E), v128.load(bias + i));
    const n = f32x4.nearest(b);
    v128.store(wholes + i, n);
    v128.store(rests + i, mantissaAlone(f32x4.sub(b, n)));
  }
}

/** w_i·w_j in units of ln 2: into `own` for i = j, else into the first vector of the pair; and M_i into `largest`. */
function dots<D, B>(top: Layer, p: usize, x: usize, own: usize, largest: usize, wholes: usize, pair: usize): void {
  const bytes = offsetof<D>() > 0 ? offsetof<D>() << 4 : <usize>top.inputs << 4;
  const end = <usize>top.outputs << 4;
  for (let i: usize = 0; i < end; i += 16) v128.store(largest + i, f32x4.splat(-Infinity));
  let v = p + top.weight;
  for (let i: usize = 0; i < end; i += 16, v += bytes) {
    for (let k: usize = 0; k < bytes; k += 16)
      v128.store(x + k, f32x4.mul(f32x4.splat(LOG2_E), v128.load(v + k)));
    const x0 = v128.load(x);
    const x1 = offsetof<D>() > 1 ? v128.load(x, 16) : x0;
    const x2 = offsetof<D>() > 2 ? v128.load(x, 32) : x0;
    let square = f32x4.mul(x0, v128.load(v));
    for (let k: usize = 16; k < bytes; k += 16)
      square = f32x4.add(square, f32x4.mul(v128.load(x + k), v128.load(v + k)));
    v128.store(own + i, square);
    // A NaN may be passed over by pmax, but `powers` brings it back.
    let mine = f32x4.pmax(v128.load(largest + i), logit<B>(square, wholes + i));
    let w = v + bytes;
    for (let j = i + 16; j < end; j += 16, w += bytes, pair += 32) {
      let dot = f32x4.mul(x0, v128.load(w));
      if (offsetof<D>() > 1) dot = f32x4.add(dot, f32x4.mul(x1, v128.load(w, 16)));
      if (offsetof<D>() > 2) dot = f32x4.add(dot, f32x4.mul(x2, v128.load(w, 32)));
      if (offsetof<D>() == 0)
        for (let k: usize = 16; k < bytes; k += 16)
          dot = f32x4.add(dot, f32x4.mul(v128.load(x + k), v128.load(w + k)));
      v128.store(pair, dot);
      mine = f32x4.pmax(mine, logit<B>(dot, wholes + j));
      v128.store(largest + j, f32x4.pmax(v128.load(largest + j), logit<B>(dot, wholes + i)));
    }
    v128.store(largest + i, f32x4.nearest(mine));
  }
}

/** The dot product plus the whole part of the bias. */
@inline
function logit<B>(dot: v128, whole: usize): v128 {
  return offsetof<B>() > 0 ? f32x4.add(dot, v128.load(whole)) : dot;
}

/** 2^(logit_ij − M_i) in place of w_i·w_j, in the pair followed by 2^(logit_ji − M_j); and the sum for each sample. */
function powers<B>(
  bytes: usize,
  own: usize,
  largest: usize,
  sums: usize,
  wholes: usize,
  rests: usize,
  pair: usize,
): void {
  const c0 = v128.load(POWER_32);
  const c1 = v128.load(POWER_32, 16);
  const c2 = v128.load(POWER_32, 32);
  const c3 = v128.load(POWER_32, 48);
  const c4 = v128.load(POWER_32, 64);
  const c5 = v128.load(POWER_32, 80);
  const shift = v128.load(POWER_32, 96);
  const least = v128.load(POWER_32, 112);
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(own + i);
    const n = f32x4.nearest(x);
    const y = mantissa(f32x4.sub(x, n), c0, c1, c2, c3, c4, c5);
    const power = biased<B>(y, f32x4.sub(n, v128.load(largest + i)), wholes + i, rests + i, shift, least);
    v128.store(own + i, power);
    v128.store(sums + i, power);
  }
  for (let i: usize = 0; i < bytes; i += 16) {
    const top = v128.load(largest + i);
    let sum = v128.load(sums + i);
    for (let j = i + 16; j < bytes; j += 16, pair += 32) {
      const x = v128.load(pair);
      const n = f32x4.nearest(x);
      const y = mantissa(f32x4.sub(x, n), c0, c1, c2, c3, c4, c5);
      const mine = biased<B>(y, f32x4.sub(n, top), wholes + j, rests + j, shift, least);
      const yours = biased<B>(y, f32x4.sub(n, v128.load(largest + j)), wholes + i, rests + i, shift, least);
      v128.store(pair, mine);
      v128.store(pair, yours, 16);
      sum = f32x4.add(sum, mine);
      addTo(sums + j, yours);
    }
    v128.store(sums + i, sum);
  }
}

/** y · 2^n · 2^bias. */
@inline
function biased<B>(y: v128, n: v128, whole: usize, rest: usize, shift: v128, least: v128): v128 {
  if (offsetof<B>() > 0) {
    y = f32x4.mul(y, v128.load(rest));
    n = f32x4.add(n, v128.load(whole));
  }
  return addToExponent(y, f32x4.pmax(n, least), shift);
}

/** From the powers and their sums to the gradient: each pair of columns pulls, or pushes, each other. */
function pull<D, B>(top: Layer, p: usize, g: usize, own: usize, sums: usize, pair: usize): void {
  const bytes = offsetof<D>() > 0 ? offsetof<D>() << 4 : <usize>top.inputs << 4;
  const end = <usize>top.outputs << 4;
  const one = f32x4.splat(1);
  const biasGradient = g + top.bias;
  const factors = sums;
  for (let i: usize = 0; i < end; i += 16) v128.store(factors + i, f32x4.div(one, v128.load(sums + i)));
  let v = p + top.weight;
  let gv = g + top.weight;
  for (let i: usize = 0; i < end; i += 16, v += bytes, gv += bytes) {
    const factor = v128.load(factors + i);
    const excess = f32x4.sub(f32x4.mul(factor, v128.load(own + i)), one);
    for (let k: usize = 0; k < bytes; k += 16)
      addTo(gv + k, f32x4.mul(f32x4.add(excess, excess), v128.load(v + k)));
    const v0 = v128.load(v);
    const v1 = offsetof<D>() > 1 ? v128.load(v, 16) : v0;
    const v2 = offsetof<D>() > 2 ? v128.load(v, 32) : v0;
    let g0 = v128.load(gv);
    let g1 = offsetof<D>() > 1 ? v128.load(gv, 16) : g0;
    let g2 = offsetof<D>() > 2 ? v128.load(gv, 32) : g0;
    let gb = excess;
    let w = v + bytes;
    let gw = gv + bytes;
    for (let j = i + 16; j < end; j += 16, w += bytes, gw += bytes, pair += 32) {
      const mine = f32x4.mul(factor, v128.load(pair));
      const yours = f32x4.mul(v128.load(factors + j), v128.load(pair, 16));
      const both = f32x4.add(mine, yours);
      if (offsetof<B>() > 0) {
        addTo(biasGradient + j, mine);
        gb = f32x4.add(gb, yours);
      }
      if (offsetof<D>() == 0) {
        for (let k: usize = 0; k < bytes; k += 16) {
          addTo(gv + k, f32x4.mul(both, v128.load(w + k)));
          addTo(gw + k, f32x4.mul(both, v128.load(v + k)));
        }
      } else {
        g0 = f32x4.add(g0, f32x4.mul(both, v128.load(w)));
        v128.store(gw, f32x4.add(v128.load(gw), f32x4.mul(both, v0)));
        g1 = f32x4.add(g1, f32x4.mul(both, v128.load(w, 16)));
        v128.store(gw, f32x4.add(v128.load(gw, 16), f32x4.mul(both, v1)), 16);
        if (offsetof<D>() > 2) {
          g2 = f32x4.add(g2, f32x4.mul(both, v128.load(w, 32)));
          v128.store(gw, f32x4.add(v128.load(gw, 32), f32x4.mul(both, v2)), 32);
        }
      }
    }
    if (offsetof<D>() > 1) {
      v128.store(gv, g0);
      v128.store(gv, g1, 16);
    }
    if (offsetof<D>() > 2) v128.store(gv, g2, 32);
    if (offsetof<B>() > 0) addTo(biasGradient + i, gb);
  }
}
