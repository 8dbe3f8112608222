import { autoencoder, range, recipe } from "../../src/index.ts";

/**
 * What the hypotheses about tied models without biases share. Rates are stated per n², because the mean squared error carries
 * a factor 1/n² in its gradient: this way every n takes the same steps on the summed loss.
 */

export const section = "ReLU + MSE · tied, no bias";

export type Activation = "relu" | "gelu";

export const tied = (nonlinearity: Activation, features: number, hidden = 2) =>
  autoencoder({ features, hidden, nonlinearity, loss: "mse", tied: true });

/** Trains until the gradient of the summed loss has vanished, or for that many steps. */
export const settle = (features: number, steps = 8000) =>
  recipe({
    steps,
    rate: {
      initial: 0.001 * features ** 2,
      max: 0.03 * features ** 2,
      final: 0.02 * features ** 2,
      warmup: 0.05,
    },
    convergence: { gradientNorm: 1e-4, every: 250 },
  });

/** Seeds that no one looked at while the criteria were written: those below 1,000 served to explore. */
export const fresh = (count: number) => range(1000, 1000 + count);

/** One condition for each number of features, labelled by it. */
export const over = <T>(sizes: readonly number[], condition: (features: number) => T) =>
  Object.fromEntries(sizes.map((n) => [`n = ${n}`, condition(n)]));

export const condition = (nonlinearity: Activation, features: number, { hidden = 2, count = 1024 } = {}) => ({
  model: tied(nonlinearity, features, hidden),
  recipe: settle(features, hidden === 2 ? 8000 : 12_000),
  seeds: fresh(count),
});
