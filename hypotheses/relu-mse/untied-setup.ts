import {
  apply,
  autoencoder,
  canonicalOrientation,
  cosine,
  type DataSet,
  dot,
  type Initialisation,
  type Observation,
  oneHot,
  type Point,
  type PopulationResult,
  pairs,
  permuted,
  quantile,
  quantileBounds,
  range,
  readDirections,
  recipe,
  type State,
  scopeMap,
  terms,
} from "../../src/index.ts";

/** What the hypotheses about untied models without biases share: models, the recipe, and how a run is looked at. */
export const section = "ReLU + MSE · untied, no bias";

export type Activation = "relu" | "gelu";

export interface More {
  readonly hidden?: number;
  readonly data?: DataSet;
  readonly frozen?: readonly string[];
  readonly initialisation?: Initialisation;
}

export const untied = (nonlinearity: Activation | "identity", features: number, more: More = {}) =>
  autoencoder({ features, hidden: 2, nonlinearity, loss: "mse", tied: false, ...more });

export const tied = (nonlinearity: Activation | "identity", features: number, more: More = {}) =>
  autoencoder({ features, hidden: 2, nonlinearity, loss: "mse", tied: true, ...more });

/**
 * The recipe of the whole section, which at n = 10 is the note's: the rate rises over the first twentieth to 0.02 n², then
 * decays to 0.002 n² (rates per n², so that every n takes the same steps on the summed loss). It has to decay: runs that
 * learn five directions have no minimum to reach (U2b), and at a constant rate they rattle.
 */
export const descend = (features: number, steps = features >= 20 ? 10_000 : 20_000) =>
  recipe({
    steps,
    rate: {
      initial: 0.002 * features ** 2,
      max: 0.02 * features ** 2,
      final: 0.002 * features ** 2,
      warmup: 0.05,
    },
  });

/** Seeds that no one looked at while the criteria were written: those below 1,000 served to explore. */
export const fresh = (count: number) => range(1000, 1000 + count);

export const condition = (nonlinearity: Activation, features: number, hidden = 2, count = 256) => ({
  model: untied(nonlinearity, features, { hidden }),
  recipe: descend(features),
  seeds: fresh(count),
});

/** Tied models reach their end in 3,000 steps of the same kind. */
export const tiedCondition = (nonlinearity: Activation, features: number, hidden = 2, count = 256) => ({
  model: tied(nonlinearity, features, { hidden }),
  recipe: descend(features, hidden === 2 ? 3000 : 5000),
  seeds: fresh(count),
});

export const name = { relu: "ReLU", gelu: "GELU" } as const;

/** One condition for each activation and number of features. */
export function over<T>(
  sizes: Readonly<Record<Activation, readonly number[]>>,
  of: (activation: Activation, n: number) => T,
): Record<string, T> {
  const activations: readonly Activation[] = ["relu", "gelu"];
  return Object.fromEntries(
    activations.flatMap((a) => sizes[a].map((n) => [`${name[a]}, n = ${n}`, of(a, n)] as const)),
  );
}

export const same = (sizes: readonly number[]) => ({ relu: sizes, gelu: sizes });

/** Squared radius of the best tied pentagon: 1/(1 + 2 cos² 72°) under ReLU; under GELU found by training. */
const pentagonRadius = { relu: Math.sqrt(1 / (1 + 2 * Math.cos((2 * Math.PI) / 5) ** 2)), gelu: 1.036 };

/** Five features written and read near the best tied pentagon: Gaussian noise of 0.05 on every weight. */
export function nearPentagon(nonlinearity: Activation, isTied = false, count = 256) {
  const corners = [0, 1, 2, 3, 4].map((k) =>
    [Math.cos, Math.sin].map((of) => pentagonRadius[nonlinearity] * of((2 * Math.PI * k) / 5)),
  );
  const weight0 = [0, 1].flatMap((row) => corners.map((corner) => corner[row]!));
  const at = { weight0, ...(isTied ? {} : { weight1: corners.flat() }) };
  const initialisation = { scheme: "torch" as const, at, noise: 0.05 };
  return {
    model: (isTied ? tied : untied)(nonlinearity, 5, { initialisation }),
    recipe: isTied ? descend(5, 3000) : descend(5),
    seeds: fresh(count),
  };
}

/** Feature i is asked for at output i + 1. */
export const nextFeature = (n: number) =>
  permuted(
    oneHot(n),
    Array.from({ length: n }, (_, i) => (i + 1) % n),
  );

/** Squared error summed over all inputs and outputs (n² × the mean). */
export const summed = (run: State) => terms(run.model) * run.loss;

/** The row of the unembedding that the data ask for when feature i is on, for each i: uᵢ itself unless targets are permuted. */
export function readers(run: State): readonly Point[] {
  const rows = run.unembedding;
  return run.model.data.targets.map((target) => rows[target.indexOf(1)]!);
}

/**
 * Directions in which features are written (columns of norm above 0.01, joined when 1 − cos < 0.01) and of which the outputs
 * recover at least a quarter of a feature: Σ ReLU(uᵢ·vᵢ) ≥ 0.25.
 */
export const learned = (run: State) => readDirections(run.points, readers(run), { tolerance: 0.01 });

/**
 * One written and one reading vector for each learned direction: those of the feature that is read best. `features` are these
 * features, `rows` the rows of the unembedding that the reading vectors are: the same numbers unless targets are permuted.
 */
export function representatives(run: State) {
  const features = learned(run).map(({ strongest }) => strongest);
  const rows = features.map((i) => run.model.data.targets[i]!.indexOf(1));
  const [v, u] = [run.points, run.unembedding];
  return {
    written: features.map((i): Point => v[i]!),
    reading: rows.map((j): Point => u[j]!),
    features,
    rows,
  };
}

/**
 * Mean cosine between a feature's written vector and a reading vector, over the features that their own output recovers to a
 * quarter: with `shift` 0 the reading vector that the data ask for, with another the one so many rows on. Undefined where
 * nothing is learned.
 */
export function meanCosine(run: State, shift = 0): number | undefined {
  const [v, u, n] = [run.points, run.unembedding, run.points.length];
  const found = run.model.data.targets.flatMap((target, i) => {
    const asked = target.indexOf(1);
    const shown = v[i]!.reduce((sum, x, k) => sum + x * u[asked]![k]!, 0);
    return shown > 0.25 ? [cosine(v[i]!, u[(asked + shift + n) % n]!)] : [];
  });
  return found.length > 0 ? mean(found) : undefined;
}

export const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
export const degrees = (radians: number) => (radians * 180) / Math.PI;

/** The median with exact bounds, each wrong with probability at most 1e-7: wide enough for the medians of other seeds, too. */
export function medianOf(values: readonly number[]) {
  const { lower, upper } = quantileBounds(values, 0.5, 1e-7);
  return { value: quantile(values, 0.5), low: lower, high: upper };
}

/** The learned directions of a run in the plane, each with the vector that reads it. */
export const drawPairs = (run: State, caption: string) => pairs({ ...representatives(run), caption });

/** The written vectors of a run in three dimensions, turned to where the same configuration always lies. */
export function posed(run: State): Point[] {
  const { written } = representatives(run);
  const { isometry } = canonicalOrientation(written);
  return written.map((v) => [...apply(isometry, v)]);
}

/** The verdict in each cell that `over` made, and how many of its seeds meet the criterion. */
export function verdictMap<T extends Observation>(
  result: PopulationResult<T>,
  sizes: readonly number[],
  caption?: string,
) {
  return scopeMap({
    ...(caption !== undefined && { caption }),
    columns: { label: "features n", values: sizes },
    rows: { label: "", values: ["ReLU", "GELU"] },
    cells: (["relu", "gelu"] as const).map((a) =>
      sizes.map((n) => {
        const cell = result.cells.find((o) => o.label === `${name[a]}, n = ${n}`);
        if (!cell) return null;
        const note = `${cell.satisfied.filter(Boolean).length}/${cell.satisfied.length}`;
        return { verdict: cell.verdict, note };
      }),
    ),
  });
}

/** A unit vector of the plane at an angle in degrees, and vectors added and stretched. */
export const size = (a: Point) => Math.sqrt(dot(a, a));
export const times = (a: Point, factor: number) => a.map((x) => x * factor);
export const plus = (...vectors: Point[]) => vectors.reduce((a, b) => a.map((x, k) => x + b[k]!));
export const at = (angle: number) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];

/** The parameters of an untied model: weight0 [d × n] then weight1 [n × d]. */
export const weights = (written: readonly Point[], reading: readonly Point[]) =>
  Float64Array.from([...written[0]!.flatMap((_, row) => written.map((v) => v[row]!)), ...reading.flat()]);

/** Two written vectors that stay as they are; `near`: reading starts near them (noise 0.05 on all), else as PyTorch has it. */
export function frozenPair(nonlinearity: Activation | "identity", angle: number, near: boolean) {
  const vectors = [at(0), at(angle)];
  const weight0 = [0, 1].flatMap((row) => vectors.map((v) => v[row]!));
  const start = near ? { at: { weight0, weight1: vectors.flat() }, noise: 0.05 } : { at: { weight0 } };
  return {
    model: untied(nonlinearity, 2, { frozen: ["weight0"], initialisation: { scheme: "torch", ...start } }),
    recipe: recipe({ steps: 6000, rate: 0.4, convergence: { gradientNorm: 1e-5, every: 500 } }),
    seeds: fresh(256),
  };
}
