import fc from "fast-check";
import {
  autoencoder,
  compose,
  decoded,
  dot,
  excessBiases,
  hypothesis,
  loss,
  nearestBiases,
  probabilities,
  series,
} from "../../src/index.ts";

/**
 * Softmax and cross-entropy, tied, with an end bias, one-hot data: what is mathematics. wₖ is feature k's column and bₖ its
 * bias; the logit of label k on input j is wₖ·wⱼ + bₖ. A feature is decoded when its own logit is strictly the largest.
 */
const section = "Softmax + cross-entropy · tied, end bias";

type Points = readonly (readonly number[])[];

const biased = (features: number, hidden: number) =>
  autoencoder({ features, hidden, loss: "cross-entropy", outputBias: true });
/** The embedding row-major, then the biases. */
const flat = (points: Points, biases: readonly number[]) =>
  Float64Array.from([...points[0]!.flatMap((_, row) => points.map((p) => p[row]!)), ...biases]);
const told = (points: Points, biases: readonly number[]) =>
  decoded(biased(points.length, points[0]!.length), flat(points, biases));

/** Two features at w₁ > w₂ along one direction, and the difference b = b₂ − b₁ of their biases; in hundredths. */
const pairs = fc
  .record({
    first: fc.integer({ min: -300, max: 300 }),
    second: fc.integer({ min: -300, max: 300 }),
    b: fc.integer({ min: -90_000, max: 90_000 }).map((k) => k / 10_000),
    place: fc.integer({ min: 1, max: 99 }),
    shift: fc.integer({ min: -500, max: 500 }).map((k) => k / 100),
    angle: fc.integer({ min: 0, max: 359 }),
  })
  .filter(({ first, second }) => first !== second)
  .map(({ first, second, b, place, shift, angle }) => {
    const [far, near] = [Math.max(first, second) / 100, Math.min(first, second) / 100];
    const direction = [Math.cos((Math.PI * angle) / 180), Math.sin((Math.PI * angle) / 180)];
    return { far, near, b, place: place / 100, shift, direction };
  });
type Pair = typeof pairs extends fc.Arbitrary<infer T> ? T : never;

const interval = ({ far, near }: { far: number; near: number }) =>
  [near * (far - near), far * (far - near)] as const;
const both = ({ far, near, shift, direction }: Pair, b: number) =>
  told([direction.map((x) => far * x), direction.map((x) => near * x)], [shift, shift + b]).every(Boolean);
/** Whether b lies on an edge to within rounding, where nothing can be asked. */
const onEdge = (pair: Pair, b: number) => interval(pair).some((edge) => Math.abs(b - edge) < 1e-9);

hypothesis("C13 the biases that tell apart two features in one direction", {
  claim:
    "Two features at w₂ < w₁ along one direction are both decoded exactly when the second bias exceeds the first by some b with w₂(w₁ − w₂) < b < w₁(w₁ − w₂); there always is such a b.",
  section,
  reading:
    "Whatever the signs of w₁ and w₂, in any direction of the plane, and whatever is added to both biases. The interval has length (w₁ − w₂)². Its middle ½(w₁² − w₂²) gives both features the same margin; it is positive when |w₁| > |w₂|, the larger bias belongs to the smaller radius.",
  properties: {
    "both are decoded exactly when b lies in the interval": fc.property(pairs, (pair) => {
      const [low, high] = interval(pair);
      return onEdge(pair, pair.b) || both(pair, pair.b) === (low < pair.b && pair.b < high);
    }),
    "every b inside it will do": fc.property(pairs, (pair) => {
      const [low, high] = interval(pair);
      return both(pair, low + pair.place * (high - low));
    }),
    "its middle is where bₖ + ½wₖ² is the same for both": fc.property(pairs, (pair) => {
      const [low, high] = interval(pair);
      const [first, second] = excessBiases([[pair.far], [pair.near]], [0, (low + high) / 2]);
      return high - low > 0 && Math.abs(first! - second!) < 1e-12;
    }),
    "for 0 ≤ w₂ the smaller radius needs the larger bias": fc.property(
      pairs,
      (pair) => pair.near < 0 || interval(pair)[0] >= 0,
    ),
  },
  nearMiss: {
    "at the edges both are decoded too": fc.property(
      fc.integer({ min: 2, max: 9 }),
      fc.integer({ min: 1, max: 8 }),
      (far, less) => {
        const near = far - less;
        return told([[far], [near]], [0, near * (far - near)]).every(Boolean);
      },
    ),
    "without a bias": fc.property(pairs, (pair) => both(pair, 0)),
    "with the interval's signs turned round": fc.property(pairs, (pair) => {
      const [low, high] = interval(pair);
      return both(pair, -(low + pair.place * (high - low)));
    }),
    "two features in the same place, with some b": fc.property(
      fc.integer({ min: -300, max: 300 }),
      fc.integer({ min: -900, max: 900 }),
      (at, b) => told([[at / 100], [at / 100]], [0, b / 100]).every(Boolean),
    ),
  },
  figure: () => {
    const shares = Array.from({ length: 31 }, (_, k) => -0.5 + k * 0.05);
    return compose(
      {
        title: "Two features in one direction: the biases that tell them apart",
        subtitle:
          "Both are decoded between the curves, b = b₂ − b₁; they meet only where the features coincide (w₂ = w₁).",
      },
      [
        series({
          x: "w₂/w₁",
          y: "b/w₁²",
          width: 720,
          series: [
            {
              label: "upper edge",
              points: shares.filter((_, k) => k % 5 === 0).map((x) => ({ x, y: 1 - x })),
              fit: { label: "1 − x", at: (x) => 1 - x },
            },
            {
              label: "lower edge",
              points: shares.filter((_, k) => k % 5 === 0).map((x) => ({ x, y: x * (1 - x) })),
              fit: { label: "x(1 − x)", at: (x) => x * (1 - x) },
            },
          ],
          references: [
            { label: "middle, (1 − x²)/2: equal margins", at: (x) => (1 - x * x) / 2 },
            { label: "no bias", at: () => 0 },
          ],
        }),
      ],
    );
  },
});

/** Distinct points in 1 to 4 dimensions, on a grid of quarters. */
const clouds = fc
  .record({ features: fc.integer({ min: 2, max: 20 }), hidden: fc.integer({ min: 1, max: 4 }) })
  .chain(({ features, hidden }) =>
    fc.uniqueArray(
      fc.array(
        fc.integer({ min: -12, max: 12 }).map((k) => k / 4),
        { minLength: hidden, maxLength: hidden },
      ),
      { minLength: features, maxLength: features, selector: (p) => p.join() },
    ),
  );
const moves = fc.array(
  fc.integer({ min: -300, max: 300 }).map((k) => k / 100),
  { minLength: 4, maxLength: 4 },
);
const close = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

hypothesis("C14b with a bias any distinct points will do", {
  claim:
    "With an end bias a tied model can tell apart any distinct columns, even on one line: bₖ = −½‖wₖ‖² decodes them all, and scaled up their loss tends to zero.",
  section,
  reading:
    "The logit of label k on input j is −½‖wⱼ − wₖ‖² + βₖ plus something that is the same for every k, with βₖ = bₖ + ½‖wₖ‖²: with equal β the nearest column wins. This is why circles are not needed. Without a bias columns must all be corners of their convex hull, or nearly so.",
  properties: {
    "probabilities are a softmax of −½‖wⱼ − wₖ‖² + βₖ": fc.property(clouds, moves, (points, numbers) => {
      const biases = points.map((_, k) => numbers[k % 4]!);
      const beta = excessBiases(points, biases);
      const found = probabilities(biased(points.length, points[0]!.length), flat(points, biases));
      return points.every((w, j) => {
        const logits = points.map((u, k) => beta[k]! - dot(difference(w, u), difference(w, u)) / 2);
        const top = Math.max(...logits);
        const total = logits.reduce((sum, z) => sum + Math.exp(z - top), 0);
        return logits.every((z, k) => close(found[j]![k]!, Math.exp(z - top) / total));
      });
    }),
    "with bₖ = −½‖wₖ‖² every feature is decoded": fc.property(clouds, (points) =>
      told(points, nearestBiases(points)).every(Boolean),
    ),
    "scaled up 30-fold their loss is below 1e-9": fc.property(clouds, (points) => {
      const large = points.map((p) => p.map((x) => 30 * x));
      return loss(biased(points.length, points[0]!.length), flat(large, nearestBiases(large))) < 1e-9;
    }),
    "moving all columns by t and each bias by −t·wₖ changes no probability": fc.property(
      clouds,
      moves,
      (points, t) => {
        const model = biased(points.length, points[0]!.length);
        const biases = points.map((_, k) => t[k % 4]! / 2);
        const before = probabilities(model, flat(points, biases));
        const after = probabilities(
          model,
          flat(
            points.map((p) => p.map((x, k) => x + t[k]!)),
            points.map((p, i) => biases[i]! - p.reduce((sum, x, k) => sum + x * t[k]!, 0)),
          ),
        );
        return before.every((row, j) => row.every((p, k) => close(p, after[j]![k]!)));
      },
    ),
  },
  nearMiss: {
    "without a bias every feature is decoded": fc.property(clouds, (points) =>
      told(
        points,
        points.map(() => 0),
      ).every(Boolean),
    ),
    "with bₖ = −‖wₖ‖² every feature is decoded": fc.property(clouds, (points) =>
      told(
        points,
        nearestBiases(points).map((b) => 2 * b),
      ).every(Boolean),
    ),
  },
});

function difference(a: readonly number[], b: readonly number[]): number[] {
  return a.map((x, k) => x - b[k]!);
}
