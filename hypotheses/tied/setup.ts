import { autoencoder, distributions, geometry, recipe, type State } from "../../src/index.ts";

/** A tied model without biases on one-hot data under squared error. */
export const tied = (nonlinearity: "relu" | "gelu" | "identity", features: number, hidden = 2) =>
  autoencoder({ features, hidden, nonlinearity, loss: "mse", tied: true });

/**
 * Rates are stated per n², because the mean squared error carries a factor 1/n² in its gradient: so every n takes the same
 * steps on the summed loss.
 */
export const ratePerSquare = (features: number) => ({
  initial: 0.001 * features ** 2,
  max: 0.03 * features ** 2,
  final: 0.02 * features ** 2,
  warmup: 0.05,
});

/** Trains until the gradient of the summed loss has vanished (1e-4), or for so many steps. */
export const untilConverged = (features: number, steps = 8000) =>
  recipe({
    steps,
    rate: ratePerSquare(features),
    convergence: { gradientNorm: 1e-4, every: 250 },
  });

/** The first steps, at a constant rate, with a checkpoint every few. */
export const firstSteps = (features: number, { steps, every }: { steps: number; every: number }) =>
  recipe({
    steps,
    rate: 0.02 * features ** 2,
    checkpoints: { count: steps / every, spacing: "even" },
  });

/** Figure: relative differences of the summed loss from an exact one. Below 1e-16 they are rounding. */
export const differencesFrom = <T>(exact: string, difference: (observation: T) => number) =>
  distributions<T>(
    { "relative error": (o) => Math.max(difference(o), 1e-16) },
    {
      label: `relative difference from ${exact}`,
      kind: "log",
      marks: [{ value: 1e-6, label: "a millionth" }],
    },
  );

/**
 * "regular 5-gon": the directions (columns of norm above 0.01, joined when 1 − cos < 0.001) have equal gaps to 0.01 rad
 * and equal norms to 1 %, the norm of a direction being √Σ‖wᵢ‖² over its features. "unstable" is added when the count of
 * directions depends on the tolerance or the least norm within a factor of 3.
 */
export function shape(run: State): string {
  const vectors = geometry.directions(run.points).directions.map((d) => d.vector);
  const { regular, k } = geometry.regularPolygon(vectors);
  const unstable = geometry.stableCount(run.points).stable ? "" : ", unstable";
  return `${regular ? "regular" : "irregular"} ${k}-gon${unstable}`;
}
