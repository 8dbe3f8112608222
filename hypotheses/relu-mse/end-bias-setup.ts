import {
  autoencoder,
  type Initialisation,
  losslessCircle,
  lowerBound,
  outline,
  ownOutputs,
  ownPreactivations,
  type Run,
  range,
  recipe,
  type State,
  terms,
  upperBound,
} from "../../src/index.ts";

/**
 * What the hypotheses about tied models with an end bias share: ReLU, two hidden dimensions. Output j answers input i with
 * ReLU(wᵢ·wⱼ + bⱼ). "Own output" is a feature's output when it is active alone, and a feature is learned when that is above
 * 2/3 (two features that have merged share an output of 1/2 and count as unlearned). A feature is "on" when what reaches its
 * own output, ‖wᵢ‖² + bᵢ, is positive; one that is off and that no other input turns on has no gradient at all.
 *
 * The two versions of the note's code draw the end bias differently (see `Scheme`): "older" uniform in ±1/√2,
 * "newer" in ±1/√n. Rates are the note's: for the mean squared error, which carries a factor 1/n².
 */

export const section = "ReLU + MSE · tied, end bias";

export type Scheme = "torch" | "torch-tied-bias";
type Activation = "relu" | "gelu";
export interface Start {
  readonly weight0: readonly number[];
  readonly bias1: readonly number[];
}

const model = (features: number, nonlinearity: Activation, initialisation: Scheme | Initialisation) =>
  autoencoder({ features, hidden: 2, nonlinearity, loss: "mse", outputBias: true, initialisation });

export const biased = (features: number, scheme: Scheme = "torch", nonlinearity: Activation = "relu") =>
  model(features, nonlinearity, scheme);

/** With columns kept at norm 1 and a scale, learned from a start, after the ReLU. */
export const scaled = (features: number, scale: number, unitNorm = true) =>
  autoencoder({
    features,
    hidden: 2,
    nonlinearity: "relu",
    loss: "mse",
    outputBias: true,
    unitNorm,
    scale,
  });

/** Started at given weights, every weight and bias moved by Gaussian noise. */
export const near = (at: Start, noise: number, nonlinearity: Activation = "relu") =>
  model(at.bias1.length, nonlinearity, {
    scheme: "torch",
    at: { weight0: at.weight0, bias1: at.bias1 },
    noise,
  });

/** Started at the lossless circle, every weight and bias moved by Gaussian noise. */
export const nearCircle = (features: number, noise: number, nonlinearity: Activation = "relu") =>
  near(losslessCircle(features).start, noise, nonlinearity);

/** Weights and biases as one flat vector, as the definition takes them. */
export const flatten = ({ weight0, bias1 }: Start) => Float64Array.from([...weight0, ...bias1]);

/** Seeds that no one looked at while the criteria were written: those below 1,000 served to explore. */
export const fresh = (count: number) => range(1000, 1000 + count);

/** The note's schedule: up to 2 and down to 0.1. */
export const noted = (steps: number, max = 2, checkpoints = 0) =>
  recipe({
    steps,
    rate: { initial: 0.0025 * max, max, final: 0.05 * max, warmup: 0.05 },
    convergence: { gradientNorm: 1e-3, every: null },
    checkpoints: { count: checkpoints, spacing: "log" },
  });

/** As the note trains: its schedule, 30,000 steps for ten features and 15,000 for twenty. */
export const asNoted = (features: number, scheme: Scheme) => ({
  model: biased(features, scheme),
  recipe: noted(features === 10 ? 30_000 : 15_000, 2, 12),
  seeds: fresh(512),
});

/**
 * A low constant rate: 0.02 n², 0.2 n at most, which is time (rate/n² × step) 500 for twenty features and 1,000 for ten. A
 * larger one switches features off in its first steps, because the curvature by a bias is 2n at the start. No run is stopped
 * before its budget ends: on a plateau, where a feature with a faint constant output waits at the origin, the gradient can be
 * as small as at an end.
 */
export const steady = (features: number) =>
  recipe({
    steps: features < 10 ? 30_000 : 50_000,
    rate: Math.min(0.02 * features ** 2, 0.2 * features),
    convergence: { gradientNorm: 1e-4, every: null },
    checkpoints: { count: features < 8 ? 1 : 80, spacing: "log" },
  });

export const atLowRate = (features: number, scheme: Scheme) => ({
  model: biased(features, scheme),
  recipe: steady(features),
  seeds: fresh(256),
});

export const older = "older code";
export const newer = "newer code";

/** The same in both versions of the initialisation. */
export const bothCodes = <T>(sizes: readonly number[], condition: (features: number, scheme: Scheme) => T) =>
  Object.fromEntries(
    sizes.flatMap((n) => [
      [`n = ${n}, ${older}`, condition(n, "torch")],
      [`n = ${n}, ${newer}`, condition(n, "torch-tied-bias")],
    ]),
  );

export const summedLoss = (state: State) => terms(state.model) * state.loss;
export const own = (state: State) => ownOutputs(state.model, state.parameters);
export const learned = (state: State) => own(state).flatMap((y, i) => (y > 2 / 3 ? [i] : []));
/** Directions in which features point whose own output is above 1/4: merged features count once. */
export const shape = (state: State) => outline(state.points, own(state));
export const shown = (state: State) => shape(state).vertices.length;
/** Whether every feature is on in the start. */
export const allStartOn = (run: Run) => {
  const first = run.checkpoints[0]!;
  return ownPreactivations(first.model, first.parameters).every((z) => z > 0);
};

/** A share of seeds with exact bounds, each wrong with probability at most 1e-4. */
export const shareOf = (count: number, of: number) => ({
  value: count / of,
  low: lowerBound(count, of, 1e-4),
  high: upperBound(count, of, 1e-4),
});

/** How many observations go by each name, as `proportions` takes it; a run without an observation goes by none. */
export const tally = <T>(
  names: readonly string[],
  values: readonly (T | null)[],
  nameOf: (value: T) => string,
) =>
  Object.fromEntries(
    names.map((name) => [name, { count: values.filter((v) => v !== null && nameOf(v) === name).length }]),
  );

/** Names of numbers of features, the rare ones together. */
export const numbers = ["2 or 3", "4", "5", "6", "7", "8", "more"];
export const numberName = (count: number) => (count <= 3 ? "2 or 3" : count > 8 ? "more" : String(count));
