import fc from "fast-check";
import {
  autoencoder,
  compose,
  dot,
  gradient,
  hypothesis,
  loss,
  losslessCircle,
  losslessSquaredRadius,
  plane,
  preactivations,
  series,
  terms,
} from "../../src/index.ts";
import { biased, flatten, section } from "./end-bias-setup.ts";

/** Tied, end bias: the solutions that lose nothing, a circle with one common bias and what else is far enough apart (B1). */

const circleLoss = (features: number, squaredRadius?: number) => {
  const model = biased(features);
  return terms(model) * loss(model, flatten(losslessCircle(features, squaredRadius).start));
};
const circleSlope = (features: number) => {
  const model = biased(features);
  const slopes = gradient(model, flatten(losslessCircle(features).start)).gradient;
  return terms(model) * Math.max(...slopes.map(Math.abs));
};
const sizes = fc.integer({ min: 2, max: 40 });
const fiveOrMore = fc.integer({ min: 5, max: 40 });

const lossless = {
  "the summed loss is 0": fc.property(sizes, (n) => circleLoss(n) < 1e-20),
  "no parameter feels a gradient": fc.property(sizes, (n) => circleSlope(n) < 1e-9),
};
const tooSmall = {
  "on a circle of a smaller radius": fc.property(
    fiveOrMore,
    fc.integer({ min: 500, max: 999 }),
    (n, permille) => circleLoss(n, (permille / 1000) * losslessSquaredRadius(n)) < 1e-20,
  ),
};

hypothesis("B1 a circle with one negative bias loses nothing", {
  claim:
    "For every n, features evenly spaced on a circle of squared radius 1/(1 − cos 2π/n), with one common negative end bias, are reconstructed without loss.",
  section,
  reading:
    "As printed, for every n from 2 on. The bias is then 1 − R² = −cos(2π/n)/(1 − cos 2π/n), so that a feature gives itself exactly 1.",
  properties: {
    ...lossless,
    "the bias is negative": fc.property(sizes, (n) => losslessCircle(n).bias < -1e-9),
  },
  nearMiss: tooSmall,
  figure: () => {
    const n = 10;
    const circle = losslessCircle(n);
    const z = preactivations(biased(n), flatten(circle.start))[0]!;
    return compose(
      {
        title: "Ten features on a circle, reconstructed without loss",
        subtitle: `R² = ${circle.squaredRadius.toFixed(3)}, bias −${Math.abs(circle.bias).toFixed(3)}: only the active feature's output stays above 0; its neighbours meet 0 exactly.`,
      },
      [
        plane({ points: circle.points, caption: "the columns" }),
        series({
          caption: "what reaches each output when feature 0 is active",
          x: "output j",
          y: "w₀·wⱼ + b",
          width: 420,
          series: [
            { label: "before the ReLU", points: z.map((y, x) => ({ x, y })) },
            { label: "after it", points: z.map((y, x) => ({ x, y: Math.max(0, y) })) },
          ],
        }),
      ],
    );
  },
});

hypothesis("B1b a circle with one negative bias loses nothing, from five features on", {
  claim:
    "For n ≥ 5 the circle of squared radius 1/(1 − cos 2π/n) with the common bias 1 − R² < 0 has loss 0, and so has every larger circle; a squared radius f times as large, f < 1, loses 2n(1 − f)².",
  section,
  reading:
    "With two or three features the bias is positive and with four it is 0, so the claim is repaired to n ≥ 5.",
  properties: {
    ...lossless,
    "the bias is negative": fc.property(fiveOrMore, (n) => losslessCircle(n).bias < -1e-9),
    "so is the loss of every larger circle": fc.property(
      sizes,
      fc.integer({ min: 100, max: 400 }),
      (n, percent) => circleLoss(n, (percent / 100) * losslessSquaredRadius(n)) < 1e-18,
    ),
    "a circle slightly too small loses 2n(1 − f)²": fc.property(
      fiveOrMore,
      fc.integer({ min: 990, max: 999 }),
      (n, permille) => {
        const f = permille / 1000;
        const reached =
          losslessSquaredRadius(n) * f * Math.cos((4 * Math.PI) / n) + 1 - losslessSquaredRadius(n) * f;
        return (
          reached > 0 || Math.abs(circleLoss(n, f * losslessSquaredRadius(n)) - 2 * n * (1 - f) ** 2) < 1e-9
        );
      },
    ),
  },
  nearMiss: {
    ...tooSmall,
    "the bias is negative for three features or more": fc.property(
      fc.integer({ min: 3, max: 40 }),
      (n) => losslessCircle(n).bias < -1e-9,
    ),
  },
});

/** Columns anywhere in two to four dimensions, enlarged until each pair is far enough apart. */
const scattered = fc
  .record({ features: fc.integer({ min: 2, max: 8 }), hidden: fc.integer({ min: 2, max: 4 }) })
  .chain(({ features, hidden }) =>
    fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: hidden, maxLength: hidden }), {
      minLength: features,
      maxLength: features,
    }),
  )
  .filter((points) =>
    points.every((a, i) => points.every((b, j) => i === j || dot(a, b) < Math.min(dot(a, a), dot(b, b)))),
  )
  .map((points) => {
    const room = points.flatMap((a, i) =>
      points.flatMap((b, j) => (i === j ? [] : [Math.min(dot(a, a), dot(b, b)) - dot(a, b)])),
    );
    const factor = Math.sqrt(1.0001 / Math.min(...room));
    return points.map((p) => p.map((x) => factor * x));
  });
const scatteredLoss = (points: readonly (readonly number[])[]) => {
  const model = autoencoder({
    features: points.length,
    hidden: points[0]!.length,
    nonlinearity: "relu",
    loss: "mse",
    outputBias: true,
  });
  const flat = [
    ...points[0]!.flatMap((_, row) => points.map((p) => p[row]!)),
    ...points.map((p) => 1 - dot(p, p)),
  ];
  return terms(model) * loss(model, Float64Array.from(flat));
};

hypothesis("B1c any columns far enough apart lose nothing", {
  claim:
    "The circle is one point of a continuum: whenever wᵢ·wⱼ ≤ min(‖wᵢ‖², ‖wⱼ‖²) − 1 for every pair and bᵢ = 1 − ‖wᵢ‖², the loss is 0.",
  section,
  properties: {
    "columns enlarged until every pair keeps that distance": fc.property(
      scattered,
      (points) => scatteredLoss(points) < 1e-15,
    ),
  },
  nearMiss: {
    "the same columns 2 % shorter": fc.property(
      scattered,
      (points) => scatteredLoss(points.map((p) => p.map((x) => 0.98 * x))) < 1e-15,
    ),
  },
});
