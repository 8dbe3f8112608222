/**
 * The last layer under mean squared error, of a model with no output scale: one sweep over the outputs computes each,
 * its error, the gradient of its row of the weight, and its share in the δ of the layer below. Most targets are 0, so
 * the sweep is over the stretches of rows between those that are not.
 */
import { cumulative, dropTiny, gaussian, TINY } from "./math";
import {
  Any,
  Gelu,
  IDENTITY,
  Identity,
  Layer,
  Plan,
  RELU,
  Relu,
  targetBegin,
  targetColumn,
  targetEnd,
  targetValue,
  Three,
  Two,
} from "./plan";

/** (f(x) − target) · f′(x). NaN in x gives NaN. */
@inline
export function residual<F>(x: v128, target: v128): v128 {
  if (offsetof<F>() == offsetof<Relu>())
    return v128.andnot(f32x4.sub(x, target), f32x4.le(x, f32x4.splat(0)));
  if (offsetof<F>() == offsetof<Gelu>()) return geluResidual(x, target, true);
  return f32x4.sub(x, target);
}

/** f(x) · f′(x), the residual for a target of 0. */
@inline
export function zeroResidual<F>(x: v128): v128 {
  if (offsetof<F>() == offsetof<Relu>()) return v128.andnot(x, f32x4.le(x, f32x4.splat(TINY)));
  if (offsetof<F>() == offsetof<Gelu>()) return geluResidual(x, x, false);
  return dropTiny<f32>(x);
}

@inline
function geluResidual(x: v128, target: v128, hasTarget: bool): v128 {
  const z = dropTiny<f32>(x);
  const density = gaussian<f32>(z);
  const below = cumulative<f32>(z, density);
  let value = f32x4.mul(z, below);
  if (hasTarget) value = f32x4.sub(value, target);
  return f32x4.mul(value, f32x4.add(below, f32x4.mul(z, density)));
}

export function meanSquaredHead(plan: Plan, top: Layer, below: Layer, p: usize, g: usize, sample: i32): void {
  const deltas = below.deltas;
  const end = <usize>top.inputs << 4;
  for (let k: usize = 0; k < end; k += 16) v128.store(deltas + k, f32x4.splat(0));
  if (top.nonlinearity == RELU) bySize<Relu>(plan, top, below, p, g, sample);
  else if (top.nonlinearity == IDENTITY) bySize<Identity>(plan, top, below, p, g, sample);
  else bySize<Gelu>(plan, top, below, p, g, sample);
  if (below.nonlinearity != IDENTITY)
    for (let k: usize = 0; k < end; k += 16)
      v128.store(deltas + k, f32x4.mul(v128.load(deltas + k), v128.load(below.slopes + k)));
}

@inline
function bySize<F>(plan: Plan, top: Layer, below: Layer, p: usize, g: usize, sample: i32): void {
  if (top.inputs == 2) rows<F, Two>(plan, top, below, p, g, sample);
  else if (top.inputs == 3) rows<F, Three>(plan, top, below, p, g, sample);
  else rows<F, Any>(plan, top, below, p, g, sample);
}

function rows<F, D>(plan: Plan, top: Layer, below: Layer, p: usize, g: usize, sample: i32): void {
  let next: usize = 0;
  const end = targetEnd(plan, sample);
  for (let entry = targetBegin(plan, sample); entry < end; entry++) {
    const row = targetColumn(plan, entry);
    sweep<F, D>(top, below, p, g, next, row);
    rowWithTarget<F>(top, below, p, g, row, targetValue<f32>(plan, entry));
    next = row + 1;
  }
  sweep<F, D>(top, below, p, g, next, top.outputs);
}

/** One output with any target, of any size. */
function rowWithTarget<F>(top: Layer, below: Layer, p: usize, g: usize, row: usize, target: v128): void {
  const bytes = <usize>top.inputs << 4;
  const x = below.activations;
  const deltas = below.deltas;
  const w = p + top.weight + row * bytes;
  const gw = g + top.weight + row * bytes;
  let sum = f32x4.mul(v128.load(w), v128.load(x));
  for (let k: usize = 16; k < bytes; k += 16)
    sum = f32x4.add(sum, f32x4.mul(v128.load(w + k), v128.load(x + k)));
  if (top.bias >= 0) sum = f32x4.add(sum, v128.load(p + top.bias + (row << 4)));
  const e = residual<F>(sum, target);
  if (top.bias >= 0) addTo(g + top.bias + (row << 4), e);
  for (let k: usize = 0; k < bytes; k += 16) {
    addTo(gw + k, f32x4.mul(e, v128.load(x + k)));
    addTo(deltas + k, f32x4.mul(e, v128.load(w + k)));
  }
}

/** The outputs from … to − 1, with targets 0. */
function sweep<F, D>(top: Layer, below: Layer, p: usize, g: usize, from: usize, to: usize): void {
  const bytes = <usize>top.inputs << 4;
  const hasBias = top.bias >= 0;
  const bias = p + top.bias;
  const biasGradient = g + top.bias;
  const x = below.activations;
  const deltas = below.deltas;
  const zero = f32x4.splat(0);
  const x0 = v128.load(x);
  const x1 = offsetof<D>() > 1 ? v128.load(x, 16) : zero;
  const x2 = offsetof<D>() > 2 ? v128.load(x, 32) : zero;
  let d0 = zero;
  let d1 = zero;
  let d2 = zero;
  let w = p + top.weight + from * bytes;
  let gw = g + top.weight + from * bytes;
  const end = to << 4;
  for (let row = from << 4; row < end; row += 16, w += bytes, gw += bytes) {
    const w0 = v128.load(w);
    const w1 = offsetof<D>() > 1 ? v128.load(w, 16) : zero;
    const w2 = offsetof<D>() > 2 ? v128.load(w, 32) : zero;
    let sum = f32x4.mul(w0, x0);
    if (offsetof<D>() > 1) sum = f32x4.add(sum, f32x4.mul(w1, x1));
    if (offsetof<D>() > 2) sum = f32x4.add(sum, f32x4.mul(w2, x2));
    if (offsetof<D>() == 0)
      for (let k: usize = 16; k < bytes; k += 16)
        sum = f32x4.add(sum, f32x4.mul(v128.load(w + k), v128.load(x + k)));
    if (hasBias) sum = f32x4.add(sum, v128.load(bias + row));
    const e = zeroResidual<F>(sum);
    if (hasBias) addTo(biasGradient + row, e);
    if (offsetof<D>() == 0) {
      for (let k: usize = 0; k < bytes; k += 16) {
        addTo(gw + k, f32x4.mul(e, v128.load(x + k)));
        addTo(deltas + k, f32x4.mul(e, v128.load(w + k)));
      }
    } else {
      addTo(gw, f32x4.mul(e, x0));
      d0 = f32x4.add(d0, f32x4.mul(e, w0));
      v128.store(gw, f32x4.add(v128.load(gw, 16), f32x4.mul(e, x1)), 16);
      d1 = f32x4.add(d1, f32x4.mul(e, w1));
      if (offsetof<D>() > 2) {
        v128.store(gw, f32x4.add(v128.load(gw, 32), f32x4.mul(e, x2)), 32);
        d2 = f32x4.add(d2, f32x4.mul(e, w2));
      }
    }
  }
  if (offsetof<D>() > 1) {
    addTo(deltas, d0);
    addTo(deltas + 16, d1);
  }
  if (offsetof<D>() > 2) addTo(deltas + 32, d2);
}

@inline
export function addTo(at: usize, x: v128): void {
  v128.store(at, f32x4.add(v128.load(at), x));
}
