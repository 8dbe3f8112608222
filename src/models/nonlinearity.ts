import type { Nonlinearity } from "./model.ts";

/** A nonlinearity with its first two derivatives; at ReLU's kink both derivatives are 0, as in PyTorch. */
interface Scalar {
  readonly value: (x: number) => number;
  readonly slope: (x: number) => number;
  readonly curvature: (x: number) => number;
}

/** erf to full float64 accuracy: its Maclaurin series near 0, a continued fraction for erfc beyond (DLMF 7.6.2, 7.9.3). */
export function erf(x: number): number {
  const a = Math.abs(x);
  if (a > 6) return Math.sign(x);
  if (a < 2.5) {
    let term = a;
    let sum = a;
    for (let k = 1; Math.abs(term) > 1e-17 * sum; k++) {
      term *= (2 * a * a) / (2 * k + 1);
      sum += term;
    }
    return Math.sign(x) * (2 / Math.sqrt(Math.PI)) * Math.exp(-a * a) * sum;
  }
  let fraction = 0;
  for (let k = 60; k >= 1; k--) fraction = k / 2 / (a + fraction);
  return Math.sign(x) * (1 - Math.exp(-a * a) / (Math.sqrt(Math.PI) * (a + fraction)));
}

const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
const cumulative = (x: number) => 0.5 * (1 + erf(x / Math.SQRT2));

export const scalars: Readonly<Record<Nonlinearity, Scalar>> = {
  identity: { value: (x) => x, slope: () => 1, curvature: () => 0 },
  relu: { value: (x) => Math.max(x, 0), slope: (x) => (x > 0 ? 1 : 0), curvature: () => 0 },
  gelu: {
    value: (x) => x * cumulative(x),
    slope: (x) => cumulative(x) + x * density(x),
    curvature: (x) => (2 - x * x) * density(x),
  },
};
