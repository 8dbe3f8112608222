import { geometry, type models, type Run, recipe, type State } from "../../src/index.ts";
import { seedsFrom20000 } from "../helpers.ts";
import { own, withEndBias } from "./setup.ts";

/**
 * Tied ReLU models with an end bias, every column kept at norm 1, and a learned scale s after the ReLU: output j of input i is
 * s ReLU(cos θᵢⱼ + bⱼ). The end bias is initialised as in the older version of the note's code, uniform in ±1/√2.
 */

export const unitNorm = (features: number, scale: number, initialisation?: models.Initialisation) => ({
  ...withEndBias(features, initialisation),
  unitNorm: true,
  scale,
});

/** Curvatures grow like s², so the rate that suits every initial scale falls as 1/s², with as many times more steps, at most 60,000. */
export const rateByScale = (features: number, scale: number, steps = 10_000) => {
  const factor = Math.max(1, scale ** 2);
  return recipe({
    steps: Math.min(60_000, steps * factor),
    rate: (0.1 * features) / factor,
    convergence: { gradientNorm: 1e-3, every: 500 },
  });
};

/** Its vertices are the directions of features whose own output is above 0.2; columns join when 1 − cos < 0.001. */
export const outlineOf = (state: State) =>
  geometry.outline(state.points, own(state), { leastOutput: 0.2, leastNorm: 0, tolerance: 1e-3 });

export function spread(run: Run) {
  const { vertices, angleError } = outlineOf(run);
  const k = vertices.length;
  return {
    directions: k,
    "fewer than features": k < run.points.length,
    "largest relative error of a gap": k < 3 ? 9 : angleError / ((2 * Math.PI) / k),
    "features merged with another": geometry.twins(run.points, run.outputBias!).flat().length,
  };
}

export const steps = 40_000;
/** Half the rate and twice the steps of B9: at fifteen features some seeds never come to rest with larger steps. */
export const atOne = (n: number, initialisation?: models.Initialisation) => ({
  model: unitNorm(n, 1, initialisation),
  recipe: recipe({ steps, rate: 0.05 * n, convergence: { gradientNorm: 1e-3, every: 500 } }),
  seeds: seedsFrom20000(),
});
export const conditions =
  "Columns kept at norm 1, a learned scale after the ReLU, 40,000 steps at a constant rate of 0.05 n. Directions of features whose own output is above 0.2 (joined when 1 − cos < 0.001).";
