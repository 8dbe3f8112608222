import fc from "fast-check";
import { autoencoder, datasets, geometry, models, recipe, solutions } from "../../src/index.ts";
import { hundredths, indices, listOf, named, onSeedsFrom20000 } from "../helpers.ts";

/**
 * Models without biases under squared error, untied and tied, and how they are trained. vᵢ is the written vector of feature i
 * (column i of the embedding), uⱼ the reading vector, or reader, of output j (row j of the unembedding). A ReLU reader can
 * die: with uⱼ·vᵢ ≤ 0 for every i it has no gradient.
 */
export const nonlinearities = ["relu", "gelu"] as const;
export type Nonlinearity = keyof typeof named;

type Options = Partial<Parameters<typeof autoencoder>[0]>;

/** In two hidden dimensions, unless asked otherwise. */
export const untied = (nonlinearity: Nonlinearity, features: number, options: Options = {}) =>
  autoencoder({ features, hidden: 2, nonlinearity, loss: "mse", tied: false, ...options });

export const tied = (nonlinearity: Nonlinearity, features: number, options: Options = {}) =>
  untied(nonlinearity, features, { tied: true, ...options });

/** Data in which feature i is asked for at output permutation[i]. */
export const permutedTargets = (permutation: readonly number[]) =>
  datasets.permuted(datasets.oneHot(permutation.length), permutation);

/** The data of a bigram map: feature i is asked for at output i + 1. */
export const bigramMap = (n: number) => permutedTargets([...indices(n).slice(1), 0]);

/**
 * The rate rises over the first twentieth to 0.02 n², which at n = 10 is the note's largest rate, then decays to 0.002 n²
 * (rates per n², so that every n takes the same steps on the summed loss). It has to decay: runs that learn five directions
 * have no minimum to reach (U2b), and at a constant rate they rattle. Tied models reach their end in fewer steps.
 */
export function annealed(features: number, steps = features >= 20 ? 10_000 : 20_000) {
  const square = features ** 2;
  const rate = { initial: 0.002 * square, max: 0.02 * square, final: 0.002 * square, warmup: 0.05 };
  return recipe({ steps, rate });
}

export const sizeLabel = (nonlinearity: Nonlinearity, n: number) => `${named[nonlinearity]}, n = ${n}`;

/** "ReLU, n = 5": a condition for each nonlinearity and number of features; with a suffix "ReLU, n = 5, tied". */
export function eachSize<T>(
  sizes: readonly number[] | Readonly<Record<"relu" | "gelu", readonly number[]>>,
  condition: (nonlinearity: Nonlinearity, n: number) => T,
  suffix = "",
): Record<string, T> {
  return Object.fromEntries(
    nonlinearities.flatMap((nonlinearity) =>
      ("relu" in sizes ? sizes[nonlinearity] : sizes).map((n) => [
        sizeLabel(nonlinearity, n) + suffix,
        condition(nonlinearity, n),
      ]),
    ),
  );
}

export const shapeLabel = (nonlinearity: Nonlinearity, d: number, n: number) =>
  `${named[nonlinearity]}, d = ${d}, n = ${n}`;

/** "ReLU, d = 2, n = 5": a condition for each nonlinearity and, by dimensions, each number of features. */
export const eachShape = <T>(
  featuresIn: Readonly<Record<number, readonly number[]>>,
  condition: (nonlinearity: Nonlinearity, d: number, n: number) => T,
): Record<string, T> =>
  Object.fromEntries(
    nonlinearities.flatMap((nonlinearity) =>
      Object.entries(featuresIn).flatMap(([d, sizes]) =>
        sizes.map((n) => [shapeLabel(nonlinearity, +d, n), condition(nonlinearity, +d, n)]),
      ),
    ),
  );

/** The least summed loss of tied models with five features: the pentagon's under ReLU; under GELU the least of 1,024 seeds. */
export const tiedOptimum = { relu: 5 - solutions.polygonRecovered(5), gelu: 0.747_142_9 };

/** The norm of the best tied pentagon: √(1/(1 + 2 cos² 72°)) under ReLU; under GELU found by training. */
const pentagonNorm = { relu: Math.sqrt(1 / (1 + 2 * Math.cos((2 * Math.PI) / 5) ** 2)), gelu: 1.036 };

/** Five features initialised near the best tied pentagon, written and read there: Gaussian noise of 0.05 on every weight. */
export function nearPentagon(nonlinearity: "relu" | "gelu", { isTied = false, most = 2048 } = {}) {
  const corners = geometry.polygon(5, pentagonNorm[nonlinearity]);
  const at = { weight0: asColumns(corners), ...(isTied ? {} : { weight1: corners.flat() }) };
  const initialisation = { scheme: "torch", at, noise: 0.05 } as const;
  return onSeedsFrom20000(
    untied(nonlinearity, 5, { tied: isTied, initialisation }),
    isTied ? annealed(5, 3000) : annealed(5),
    most,
  );
}

/**
 * A model whose written vectors are frozen, of norm 1 at these angles in degrees. Readers are initialised at them, with so
 * much Gaussian noise on every weight; without `noise` as PyTorch draws them.
 */
export function frozenAt(nonlinearity: Nonlinearity, angles: readonly number[], noise?: number) {
  const vectors = angles.map(atAngle);
  const weight0 = asColumns(vectors);
  const initial = noise ? { at: { weight0, weight1: vectors.flat() }, noise } : { at: { weight0 } };
  return untied(nonlinearity, angles.length, {
    frozen: ["weight0"],
    initialisation: { scheme: "torch", ...initial },
  });
}

/** Two written vectors of norm 1, frozen at an angle; readers are initialised `near` them (noise 0.05) or at `random`. */
export const frozenPair = (nonlinearity: Nonlinearity, angle: number, readers: "near" | "random", most = 2048) =>
  onSeedsFrom20000(
    frozenAt(nonlinearity, [0, angle], readers === "near" ? 0.05 : undefined),
    recipe({ steps: 6000, rate: 0.4, convergence: { gradientNorm: 1e-5, every: 500 } }),
    most,
  );

// Vectors, and models that are made of them.

export type Vectors = readonly geometry.Point[];

export const degrees = (angle: number) => (angle * 180) / Math.PI;
export const radians = (angle: number) => (angle * Math.PI) / 180;
/** The unit vector of the plane at an angle in degrees. */
export const atAngle = (angle: number) => [Math.cos(radians(angle)), Math.sin(radians(angle))];
export const norm = (a: geometry.Point) => Math.sqrt(geometry.dot(a, a));
export const times = (a: geometry.Point, factor: number) => a.map((x) => x * factor);

/** The largest entry of A − I, in absolute value. */
export const offIdentity = (matrix: Vectors) =>
  Math.max(...matrix.flatMap((row, i) => row.map((x, j) => Math.abs(x - (i === j ? 1 : 0)))));

/** Vectors that span ℝᵈ, d = 1 to 4, for properties. */
export const spanningVectors = fc
  .record({ d: fc.integer({ min: 1, max: 4 }), extra: fc.integer({ min: 0, max: 6 }) })
  .chain(({ d, extra }) => listOf(listOf(hundredths(-180, 180), d), d + extra))
  .filter((vectors) => geometry.frameSpectrum(vectors)[0]! > 0.1);

/** An embedding, row by row, whose columns are these vectors. */
export const asColumns = (vectors: Vectors) => vectors[0]!.flatMap((_, row) => vectors.map((v) => v[row]!));

/** The loss summed over samples and outputs, and its gradient by the parameters. */
export function summedObjective(model: models.Model, parameters: Float64Array) {
  const terms = models.terms(model);
  const { loss, gradient } = models.gradient(model, parameters);
  return { loss: terms * loss, gradient: gradient.map((slope) => terms * slope) };
}

/** The same of an untied model with these written and reading vectors. */
export function objectiveOf(nonlinearity: Nonlinearity, written: Vectors, reading: Vectors) {
  const model = untied(nonlinearity, written.length, { hidden: written[0]!.length });
  return summedObjective(model, Float64Array.from([...asColumns(written), ...reading.flat()]));
}

export const lossOf = (nonlinearity: Nonlinearity, written: Vectors, reading: Vectors) =>
  objectiveOf(nonlinearity, written, reading).loss;
