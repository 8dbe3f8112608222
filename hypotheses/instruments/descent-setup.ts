import { autoencoder, models, type Run, recipe } from "../../src/index.ts";
import { indices, onSeedsFrom20000 } from "../helpers.ts";

/**
 * Gradient descent reimplemented in float64, to test single steps of training. The losses are written as the note has them; a
 * gradient is the formula's by central differences. Six features, two dimensions, eight steps.
 */

const features = 6;
const steps = 8;
const rate = 1;
const atRate = (constant: number) => recipe({ steps, rate: constant, checkpoints: { count: 1, spacing: "even" } });

type Options = Partial<Parameters<typeof autoencoder>[0]>;
export const relu = (options: Options = {}) =>
  autoencoder({ features, hidden: 2, nonlinearity: "relu", loss: "mse", ...options });
export const softmax = (options: Options = {}) =>
  autoencoder({ features, hidden: 2, loss: "cross-entropy", ...options });

export const eightSteps = (model: models.Model) => onSeedsFrom20000(model, atRate(rate));
export const atTwiceTheRate = { name: "at twice the rate", recipe: atRate(2 * rate) };
export const comparedWith = (formula: string) =>
  `Six features in two dimensions, eight steps at a constant rate in float32, compared with eight in float64 on ${formula}, its gradient taken by central differences. “Is” means: at the end no weight differs by 1e-5 or more. Nor do the loss there, its gradient and the gradient's norm, as the program computes them.`;

type Errors = Readonly<Record<"weights off by" | "loss off by" | "gradient off by", number>>;
export const isSame = (o: Errors) => Math.max(o["weights off by"], o["loss off by"], o["gradient off by"]) < 1e-5;

/** A mean loss, and how many terms it is a mean over. */
interface Formula {
  readonly terms: number;
  readonly loss: (weights: Weights) => number;
  /** Its slope along a parameter, from what it is at a distance from there. */
  readonly slope: (at: (distance: number) => number) => number;
}
type Weights = ReturnType<typeof named>;

/** Errors of a run against the reimplementation: its final weights, and the loss and the gradient there. */
export const errorsAgainst =
  (formula: Formula, frozen: (model: models.Model) => "weight0" | "weight1" | "none" = () => "none") =>
  (run: Run): Errors => {
    const { model, parameters } = run;
    const lossAt = (at: readonly number[]) => formula.loss(named(at, model));
    // Models with frozen weights have no biases: the parameters are the embedding, and then the unembedding.
    const trains = (k: number) => frozen(model) !== (k < 2 * features ? "weight0" : "weight1");

    let at = withUnitNorm(run.checkpoints[0]!.parameters, model);
    for (let step = 0; step < steps; step++) {
      const slopes = gradientOf(formula, lossAt, at);
      at = withUnitNorm(
        at.map((x, k) => (trains(k) ? x - rate * slopes[k]! : x)),
        model,
      );
    }

    const end = [...parameters];
    const [loss, gradient] = [lossAt(end), gradientOf(formula, lossAt, end)];
    const norm = Math.hypot(...tangential(gradient, end, model).filter((_, k) => trains(k)));
    return {
      "weights off by": furthest(end, at),
      "loss off by": furthest([run.loss, models.loss(model, parameters)], [loss, loss]),
      "gradient off by": furthest(
        [...models.gradient(model, parameters).gradient, run.gradientNorm / formula.terms],
        [...gradient, norm],
      ),
    };
  };

const furthest = (a: readonly number[], b: readonly number[]) => Math.max(...a.map((x, i) => Math.abs(x - b[i]!)));

const gradientOf = ({ slope }: Formula, lossAt: (at: readonly number[]) => number, at: readonly number[]) =>
  at.map((x, k) => slope((distance) => lossAt(at.with(k, x + distance))));

/** Near, because a ReLU that turns within its reach spoils the difference. */
const nearDifference: Formula["slope"] = (at) => (at(1e-7) - at(-1e-7)) / 2e-7;

/**
 * Of sixth order, for what is smooth. It can reach so far that rounding in the loss, whose logarithms differ between browsers,
 * moves the slope by 1e-13: the errors that are told, of 1e-7, are the same everywhere.
 */
const farDifference: Formula["slope"] = (at) => {
  const [one, two, three] = [0.01, 0.02, 0.03].map((distance) => at(distance) - at(-distance)) as [
    number,
    number,
    number,
  ];
  return (45 * one - 9 * two + three) / 0.6;
};

/** Of the embedding, whose rows come first among the parameters. */
const column = (flat: ArrayLike<number>, i: number) => [flat[i]!, flat[features + i]!] as const;
const withUnitNorm = (at: Iterable<number>, { unitNorm }: models.Model) => {
  const flat = [...at];
  return flat.map((x, k) => (unitNorm && k < 2 * features ? x / Math.hypot(...column(flat, k % features)) : x));
};
/** What a critical point has to have 0: a gradient without its part along columns that are kept at norm 1. */
const tangential = (gradient: readonly number[], at: readonly number[], { unitNorm }: models.Model) =>
  gradient.map((slope, k) => {
    if (!unitNorm || k >= 2 * features) return slope;
    const [[gx, gy], [x, y]] = [column(gradient, k % features), column(at, k % features)];
    return slope - (gx * x + gy * y) * at[k]!;
  });

/** w: columns of the embedding; a: hidden bias; u: rows of the unembedding, w where tied; b: end bias; s: scale. */
function named(parameters: readonly number[], { layers, tied, scale }: models.Model) {
  let from = 2 * features;
  const next = (count: number) => {
    from += count;
    return parameters.slice(from - count, from);
  };
  const w = indices(features).map((i) => column(parameters, i));
  const a = layers[0]!.bias ? next(2) : [0, 0];
  const u = tied ? w : w.map(() => next(2));
  const b = layers[1]!.bias ? next(features) : w.map(() => 0);
  return { w, a, u, b, s: scale === null ? 1 : parameters.at(-1)! };
}

/** Tells zᵢⱼ = uⱼ·(wᵢ + a) + bⱼ, what reaches output j on input i. */
function eachSum({ w, a, u, b }: Weights, tell: (i: number, j: number, z: number) => void): void {
  for (let i = 0; i < features; i++) {
    const [across, up] = [w[i]![0] + a[0]!, w[i]![1] + a[1]!];
    for (let j = 0; j < features; j++) tell(i, j, u[j]![0]! * across + u[j]![1]! * up + b[j]!);
  }
}

/** Σᵢⱼ (s ReLU(zᵢⱼ) − δᵢⱼ)²/n². */
export const squaredError: Formula = {
  terms: features ** 2,
  slope: nearDifference,
  loss: (at) => {
    let sum = 0;
    eachSum(at, (i, j, z) => {
      sum += (at.s * Math.max(0, z) - (i === j ? 1 : 0)) ** 2;
    });
    return sum / features ** 2;
  },
};

/** Σᵢ −ln (exp zᵢᵢ / Σⱼ exp zᵢⱼ)/n. */
export const crossEntropy: Formula = {
  terms: features,
  slope: farDifference,
  loss: (at) => {
    const totals = new Float64Array(features);
    const own = new Float64Array(features);
    eachSum(at, (i, j, z) => {
      totals[i]! += Math.exp(z);
      if (i === j) own[i] = z;
    });
    return totals.reduce((sum, total, i) => sum + (Math.log(total) - own[i]!), 0) / features;
  },
};
