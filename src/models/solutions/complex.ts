import { fail, finite, oneOf, wholeNumber } from "../../util/check.ts";
import { createTorchUniform, uniformAround } from "../../util/torch-random.ts";

export const complexOutputs = ["relu of the real part", "squared modulus", "modulus"] as const;
/** How a complex overlap G_ij = Σ_k conj(w_ki) w_kj becomes the real output of a tied model. */
export type ComplexOutput = (typeof complexOutputs)[number];

/** n complex vectors of ℂᵈ, each as 2d real numbers: the real parts, then the imaginary ones. */
export type ComplexPoints = readonly (readonly number[])[];

/**
 * The overlaps of complex vectors, real and imaginary parts [n × n] each: Re G_ij is the dot product of the two vectors in
 * ℝ²ᵈ, Im G_ij = Re wᵢ · Im wⱼ − Im wᵢ · Re wⱼ.
 */
export function complexGram(points: ComplexPoints): { real: number[][]; imaginary: number[][] } {
  const d = (points[0]?.length ?? 0) / 2;
  const entry = (of: (a: readonly number[], b: readonly number[], k: number) => number) =>
    points.map((a) =>
      points.map((b) => {
        let sum = 0;
        for (let k = 0; k < d; k++) sum += of(a, b, k);
        return sum;
      }),
    );
  return {
    real: entry((a, b, k) => a[k]! * b[k]! + a[k + d]! * b[k + d]!),
    imaginary: entry((a, b, k) => a[k]! * b[k + d]! - a[k + d]! * b[k]!),
  };
}

/**
 * The tied model with complex weights on one-hot data, under squared error: Σ_ij (y_ij − δ_ij)², and its gradient by the real
 * and imaginary parts of each vector. With E = 2(y − 1) it is, as a complex vector, 4 Σᵢ K_ij wᵢ for vector j with
 * K = ½E∘1[Re G > 0] for the rectified real part (where only the real part of K's overlap counts), E∘G for the squared
 * modulus, and ½E∘G/|G| for the modulus (0 where G is 0).
 */
export function complexLoss(points: ComplexPoints, output: ComplexOutput): { loss: number; gradient: number[][] } {
  oneOf("output", output, complexOutputs);
  const width = points[0]?.length ?? 0;
  if (width % 2 !== 0 || width === 0 || points.some((p) => p.length !== width))
    fail("points", points, "vectors of 2d numbers, real parts before imaginary ones");
  const d = width / 2;
  const { real, imaginary } = complexGram(points);
  const gradient = points.map(() => new Array<number>(width).fill(0));
  let loss = 0;
  points.forEach((a, i) => {
    points.forEach((_, j) => {
      const [x, y] = [real[i]![j]!, imaginary[i]![j]!];
      const size = Math.hypot(x, y);
      const value = output === "modulus" ? size : output === "squared modulus" ? size ** 2 : Math.max(0, x);
      const error = value - (i === j ? 1 : 0);
      loss += error ** 2;
      // Pairs (i, j) and (j, i) have conjugate overlaps and the same output: both pull on vector j alike.
      let [re, im] = [4 * error * (x > 0 ? 1 : 0), 0];
      if (output === "squared modulus") [re, im] = [8 * error * x, 8 * error * y];
      if (output === "modulus") [re, im] = size > 0 ? [(4 * error * x) / size, (4 * error * y) / size] : [0, 0];
      const g = gradient[j]!;
      for (let k = 0; k < d; k++) {
        g[k] = g[k]! + re * a[k]! - im * a[k + d]!;
        g[k + d] = g[k + d]! + re * a[k + d]! + im * a[k]!;
      }
    });
  });
  return { loss, gradient };
}

/**
 * Gradient descent on the summed loss in float64 from real and imaginary parts uniform in ±1/√features, the rate rising over
 * the first twentieth of the steps; it stops early where the norm of the gradient by all real and imaginary parts, looked at
 * every hundred steps, is at most `tolerance`. The same seed gives the same run.
 */
export function descendComplex(options: {
  readonly features: number;
  readonly hidden: number;
  readonly output: ComplexOutput;
  readonly seed: number;
  readonly rate: number;
  readonly steps: number;
  readonly tolerance: number;
}) {
  const { features, hidden, output, rate, steps, tolerance } = options;
  wholeNumber("features", features, 1);
  wholeNumber("hidden", hidden, 1);
  wholeNumber("steps", steps, 1);
  finite("rate", rate, 0, true);
  const uniform = createTorchUniform(options.seed);
  const points = Array.from({ length: features }, () =>
    Array.from({ length: 2 * hidden }, () => uniformAround(uniform, 1 / Math.sqrt(features))),
  );
  for (let step = 0; step < steps; step++) {
    const { gradient } = complexLoss(points, output);
    if (step % 100 === 0 && Math.hypot(...gradient.flat()) <= tolerance) break;
    const now = rate * Math.min(1, (20 * (step + 1)) / steps);
    points.forEach((p, i) => {
      gradient[i]!.forEach((g, k) => {
        p[k] = p[k]! - now * g;
      });
    });
  }
  return { points, loss: complexLoss(points, output).loss };
}
