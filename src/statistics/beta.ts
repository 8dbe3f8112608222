import { finite } from "../util/check.ts";

/**
 * The regularised incomplete beta function I_x(a, b), for a, b > 0 and x in [0, 1]; `y` is 1 − x, given apart where it
 * is known more exactly than the subtraction would give it. Relative accuracy about 1e-13 for a + b up to 1e6.
 *
 * The continued fraction is DLMF 8.17.22. What stands before it, x^a y^b / (a B(a, b)), is a difference of huge
 * logarithms; it is written as Loader's saddle-point form of the binomial density ("Fast and accurate computation of
 * binomial probabilities", 2000), in which nothing cancels.
 */
export function regularisedBeta(x: number, a: number, b: number, y = 1 - x): number {
  finite("a", a, 0, true);
  finite("b", b, 0, true);
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  // The fraction converges fast below the mean only; above it, I_x(a, b) = 1 − I_{1−x}(b, a) (DLMF 8.17.4).
  if (x > (a + 1) / (a + b + 2)) return 1 - (density(y, b, a, x) / b) * fraction(y, b, a);
  return (density(x, a, b, y) / a) * fraction(x, a, b);
}

/**
 * log of (1 − I_x(a, b)) / (x^a y^b / B(a, b)), for x in (0, 1) and `y` = 1 − x: the upper tail in units of what stands before
 * the continued fraction. It is finite where either of the two underflows.
 */
export function logTailRatio(x: number, a: number, b: number, y = 1 - x): number {
  if (x > (a + 1) / (a + b + 2)) return Math.log(fraction(y, b, a) / b);
  const lower = (density(x, a, b, y) / a) * fraction(x, a, b);
  return Math.log1p(-lower) - Math.log(root(a, b)) - exponent(x, a, b, y);
}

/** x^a y^b / B(a, b). */
function density(x: number, a: number, b: number, y: number): number {
  return root(a, b) * Math.exp(exponent(x, a, b, y));
}

const root = (a: number, b: number) => Math.sqrt((a * b) / (2 * Math.PI * (a + b)));

function exponent(x: number, a: number, b: number, y: number): number {
  const n = a + b;
  return stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y);
}

/** log Γ(z+1) − [(z + ½) log z − z + ½ log 2π]: Stirling's series (DLMF 5.11.1) from z = 16 on, below by recurrence. */
function stirlingError(z: number): number {
  let product = 1;
  let w = z;
  while (w < 16) product *= ++w;
  const s = 1 / (w * w);
  const series = (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s / 1188)))) / w;
  if (w === z) return series;
  return series + (w + 0.5) * Math.log(w) - w - Math.log(product) - (z + 0.5) * Math.log(z) + z;
}

/** x log(x/m) + m − x without cancellation near x = m (Loader's bd0). */
function deviance(x: number, m: number): number {
  const v = (x - m) / (x + m);
  if (Math.abs(v) > 0.1) return x * Math.log(x / m) + m - x;
  // log(x/m) = 2 artanh v.
  let power = 2 * x * v;
  let sum = (x - m) * v;
  for (let k = 3; ; k += 2) {
    power *= v * v;
    const next = sum + power / k;
    if (next === sum) return sum;
    sum = next;
  }
}

/** DLMF 8.17.22 by the modified Lentz method; its d_{2m} and d_{2m+1} are 8.17.23. */
function fraction(x: number, a: number, b: number): number {
  // No denominator comes near 0 for the shapes promised above; the guard is for larger ones.
  const tiny = 1e-300;
  const guard = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; ; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d);
    c = guard(1 + even / c);
    result *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d);
    c = guard(1 + odd / c);
    result *= c * d;
    if (Math.abs(c * d - 1) < 2e-16) return result;
  }
}
