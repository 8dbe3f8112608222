import fc from "fast-check";
import { exactClaim, models, solutions } from "../../src/index.ts";
import { close, hundredths, integers, listOf } from "../helpers.ts";
import { flatten, type Weights, withEndBias } from "./setup.ts";

/** Tied ReLU models with an end bias: why six features is no special number (B6f), and the lossless circle's margin (B1d). */

const lossAt = (weights: Weights) => {
  const model = withEndBias(weights.bias1.length);
  return models.terms(model) * models.loss(model, flatten(weights));
};
/** How many features are off: what reaches their own output is at most 0. */
const off = ({ weight0, bias1 }: Weights) =>
  bias1.filter((b, i) => weight0[i]! ** 2 + weight0[i + bias1.length]! ** 2 + b <= 0).length;

const anyWeights = integers(2, 9).chain((n) =>
  fc.record({ weight0: listOf(hundredths(-150, 150), 2 * n), bias1: listOf(hundredths(-200, 100), n) }),
);

/** k features on a lossless circle with biases of −½ or less, and others off by a margin of their own input, −0.1 to −1. */
const solutionsWithSilent = fc
  .record({
    k: integers(2, 9),
    silent: fc.array(fc.record({ x: hundredths(-20, 20), y: hundredths(-20, 20), input: hundredths(-100, -10) }), {
      minLength: 1,
      maxLength: 6,
    }),
  })
  .map(({ k, silent }) => {
    const { points, bias } = solutions.losslessCircle(k, Math.max(1.5, solutions.losslessSquaredRadius(k)));
    // So short that no input outweighs the biases: 0.2 √2 R < R²/3, and as much for their own.
    const heard = 0.3 * Math.sqrt(1 - bias);
    return {
      k,
      silent: silent.length,
      weights: {
        weight0: [
          ...points.map(([x]) => x),
          ...silent.map(({ x }) => x),
          ...points.map(([, y]) => y),
          ...silent.map(({ y }) => y),
        ],
        bias1: [...points.map(() => bias), ...silent.map(({ x, y, input }) => input - x * x - y * y - heard)],
      },
    };
  });

/** Every weight and bias moved by 0.03 at most, which turns none on: (0.29 + 0.05)² + 0.03 < 0.29² + 0.1. */
const moves = listOf(integers(-30, 30), 45).map((all) => all.map((x) => x / 1000));
const moved = ({ weight0, bias1 }: Weights, by: readonly number[]): Weights => ({
  weight0: weight0.map((x, i) => x + by[i]!),
  bias1: bias1.map((x, i) => x + by[weight0.length + i]!),
});

/** The exact solution of k features with one at the origin that is on by so little. */
const withOneOn = (k: number, bias: number): Weights => {
  const { points, bias: common } = solutions.losslessCircle(k, Math.max(1.5, solutions.losslessSquaredRadius(k)));
  return {
    weight0: [...points.map(([x]) => x), 0, ...points.map(([, y]) => y), 0],
    bias1: [...points.map(() => common), bias],
  };
};

exactClaim("B6f six is not special", {
  row: "B6",
  role: "supporting",
  claim:
    "A feature that is off contributes exactly 1 to the loss at its own output, so L is at least the number of features that are off. Where k features are reconstructed exactly and the other n − k are silent L = n − k: a local minimum, kinks included, for every k.",
  operationalisation:
    "Off: ‖w‖² + b ≤ 0, so that the feature's own output is 0 and its squared error 1. Nothing else in the loss is negative. As long as the n − k stay off, however all weights move, L ≥ n − k. So nothing more is learned near such a point, for k = 2 as for k = 6 or 9.",
  properties: {
    "anywhere: the loss is at least the number of features that are off": fc.property(
      anyWeights,
      (weights) => lossAt(weights) >= off(weights) - 1e-12,
    ),
    "k features exact and n − k silent: the loss is n − k": fc.property(solutionsWithSilent, ({ weights, silent }) =>
      close(lossAt(weights), silent, 1e-12),
    ),
    "nearby, however all weights move, the n − k stay off and the loss is at least n − k": fc.property(
      solutionsWithSilent,
      moves,
      ({ weights, silent }, by) => {
        const near = moved(weights, by);
        return off(near) >= silent && lossAt(near) >= silent - 1e-12;
      },
    ),
  },
  nearMiss: {
    "anywhere: the loss is more than the number of features that are off, by 1": fc.property(
      anyWeights,
      (weights) => lossAt(weights) >= off(weights) + 1,
    ),
    "anywhere: the loss is at least the number of features whose own input is 0.1 or less": fc.property(
      integers(2, 9),
      hundredths(1, 10),
      (k, bias) => lossAt(withOneOn(k, bias)) >= 1 - 1e-12,
    ),
    "nearby under a move of 0.3 the silent ones stay off": fc.property(
      solutionsWithSilent,
      moves,
      ({ weights, silent }, by) => {
        const far = moved(
          weights,
          by.map((x) => 10 * x),
        );
        return off(far) >= silent;
      },
    ),
  },
});

/** cos 2π/n */
const cosine = (n: number) => Math.cos((2 * Math.PI) / n);
/** What reaches output 1 when feature 0, its neighbour, is active and its column is 1 + η times as long; squared radius f × the least. */
function neighbourHears(n: number, f: number, eta: number): number {
  const { points, bias } = solutions.losslessCircle(n, f * solutions.losslessSquaredRadius(n));
  const columns = points.map(([x, y], i) => (i === 0 ? [x * (1 + eta), y * (1 + eta)] : [x, y]));
  const weight0 = [0, 1].flatMap((row) => columns.map((w) => w[row]!));
  const bias1 = columns.map(() => bias);
  return models.preactivations(withEndBias(n), flatten({ weight0, bias1 }))[0]![1]!;
}
const factors = hundredths(100, 1000);
const counts = integers(5, 100);

exactClaim("B1d the lossless circle's margin", {
  row: "B1",
  role: "supporting",
  claim:
    "On a lossless circle of f times the least squared radius a neighbour's output stays off with a margin of f − 1. However large the circle, a column that is longer than the others by the factor 1/cos(2π/n) turns its neighbour on: by 5 % at twenty features, 0.2 % at a hundred.",
  operationalisation:
    "A column 1 + η times as long is heard by its neighbour when η > (1 − 1/f)(1/cos(2π/n) − 1), which is below 1/cos(2π/n) − 1 ≈ 2π²/n² for every f.",
  properties: {
    "a neighbour's input is 1 − f": fc.property(counts, factors, (n, f) => close(neighbourHears(n, f, 0), 1 - f)),
    "a column longer by η is heard exactly when η > (1 − 1/f)(1/cos(2π/n) − 1)": fc.property(
      counts,
      factors,
      integers(0, 2000),
      (n, f, permille) => {
        const most = (1 - 1 / f) * (1 / cosine(n) - 1);
        const eta = (most * permille) / 1000;
        return Math.abs(permille - 1000) < 1 || f === 1 || neighbourHears(n, f, eta) > 0 === eta > most;
      },
    ),
    "1/cos(2π/n) − 1 is 5.1 % at 20, 1.2 % at 40 and 0.2 % at 100": () =>
      close(1 / cosine(20) - 1, 0.0515, 5e-5) &&
      close(1 / cosine(40) - 1, 0.0125, 5e-5) &&
      close(1 / cosine(100) - 1, 0.002, 5e-5),
  },
  nearMiss: {
    "a neighbour's input is 1 + f": fc.property(counts, factors, (n, f) => close(neighbourHears(n, f, 0), 1 + f)),
    "on a circle of ten times the least squared radius a column longer by 5 % is not heard": fc.property(
      counts,
      (n) => neighbourHears(n, 10, 0.05) <= 0,
    ),
  },
});
