/**
 * exp and the normal distribution, in float32 and float64, a few units in the last place from the true value.
 * Polynomials are minimax fits of the relative error (Remez exchange). NaN gives NaN.
 */

/** Mills' ratio by powers of t (see `cumulative`). */
const MILLS_32: usize = memory.data<f32>([
  -0.0003923951257,
  -0.0008292844459,
  0.002010958143,
  0.007375420615,
  -0.01283087812,
  -0.06153312351,
  0.2835880332,
  -0.5716862139,
  0.3542651343,
]);
const MILLS_64: usize = memory.data<f64>([
  3.46242793419881837e-9,
  9.45745597318679117e-9,
  -2.74167587509172677e-8,
  -9.11314907925913021e-8,
  1.94630132689306735e-7,
  6.04063835858025014e-7,
  -1.69376542540060182e-6,
  -3.18048445083986763e-6,
  0.000016655969981715431,
  2.40856619447945403e-6,
  -0.00015146950710614008,
  0.000336582368883058699,
  0.000550332134289752713,
  -0.0059628785576766346,
  0.0225380236452607287,
  -0.0586899449793814791,
  0.119955579128128245,
  -0.202745813712132575,
  0.290941365676279681,
  -0.359594764234210825,
  0.192808104715315769,
]);

/** exp by powers of r (see `expNonPositive`). */
const EXP_32: usize = memory.data<f32>([
  0.001383672098,
  0.008374898938,
  0.04166823228,
  0.1666641918,
  0.4999999203,
  1.000000037,
]);

/**
 * Four times each, for `mantissa`: 2^r by powers of r; for `addToExponent`: 1.5 · 2²³; and the least exponent of use: 2⁻⁶⁰
 * (1e-18) is as good as 0 in a sum with 1, and above what `dropTiny` fears.
 */
export const POWER_32: usize = memory.data<f32>([
  1, 1, 1, 1,
  0.6931470037, 0.6931470037, 0.6931470037, 0.6931470037,
  0.2402224243, 0.2402224243, 0.2402224243, 0.2402224243,
  0.05550733581, 0.05550733581, 0.05550733581, 0.05550733581,
  0.009671512991, 0.009671512991, 0.009671512991, 0.009671512991,
  0.001326472731, 0.001326472731, 0.001326472731, 0.001326472731,
  12582912, 12582912, 12582912, 12582912,
  -60, -60, -60, -60,
]);
export const LOG2_E: f32 = 1.44269504;

/**
 * x, but 0 where it is smaller than 2⁻⁵⁶ ≈ 1e-17 (of float32 numbers only). Processors take a hundred times as long over
 * a subnormal result (below 1e-38), and features that die out decay into that range: trained to the end, a model would
 * slow down tenfold. Weights, and what multiplies weights in a gradient, are therefore kept well above its square root.
 */
@inline
export function dropTiny<T>(x: v128): v128 {
  if (sizeof<T>() == 8) return x;
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), f32x4.splat(TINY)));
}
export const TINY: f32 = 1.3877787807814457e-17;

/** exp(x) for x ≤ 0; in float32 0 below −40, where it is 4e-18 (see `dropTiny`). */
@inline
export function expNonPositive<T>(x: v128): v128 {
  if (sizeof<T>() == 8) {
    return f64x2.replace_lane(
      f64x2.splat(Math.exp(f64x2.extract_lane(x, 0))),
      1,
      Math.exp(f64x2.extract_lane(x, 1)),
    );
  }
  // x = n ln 2 + r, |r| ≤ ln 2 / 2. Adding 1.5 · 2²³ rounds to the whole number n and leaves it in the low bits.
  const shift = f32x4.splat(12582912);
  const shifted = f32x4.add(f32x4.mul(x, f32x4.splat(1.44269504)), shift);
  const n = f32x4.sub(shifted, shift);
  // ln 2 in two parts, the first so short that its product with n is exact.
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let y = v128.load32_splat(EXP_32);
  y = f32x4.add(f32x4.mul(y, r), v128.load32_splat(EXP_32, 4));
  y = f32x4.add(f32x4.mul(y, r), v128.load32_splat(EXP_32, 8));
  y = f32x4.add(f32x4.mul(y, r), v128.load32_splat(EXP_32, 12));
  y = f32x4.add(f32x4.mul(y, r), v128.load32_splat(EXP_32, 16));
  y = f32x4.add(f32x4.mul(y, r), v128.load32_splat(EXP_32, 20));
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(1));
  const power = i32x4.add(i32x4.shl(shifted, 23), f32x4.splat(1));
  return v128.andnot(f32x4.mul(y, power), f32x4.lt(x, f32x4.splat(-40)));
}

/**
 * 2^r for |r| ≤ 1/2, in float32. A power of two takes two steps, so that several which differ in their whole parts alone
 * can share the first: 2^x = addToExponent(mantissa(x − n), n) with n = nearest(x), within 2 units in the last place. The
 * constants come from outside, because in a loop they would be made anew for each vector.
 */
@inline
export function mantissa(r: v128, c0: v128, c1: v128, c2: v128, c3: v128, c4: v128, c5: v128): v128 {
  // By Estrin's scheme, whose chain of dependent operations is half as long as Horner's.
  const square = f32x4.mul(r, r);
  const low = f32x4.add(f32x4.mul(c1, r), c0);
  const middle = f32x4.add(f32x4.mul(c3, r), c2);
  const high = f32x4.add(f32x4.mul(c5, r), c4);
  return f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(high, square), middle), square), low);
}

/** The same outside loops. */
export function mantissaAlone(r: v128): v128 {
  return mantissa(
    r,
    v128.load(POWER_32),
    v128.load(POWER_32, 16),
    v128.load(POWER_32, 32),
    v128.load(POWER_32, 48),
    v128.load(POWER_32, 64),
    v128.load(POWER_32, 80),
  );
}

/** y · 2^n for a whole number n, where neither y nor the result leaves the normal numbers: n is added to y's exponent. */
@inline
export function addToExponent(y: v128, n: v128, shift: v128): v128 {
  // Adding 1.5 · 2²³ leaves n in the low bits. Those of any NaN that arithmetic makes are 0, so that it stays one.
  return i32x4.add(y, i32x4.shl(f32x4.add(n, shift), 23));
}

/** The standard normal density φ(x) = exp(−x²/2)/√(2π). */
@inline
export function gaussian<T>(x: v128): v128 {
  const exponent = v128.mul<T>(v128.mul<T>(x, x), v128.splat<T>(<T>-0.5));
  return v128.mul<T>(expNonPositive<T>(exponent), v128.splat<T>(<T>0.39894228040143267794));
}

/**
 * The normal distribution function Φ(x), given φ(x): the tail Φ(−|x|) is φ(x) times Mills' ratio, a smooth function
 * that is a polynomial in (|x| − K)/(|x| + K) to full accuracy (after Shepherd and Laframboise, 1981).
 */
@inline
export function cumulative<T>(x: v128, density: v128): v128 {
  const size = v128.abs<T>(x);
  const tail = v128.mul<T>(density, sizeof<T>() == 4 ? mills32(size) : mills64(size));
  return v128.bitselect(
    tail,
    v128.sub<T>(v128.splat<T>(<T>1), tail),
    v128.lt<T>(x, v128.splat<T>(<T>0)),
  );
}

@inline
function mills32(x: v128): v128 {
  const k = f32x4.splat(2.5);
  const t = f32x4.div(f32x4.sub(x, k), f32x4.add(x, k));
  let y = v128.load32_splat(MILLS_32);
  y = f32x4.add(f32x4.mul(y, t), v128.load32_splat(MILLS_32, 4));
  y = f32x4.add(f32x4.mul(y, t), v128.load32_splat(MILLS_32, 8));
  y = f32x4.add(f32x4.mul(y, t), v128.load32_splat(MILLS_32, 12));
  y = f32x4.add(f32x4.mul(y, t), v128.load32_splat(MILLS_32, 16));
  y = f32x4.add(f32x4.mul(y, t), v128.load32_splat(MILLS_32, 20));
  y = f32x4.add(f32x4.mul(y, t), v128.load32_splat(MILLS_32, 24));
  y = f32x4.add(f32x4.mul(y, t), v128.load32_splat(MILLS_32, 28));
  return f32x4.add(f32x4.mul(y, t), v128.load32_splat(MILLS_32, 32));
}

function mills64(x: v128): v128 {
  const k = f64x2.splat(5);
  const t = f64x2.div(f64x2.sub(x, k), f64x2.add(x, k));
  let y = f64x2.splat(0);
  for (let i = 0; i < 21; i++) y = f64x2.add(f64x2.mul(y, t), v128.load64_splat(MILLS_64 + (i << 3)));
  return y;
}
