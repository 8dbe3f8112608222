import { finite, wholeNumber } from "../util/check.ts";
import { indices, sum } from "../util/numbers.ts";
import { createNormal } from "../util/torch-random.ts";
import { regularisedBeta } from "./beta.ts";

/**
 * E|cos| of the angle between two independent directions uniform on the sphere in ℝᵈ: Γ(d/2) / (√π Γ((d + 1)/2)), by the
 * recurrence c_{d+2} = c_d · d/(d + 1) from c₁ = 1 and c₂ = 2/π.
 */
export function meanAbsoluteCosine(dimension: number): number {
  wholeNumber("dimension", dimension, 1);
  let value = dimension % 2 === 1 ? 1 : 2 / Math.PI;
  for (let d = dimension % 2 === 1 ? 1 : 2; d < dimension; d += 2) value *= d / (d + 1);
  return value;
}

/** P(|cos| > ε) for the same: I_{1−ε²}((d − 1)/2, ½), because cos² is Beta(½, (d − 1)/2). */
export function cosineTail(dimension: number, epsilon: number): number {
  wholeNumber("dimension", dimension, 2);
  finite("epsilon", epsilon, 0);
  return regularisedBeta(1 - epsilon ** 2, (dimension - 1) / 2, 0.5, epsilon ** 2);
}

/** Independent unit vectors uniform on the sphere in ℝᵈ, [count], the same for the same seed. */
export function sphereSample(count: number, dimension: number, seed: number): number[][] {
  wholeNumber("number of vectors", count, 1);
  wholeNumber("dimension", dimension, 1);
  const normal = createNormal(seed);
  return indices(count).map(() => {
    const v = Array.from({ length: dimension }, normal);
    const size = Math.sqrt(sum(v.map((x) => x * x)));
    return v.map((x) => x / size);
  });
}
