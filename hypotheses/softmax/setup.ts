import { autoencoder, geometry, models, recipe, type State } from "../../src/index.ts";
import { decodedCount } from "../helpers.ts";

/**
 * Softmax and cross-entropy on one-hot data. wᵢ is feature i's column of the embedding; the logit of label k on input i is
 * wₖ·wᵢ (+ bₖ). In an untied model vᵢ is the column of the embedding (written) and uᵢ the row of the unembedding (read), and
 * the logit is uₖ·vᵢ. A feature is decoded when the logit of its own label is strictly the largest on its input.
 *
 * Training has no minimum to end in: once every learned feature is decoded the norms grow for ever, ever more slowly. So
 * claims about what training finds are about what the budget of steps reaches.
 */

type Options = Partial<Omit<Parameters<typeof autoencoder>[0], "features" | "loss">>;

/** Tied, without biases, in two hidden dimensions, unless asked otherwise. */
export const softmax = (features: number, options: Options = {}) =>
  autoencoder({ features, hidden: 2, loss: "cross-entropy", ...options });

/** The same under squared error, with ReLU. */
export const squaredError = (features: number, options: Options = {}) =>
  autoencoder({ features, hidden: 2, loss: "mse", nonlinearity: "relu", ...options });

/** `gain`: factors on the initialisation, by the names of the weights (the embedding is weight0). */
export const untied = (features: number, gain: Readonly<Record<string, number>> = {}) =>
  softmax(features, { tied: false, initialisation: { scheme: "torch", gain } });

/** The note's schedule: from 1/400 of the largest rate up to it, then down to 1/20. One checkpoint is the initialisation. */
export const noteSchedule = (steps: number, { max = 2, checkpoints = 0, spacing = "even" as "even" | "log" } = {}) =>
  recipe({
    steps,
    rate: { initial: 0.0025 * max, max, final: 0.05 * max, warmup: 0.05 },
    checkpoints: { count: checkpoints, spacing },
  });

export function decodedFeatures(state: State) {
  const decoded = decodedCount(state);
  return { decoded, "all decoded": decoded === state.points.length };
}

export type Points = readonly geometry.Point[];

export const norm = (a: geometry.Point) => Math.sqrt(geometry.dot(a, a));
export const times = (a: geometry.Point, factor: number) => a.map((x) => x * factor);
/** To within a share of the larger one, or of 1. */
export const nearly = (a: number, b: number, tolerance = 1e-9) =>
  Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
export function logSumExp(values: readonly number[]): number {
  const top = Math.max(...values);
  return top + Math.log(values.reduce((sum, z) => sum + Math.exp(z - top), 0));
}

/** The angles of n directions evenly spaced on a circle. */
export const even = (n: number) => Array.from({ length: n }, (_, k) => (2 * Math.PI * k) / n);
export const onCircle = (angles: readonly number[], radius: number): Points =>
  angles.map((a) => [radius * Math.cos(a), radius * Math.sin(a)]);
/** 1 − cos of the angle between neighbours among n evenly spaced directions. */
export const neighbour = (n: number) => 1 - Math.cos((2 * Math.PI) / n);
/** The angles between neighbours over 2π/n, in order. */
export function gaps(points: Points): number[] {
  const angles = points.map(([x, y]) => Math.atan2(y!, x!)).sort((a, b) => a - b);
  const next = [...angles.slice(1), angles[0]! + 2 * Math.PI];
  return angles.map((a, i) => ((next[i]! - a) * angles.length) / (2 * Math.PI));
}

/** A tied model's parameters: its columns as a matrix [hidden × features], row by row, and then its biases. */
export const flat = (columns: Points, biases: readonly number[] = []) =>
  Float64Array.from([...columns[0]!.flatMap((_, row) => columns.map((w) => w[row]!)), ...biases]);

const tiedModel = (columns: Points, outputBias = false) =>
  softmax(columns.length, { hidden: columns[0]!.length, outputBias });

/** The mean over inputs of −ln of the probability of the right label, tied; without biases unless some are given. */
export const meanLoss = (columns: Points, biases: readonly number[] = []) =>
  models.loss(tiedModel(columns, biases.length > 0), flat(columns, biases));
/** Its derivative by each column, without biases. */
export function gradient(columns: Points): number[][] {
  const slopes = models.gradient(tiedModel(columns), flat(columns)).gradient;
  return columns.map((w, i) => w.map((_, row) => slopes[row * columns.length + i]!));
}
export const probabilities = (columns: Points, biases: readonly number[]) =>
  models.probabilities(tiedModel(columns, true), flat(columns, biases));
export const allDecoded = (columns: Points, biases: readonly number[]) =>
  models.decoded(tiedModel(columns, true), flat(columns, biases)).every(Boolean);

/** A formula's curve for a chart, with points on it at the given x. */
export const curve = (label: string, formula: string, places: readonly number[], at: (x: number) => number) => ({
  label,
  points: places.map((x) => ({ x, y: at(x) })),
  fit: { label: formula, at },
});

/** Untied: the last of n features at zero in both matrices, the others at the given points in both; noise of 0.05 everywhere. */
export const lastAtZero = (others: Points) => {
  const points = [...others, [0, 0]];
  const at = { weight0: [...flat(points)], weight1: points.flat() };
  return softmax(points.length, { tied: false, initialisation: { scheme: "torch", at, noise: 0.05 } });
};
