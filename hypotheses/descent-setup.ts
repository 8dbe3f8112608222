import {
  always,
  dot,
  gradient,
  type Model,
  loss as programLoss,
  type Run,
  range,
  recipe,
  type State,
} from "../src/index.ts";

/**
 * What the hypotheses about single steps of training share: gradient descent written out. A spec states the loss as the note
 * has it; the gradient is that formula's by central differences, in float64.
 */

const names = ["w", "a", "u", "b", "s"] as const;
type Name = (typeof names)[number];
/** w: columns of the embedding; a: hidden bias; u: rows of the unembedding; b: end bias; s: scale. Empty where there is none. */
export type Weights = Readonly<Record<Name, readonly number[][]>>;

/** A loss as a spec writes it, and how it is trained. */
export interface Written {
  readonly loss: (at: Weights) => number;
  /** What the mean loss is a mean over. */
  readonly terms: number;
  readonly frozen?: Name;
  /** The columns are divided by their norm before the first step and after every one. */
  readonly unitNorm?: boolean;
}

export const features = 6;
const steps = 8;
const rate = 1;
const constant = (by: number) => recipe({ steps, rate: by, checkpoints: { count: 1, spacing: "even" } });

/** Seeds that no one looked at while the criteria were written. */
export const few = (model: Model) => ({ model, recipe: constant(rate), seeds: range(1000, 1256) });
export const twice = { name: "at twice the rate", recipe: constant(2 * rate) };
export const reading = (formula: string) =>
  `Six features in two dimensions, eight steps at a constant rate in float32, against eight in float64 on ${formula}, its gradient taken by central differences. "Is" means: no weight in the end differs by 1e-5 or more, and neither do the loss, its gradient and the norm of that, as the program has them there, from the formula's.`;

export type Off = { "weights off by": number; "loss off by": number; "gradient off by": number };
export const exact: Off = { "weights off by": 0, "loss off by": 0, "gradient off by": 0 };
export const isSame = (o: Off) =>
  Math.max(o["weights off by"], o["loss off by"], o["gradient off by"]) < 1e-5;
export const same = always(isSame, "the same numbers");

/** How far a run's end is from the same steps written out, and the program's figures there from the formula's. */
export function compared(run: Run, written: Written): Off {
  const end = weightsOf(run);
  const value = written.loss(end);
  const slope = slopes(end, written.loss);
  const norm = Math.hypot(...names.flatMap((name) => moving(end, slope, name, written)).flat());
  // The program keeps the embedding by rows, then all else as here.
  const byRows = [0, 1].flatMap((k) => slope.w.map((row) => row[k]!));
  const flat = [...byRows, ...names.slice(1).flatMap((name) => slope[name].flat())];
  return {
    "weights off by": furthest(all(end), all(descend(weightsOf(run.checkpoints[0]!), written))),
    "loss off by": furthest([run.loss, programLoss(run.model, run.parameters)], [value, value]),
    "gradient off by": furthest(
      [...gradient(run.model, run.parameters).gradient, run.gradientNorm / written.terms],
      [...flat, norm],
    ),
  };
}

function weightsOf(state: State): Weights {
  const { points, unembedding, hiddenBias, outputBias, scale, model } = state;
  return {
    w: points.map((point) => [...point]),
    a: hiddenBias ? [hiddenBias] : [],
    u: model.tied ? [] : unembedding.map((row) => [...row]),
    b: outputBias ? [outputBias] : [],
    s: scale === undefined ? [] : [[scale]],
  };
}

/** x ← x − rate · ∂loss/∂x, so many times. */
function descend(start: Weights, written: Written): Weights {
  let at = projected(start, written);
  for (let step = 0; step < steps; step++) {
    const slope = slopes(at, written.loss);
    const move = (name: Name) =>
      name === written.frozen
        ? at[name]
        : at[name].map((row, i) => row.map((x, k) => x - rate * slope[name][i]![k]!));
    at = projected(each(move), written);
  }
  return at;
}

const projected = (at: Weights, { unitNorm }: Written): Weights =>
  unitNorm ? { ...at, w: at.w.map((row) => row.map((x) => x / Math.hypot(...row))) } : at;

/** What a critical point has to have 0: the gradient of what trains, without its part along columns kept at norm 1. */
function moving(at: Weights, slope: Weights, name: Name, { frozen, unitNorm }: Written): readonly number[][] {
  if (name === frozen) return [];
  if (name !== "w" || !unitNorm) return slope[name];
  return slope.w.map((g, i) => g.map((x, k) => x - dot(g, at.w[i]!) * at.w[i]![k]!));
}

/** Small, because a ReLU that turns within it spoils the difference. */
const reach = 1e-7;
function slopes(at: Weights, loss: (at: Weights) => number): Weights {
  const moved = structuredClone(at);
  return each((name) =>
    moved[name].map((row) =>
      row.map((x, k) => {
        row[k] = x + reach;
        const above = loss(moved);
        row[k] = x - reach;
        const below = loss(moved);
        row[k] = x;
        return (above - below) / (2 * reach);
      }),
    ),
  );
}

const each = (of: (name: Name) => readonly number[][]): Weights => ({
  w: of("w"),
  a: of("a"),
  u: of("u"),
  b: of("b"),
  s: of("s"),
});
const all = (at: Weights) => names.flatMap((name) => at[name].flat());
const furthest = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((x, i) => Math.abs(x - b[i]!)));

export const relu = (x: number) => Math.max(0, x);

/** Tells zᵢⱼ = uⱼ·(wᵢ + a) + bⱼ, what reaches output j on input i: uⱼ = wⱼ where tied, a and b 0 where there is none. */
function eachSum({ w, a, u, b }: Weights, tell: (i: number, j: number, z: number) => void): void {
  const [x, y] = a[0] ?? [0, 0];
  const read = u.length > 0 ? u : w;
  for (let i = 0; i < w.length; i++) {
    const [across, up] = [w[i]![0]! + x!, w[i]![1]! + y!];
    for (let j = 0; j < read.length; j++)
      tell(i, j, read[j]![0]! * across + read[j]![1]! * up + (b[0]?.[j] ?? 0));
  }
}

/** Σᵢⱼ (f(zᵢⱼ) − δᵢⱼ)²/n². */
export function squaredError(at: Weights, f: (z: number) => number): number {
  let sum = 0;
  eachSum(at, (i, j, z) => {
    sum += (f(z) - (i === j ? 1 : 0)) ** 2;
  });
  return sum / features ** 2;
}

/** Σᵢ −ln (exp zᵢᵢ / Σⱼ exp zᵢⱼ)/n. */
export function crossEntropy(at: Weights): number {
  const totals = new Float64Array(features);
  const own = new Float64Array(features);
  eachSum(at, (i, j, z) => {
    totals[i] = totals[i]! + Math.exp(z);
    if (i === j) own[i] = z;
  });
  return totals.reduce((sum, total, i) => sum + (Math.log(total) - own[i]!), 0) / features;
}
