import { finite, wholeNumber } from "../../util/check.ts";
import { indices } from "../../util/numbers.ts";

/**
 * The tied ReLU model with an end bias reconstructs every one-hot input when bᵢ = 1 − ‖wᵢ‖² (so that feature i gives
 * itself 1) and wᵢ·wⱼ + bⱼ ≤ 0 for all i ≠ j (so that the ReLU silences every other output).
 *
 * On a circle of squared radius R² with one angle 2π/n between neighbours and the common bias 1 − R², neighbours give
 * R² cos(2π/n) + 1 − R² ≤ 0, that is R² ≥ 1/(1 − cos(2π/n)). At the least R² the bias is −cos(2π/n)/(1 − cos(2π/n)):
 * positive for n = 2 and 3, zero for 4, negative from 5 on.
 */

/** 1/(1 − cos(2π/n)): the least squared radius at which n evenly spaced features do not disturb each other. */
export function losslessSquaredRadius(features: number): number {
  wholeNumber("features", features, 2);
  return 1 / (1 - Math.cos((2 * Math.PI) / features));
}

/** n features evenly on a circle with the bias 1 − R² that gives each of them back as 1; R² as above by default. */
export function losslessCircle(features: number, squaredRadius = losslessSquaredRadius(features)) {
  wholeNumber("features", features, 2);
  const radius = Math.sqrt(finite("squared radius", squaredRadius, 0, true));
  const points = indices(features).map((i) => {
    const angle = (2 * Math.PI * i) / features;
    return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
  });
  const bias = 1 - squaredRadius;
  return {
    points,
    bias,
    /** The same as starting values by parameter name, row-major. */
    start: {
      weight0: [...points.map(([x]) => x), ...points.map(([, y]) => y)],
      bias1: points.map(() => bias),
    },
  };
}
