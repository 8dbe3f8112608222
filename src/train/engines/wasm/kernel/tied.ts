/**
 * A tied model n → d → n with linear bottleneck on one-hot data under mean squared error. Output j of sample i is
 * f(w_i·w_j + b_j), so with s_ij = (f − δ_ij) f′ at that point
 *   ∂(half the loss)/∂w_i = Σ_j (s_ij + s_ji) w_j,   ∂(half the loss)/∂b_j = Σ_i s_ij,
 * and each pair i < j needs one dot product, and without a bias one s. The sweep takes the columns two at a time:
 * their weights and gradients stay in registers while the later columns j pass by. (Without a bias s_ij = s_ji is added
 * once: a quarter of the loss's gradient accumulates, as against half of it elsewhere.)
 */
import { addTo, residual, zeroResidual } from "./head";
import {
  Any,
  Biased,
  Gelu,
  IDENTITY,
  Identity,
  Layer,
  layerAt,
  Plain,
  Plan,
  RELU,
  Relu,
  Three,
  Two,
} from "./plan";

export function tiedGradient(plan: Plan, p: usize, g: usize): void {
  const top = layerAt(plan, 1);
  if (top.nonlinearity == RELU) bySize<Relu>(top, p, g);
  else if (top.nonlinearity == IDENTITY) bySize<Identity>(top, p, g);
  else bySize<Gelu>(top, p, g);
}

@inline
function bySize<F>(top: Layer, p: usize, g: usize): void {
  if (top.inputs == 2) byBias<F, Two>(top, p, g);
  else if (top.inputs == 3) byBias<F, Three>(top, p, g);
  else byBias<F, Any>(top, p, g);
}

@inline
function byBias<F, D>(top: Layer, p: usize, g: usize): void {
  if (top.bias < 0) allPairs<F, D, Plain>(top, p, g);
  else allPairs<F, D, Biased>(top, p, g);
}

function allPairs<F, D, B>(top: Layer, p: usize, g: usize): void {
  const n = top.outputs;
  let i = 0;
  for (; i + 1 < n; i += 2) {
    onePair<F, B>(top, p, g, i, i);
    onePair<F, B>(top, p, g, i, i + 1);
    onePair<F, B>(top, p, g, i + 1, i + 1);
    if (offsetof<D>() == 0) twoAgainstRest<F, B>(top, p, g, i);
    else twoAgainstRestUnrolled<F, D, B>(top, p, g, i);
  }
  if (i < n) onePair<F, B>(top, p, g, i, i);
}

/** What multiplies w_j in ∂/∂w_i and w_i in ∂/∂w_j, given w_i·w_j; adds to the gradients of the biases. */
@inline
function share<F, B>(dot: v128, bi: usize, bj: usize, gi: usize, gj: usize): v128 {
  if (offsetof<B>() == 0) return zeroResidual<F>(dot);
  const sij = zeroResidual<F>(f32x4.add(dot, v128.load(bj)));
  const sji = zeroResidual<F>(f32x4.add(dot, v128.load(bi)));
  v128.store(gj, f32x4.add(v128.load(gj), sij));
  v128.store(gi, f32x4.add(v128.load(gi), sji));
  return f32x4.add(sij, sji);
}

/** The pair i ≤ j, of any size: three a block, few enough to be written without haste. */
function onePair<F, B>(top: Layer, p: usize, g: usize, i: usize, j: usize): void {
  const bytes = <usize>top.inputs << 4;
  const wi = p + top.weight + i * bytes;
  const wj = p + top.weight + j * bytes;
  const gi = g + top.weight + i * bytes;
  const gj = g + top.weight + j * bytes;
  let dot = f32x4.mul(v128.load(wi), v128.load(wj));
  for (let k: usize = 16; k < bytes; k += 16)
    dot = f32x4.add(dot, f32x4.mul(v128.load(wi + k), v128.load(wj + k)));
  let s: v128;
  if (i != j) {
    const b = p + top.bias;
    const gb = g + top.bias;
    s = share<F, B>(dot, b + (i << 4), b + (j << 4), gb + (i << 4), gb + (j << 4));
    for (let k: usize = 0; k < bytes; k += 16)
      v128.store(gj + k, f32x4.add(v128.load(gj + k), f32x4.mul(s, v128.load(wi + k))));
  } else if (offsetof<B>() == 0) {
    s = residual<F>(dot, f32x4.splat(1));
  } else {
    const offset = <usize>top.bias + (i << 4);
    s = residual<F>(f32x4.add(dot, v128.load(p + offset)), f32x4.splat(1));
    v128.store(g + offset, f32x4.add(v128.load(g + offset), s));
    s = f32x4.add(s, s);
  }
  for (let k: usize = 0; k < bytes; k += 16)
    v128.store(gi + k, f32x4.add(v128.load(gi + k), f32x4.mul(s, v128.load(wj + k))));
}

/** Columns i and i + 1 against all that follow; d = 2 or 3. */
function twoAgainstRestUnrolled<F, D, B>(top: Layer, p: usize, g: usize, i: usize): void {
  const bytes = offsetof<D>() << 4;
  const zero = f32x4.splat(0);
  let w = p + top.weight + i * bytes;
  let gw = g + top.weight + i * bytes;
  const a0 = v128.load(w);
  const a1 = v128.load(w, 16);
  const a2 = offsetof<D>() > 2 ? v128.load(w, 32) : zero;
  const b0 = v128.load(w + bytes);
  const b1 = v128.load(w + bytes, 16);
  const b2 = offsetof<D>() > 2 ? v128.load(w + bytes, 32) : zero;
  let ga0 = zero;
  let ga1 = zero;
  let ga2 = zero;
  let gb0 = zero;
  let gb1 = zero;
  let gb2 = zero;
  const bias = p + top.bias + (i << 4);
  const biasGradient = g + top.bias + (i << 4);
  const end = p + top.weight + <usize>top.outputs * bytes;
  const first = gw;
  let offset: usize = 32;
  w += 2 * bytes;
  gw += 2 * bytes;
  for (; w < end; w += bytes, gw += bytes) {
    const w0 = v128.load(w);
    const w1 = v128.load(w, 16);
    const w2 = offsetof<D>() > 2 ? v128.load(w, 32) : zero;
    let dotA = f32x4.add(f32x4.mul(a0, w0), f32x4.mul(a1, w1));
    let dotB = f32x4.add(f32x4.mul(b0, w0), f32x4.mul(b1, w1));
    if (offsetof<D>() > 2) {
      dotA = f32x4.add(dotA, f32x4.mul(a2, w2));
      dotB = f32x4.add(dotB, f32x4.mul(b2, w2));
    }
    const bj = bias + offset;
    const gj = biasGradient + offset;
    const sA = share<F, B>(dotA, bias, bj, biasGradient, gj);
    const sB = share<F, B>(dotB, bias + 16, bj, biasGradient + 16, gj);
    ga0 = f32x4.add(ga0, f32x4.mul(sA, w0));
    gb0 = f32x4.add(gb0, f32x4.mul(sB, w0));
    v128.store(gw, f32x4.add(v128.load(gw), f32x4.add(f32x4.mul(sA, a0), f32x4.mul(sB, b0))));
    ga1 = f32x4.add(ga1, f32x4.mul(sA, w1));
    gb1 = f32x4.add(gb1, f32x4.mul(sB, w1));
    v128.store(gw, f32x4.add(v128.load(gw, 16), f32x4.add(f32x4.mul(sA, a1), f32x4.mul(sB, b1))), 16);
    if (offsetof<D>() > 2) {
      ga2 = f32x4.add(ga2, f32x4.mul(sA, w2));
      gb2 = f32x4.add(gb2, f32x4.mul(sB, w2));
      v128.store(gw, f32x4.add(v128.load(gw, 32), f32x4.add(f32x4.mul(sA, a2), f32x4.mul(sB, b2))), 32);
    }
    if (offsetof<B>() > 0) offset += 16;
  }
  addTo(first, ga0);
  addTo(first + 16, ga1);
  if (offsetof<D>() > 2) addTo(first + 32, ga2);
  addTo(first + bytes, gb0);
  addTo(first + bytes + 16, gb1);
  if (offsetof<D>() > 2) addTo(first + bytes + 32, gb2);
}

/** The same for any d. */
function twoAgainstRest<F, B>(top: Layer, p: usize, g: usize, i: usize): void {
  const bytes = <usize>top.inputs << 4;
  const zero = f32x4.splat(0);
  const a = p + top.weight + i * bytes;
  const b = a + bytes;
  const ga = g + top.weight + i * bytes;
  const gb = ga + bytes;
  const bias = p + top.bias + (i << 4);
  const biasGradient = g + top.bias + (i << 4);
  const end = p + top.weight + <usize>top.outputs * bytes;
  let offset: usize = 32;
  let w = b + bytes;
  let gw = gb + bytes;
  for (; w < end; w += bytes, gw += bytes, offset += 16) {
    let dotA = zero;
    let dotB = zero;
    for (let k: usize = 0; k < bytes; k += 16) {
      const x = v128.load(w + k);
      dotA = f32x4.add(dotA, f32x4.mul(v128.load(a + k), x));
      dotB = f32x4.add(dotB, f32x4.mul(v128.load(b + k), x));
    }
    const sA = share<F, B>(dotA, bias, bias + offset, biasGradient, biasGradient + offset);
    const sB = share<F, B>(dotB, bias + 16, bias + offset, biasGradient + 16, biasGradient + offset);
    for (let k: usize = 0; k < bytes; k += 16) {
      const x = v128.load(w + k);
      addTo(ga + k, f32x4.mul(sA, x));
      addTo(gb + k, f32x4.mul(sB, x));
      addTo(gw + k, f32x4.add(f32x4.mul(sA, v128.load(a + k)), f32x4.mul(sB, v128.load(b + k))));
    }
  }
}
