import {
  autoencoder,
  type Condition,
  charts,
  geometry,
  models,
  type Result,
  type Run,
  recipe,
  type State,
  shapes,
  solutions,
} from "../../src/index.ts";
import { byLabel, indices, summedLoss } from "../helpers.ts";

/**
 * What the hypotheses about tied models with an end bias share: ReLU, two hidden dimensions. Output j of input i is
 * ReLU(wᵢ·wⱼ + bⱼ). A feature's own output is its output when it is active alone. The feature is learned where that is
 * above 2/3: two features that have merged share an output of 1/2 and count as unlearned. It is on where what reaches its
 * own output, ‖wᵢ‖² + bᵢ, is positive. A feature that is off and that no other input turns on has no gradient at all.
 */

/** The versions of the note's code initialise the end bias differently: an older one in ±1/√2, a newer one in ±1/√n. */
export type Scheme = "torch" | "torch-tied-bias";
type Activation = "relu" | "gelu";

export const withEndBias = (
  features: number,
  initialisation: Scheme | models.Initialisation = "torch",
  nonlinearity: Activation = "relu",
) => autoencoder({ features, hidden: 2, nonlinearity, loss: "mse", outputBias: true, initialisation });

/** The two rows of the embedding, one after the other, and the end bias. */
export type Weights = Readonly<Record<"weight0" | "bias1", readonly number[]>>;
/** The same as one flat vector, as models take it. */
export const flatten = ({ weight0, bias1 }: Weights) => Float64Array.from([...weight0, ...bias1]);

/** Initialised at given weights, every weight and bias moved by Gaussian noise. */
export const near = (at: Weights, noise: number, nonlinearity?: Activation) =>
  withEndBias(at.bias1.length, { scheme: "torch", at, noise }, nonlinearity);

/** Initialised at the lossless circle, every weight and bias moved by Gaussian noise. */
export const nearLosslessCircle = (features: number, noise: number, nonlinearity?: Activation) =>
  near(solutions.losslessCircle(features).start, noise, nonlinearity);

export interface Feature {
  readonly point: readonly number[];
  readonly bias: number;
}
export const weightsOf = (features: readonly Feature[]): Weights => ({
  weight0: [0, 1].flatMap((row) => features.map((f) => f.point[row]!)),
  bias1: features.map((f) => f.bias),
});
export const polar = (length: number, angle: number) => [length * Math.cos(angle), length * Math.sin(angle)];

export const onCircle = (count: number): Feature[] => {
  const { points, bias } = solutions.losslessCircle(count);
  return points.map((point) => ({ point, bias }));
};
/** Four short columns inside the hexagon: silent with a bias of −0.5. */
export const fourShort = (bias: number): Feature[] => indices(4).map((i) => ({ point: polar(0.3, 1 + 1.7 * i), bias }));
/** Six learned features on the lossless hexagon and four short columns beside them, all moved by noise of 0.05. */
export const besideHexagon = (bias: number) => near(weightsOf([...onCircle(6), ...fourShort(bias)]), 0.05);

/** A control for what training from random weights does not find. */
export const startedAtLosslessCircle = (features: number) => ({
  name: "started at the lossless circle, moved by noise of 0.02",
  model: nearLosslessCircle(features, 0.02),
});

export const older = "older code";
export const newer = "newer code";

/** A population for each number of features under each of the two initialisation schemes: "n = 10, older code". */
export const underBothSchemes = (
  model: (features: number, scheme: Scheme) => models.Model,
  sizes: readonly number[],
  training: (features: number) => Omit<Condition, "model">,
) =>
  Object.fromEntries(
    sizes.flatMap((n) => [
      [`n = ${n}, ${older}`, { model: model(n, "torch"), ...training(n) }],
      [`n = ${n}, ${newer}`, { model: model(n, "torch-tied-bias"), ...training(n) }],
    ]),
  );

export const bothSchemes =
  "Under both initialisation schemes of the note's code: the older draws the end bias uniformly in ±1/√2, the newer in ±1/√n.";

// Rates are the note's: for the mean squared error, whose gradient carries a factor 1/n².

/** The note's schedule, up to 2 and down to 0.1, or in the same proportion; 30,000 steps at ten features, 15,000 at twenty. */
export const noteSchedule = (
  features: number,
  { steps = features === 10 ? 30_000 : 15_000, max = 2, checkpoints = 12 } = {},
) =>
  recipe({
    steps,
    rate: { initial: 0.0025 * max, max, final: 0.05 * max, warmup: 0.05 },
    convergence: { gradientNorm: 1e-3, every: null },
    checkpoints: { count: checkpoints, spacing: "log" },
  });

/**
 * Time is rate/n² × step, the step's size on the summed loss, so that it means the same at every n. By the time that is given here
 * nearly every seed of ten features or fewer has converged. With twenty half of them have; of the others the numbers of features
 * and of directions hardly change any more.
 */
export const timeAtTheEnd = (features: number) => (features < 8 ? 600 : features <= 10 ? 5000 : 7000);

/**
 * A constant rate, `perStep` of time a step. No run is stopped before its budget ends: on a plateau, where a feature with a
 * faint constant output waits at the origin, the gradient can be as small as at convergence. Checkpoints before the time `after` are left out.
 */
const constantRate = (
  features: number,
  perStep: number,
  {
    time = timeAtTheEnd(features),
    checkpoints = 160,
    after,
  }: { time?: number; checkpoints?: number; after?: number } = {},
) =>
  recipe({
    steps: Math.round(time / perStep),
    rate: Number((perStep * features ** 2).toPrecision(6)),
    convergence: { gradientNorm: 1e-4, every: null },
    checkpoints: {
      count: checkpoints,
      spacing: "log",
      // A step early, because steps times the rate are rounded.
      ...(after !== undefined && { from: Math.floor(after / perStep) - 1 }),
    },
  });

/** A low rate: 0.25 at ten features, an eighth of the note's high one, and 1 at twenty. */
export const lowRate = (features: number, options?: Parameters<typeof constantRate>[2]) =>
  constantRate(features, 0.0025, options);

/**
 * As large as a constant rate can be: 2 at ten features, the note's high one, and 4 at twenty. A larger one switches features
 * off in its first steps, because the curvature by a bias is 2n at initialisation.
 */
export const highRate = (features: number) =>
  constantRate(features, Math.min(0.02, 0.2 / features), { checkpoints: features < 8 ? 1 : 160 });

/** [i][j]: output j when feature i is active alone. */
export const outputs = (state: State) =>
  models.preactivations(state.model, state.parameters).map((row) => row.map((z) => Math.max(0, z)));
export const own = (state: State) => models.ownOutputs(state.model, state.parameters);
/** Indices of the learned features. */
export const learned = (state: State) => own(state).flatMap((y, i) => (y > 2 / 3 ? [i] : []));
/**
 * The directions of the features whose own output is above 1/4 and whose column is longer than 0.5; columns join when
 * 1 − cos < 0.01. Merged features count once.
 */
export const outline = (state: State) => geometry.outline(state.points, own(state));
export const directionCount = (state: State) => outline(state).vertices.length;

/** Whether the model reconstructs every feature. */
export const lossless = (state: State) => summedLoss(state) < 1e-3;

export const initialBias = (run: Run) => run.checkpoints[0]!.outputBias!;
/** What reaches each feature's own output at initialisation: the feature is on where this is positive. */
export const initialOwnInputs = (run: Run) => models.ownPreactivations(run.model, run.checkpoints[0]!.parameters);
export const allInitiallyOn = (run: Run) => initialOwnInputs(run).every((z) => z > 0);

/** How many seeds of each cell are in each category; a seed can be in several or in none. */
export const seedsBy = <T>(
  label: string,
  cells: Result<T>["cells"],
  categories: readonly string[],
  categoriesOf: (observation: T) => readonly (string | false)[],
) =>
  charts.proportions({
    label,
    categories,
    conditions: cells.map((o) => {
      const found = o.values.flatMap((v) => (v === null ? [] : categoriesOf(v)));
      const count = (category: string) => ({ count: found.filter((other) => other === category).length });
      return { label: o.label, seeds: o.of, of: byLabel(categories, String, count) };
    }),
  });

const numbers = ["2 or 3", "4", "5", "6", "7", "8", "more"];
/** The seeds of each cell by a number of features or directions, the rare numbers together; null leaves a seed out. */
export const seedsByNumber = <T>(
  label: string,
  cells: Result<T>["cells"],
  numberOf: (observation: T) => number | null,
) =>
  seedsBy(label, cells, numbers, (observation) => {
    const count = numberOf(observation);
    return count === null ? [] : [numbers[Math.min(Math.max(count, 3), 9) - 3]!];
  });

/** Of each kind the first run of a cell, with a caption that says how many are of it; a kind that none is of is left out. */
export const examples = <T, D>(
  cell: Result<T>["cells"][number],
  kinds: Readonly<Record<string, (observation: T) => boolean>>,
  draw: (run: Run, caption: string) => D,
) =>
  Object.entries(kinds).flatMap(([kind, is]) => {
    const alike = cell.runs.filter((_, i) => cell.values[i] !== null && is(cell.values[i] as T));
    return alike.slice(0, 1).map((run) => draw(run, `${kind}: ${alike.length} of ${cell.of}`));
  });

/** The columns, coloured by their end biases. */
export const columnsWithBias = (
  { points, outputBias }: Pick<State, "points" | "outputBias">,
  options: Partial<Parameters<typeof shapes.plane>[0]>,
) => shapes.plane({ points, values: { of: outputBias!, label: "end bias" }, ...options });
