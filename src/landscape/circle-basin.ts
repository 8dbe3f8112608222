import { scalars } from "../models/nonlinearity.ts";
import { losslessSquaredRadius } from "../models/solutions/lossless-circle.ts";

/** The standard normal distribution function, at any x but 0: GELU is x Φ(x). */
function normal(x: number): number {
  return scalars.gelu.value(x) / x;
}

/**
 * The standard deviation of Gaussian noise on every weight and bias of the lossless circle at which half of the starts have
 * every feature on, ‖wᵢ‖² + bᵢ > 0: to first order this sum is 1 + σ √(4R² + 1) times a standard normal, independent from
 * feature to feature, so that all n are on with probability Φ(1/(σ √(4R² + 1)))ⁿ.
 */
export function circleBasinRadius(features: number): number {
  const wanted = Math.exp(-Math.LN2 / features);
  let [low, high] = [0, 10];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (normal(middle) < wanted) low = middle;
    else high = middle;
  }
  return 1 / (Math.sqrt(4 * losslessSquaredRadius(features) + 1) * high);
}
