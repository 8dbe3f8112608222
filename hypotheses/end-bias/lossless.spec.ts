import fc from "fast-check";
import { autoencoder, charts, exactClaim, geometry, models, shapes, solutions } from "../../src/index.ts";
import { close, listOf } from "../helpers.ts";
import { flatten, withEndBias } from "./setup.ts";

/** Tied ReLU models with an end bias: the solutions without loss, a circle and any columns far enough apart (B1). */

const { losslessCircle, losslessSquaredRadius } = solutions;

/** The summed loss of a circle of f times the least squared radius. */
const circleLoss = (n: number, f = 1) => {
  const circle = losslessCircle(n, f * losslessSquaredRadius(n));
  return models.terms(withEndBias(n)) * models.loss(withEndBias(n), flatten(circle.start));
};
const losesNothing = (n: number, f?: number) => circleLoss(n, f) < 1e-20;
const hasNoSlope = (n: number) => {
  const { gradient } = models.gradient(withEndBias(n), flatten(losslessCircle(n).start));
  return gradient.every((slope) => close(models.terms(withEndBias(n)) * slope, 0));
};
const biasIsNegative = (n: number) => losslessCircle(n).bias < -1e-9;

const from = (least: number) => fc.integer({ min: least, max: 40 });
const permille = (min: number, max: number) => fc.integer({ min, max }).map((k) => k / 1000);

const withoutLoss = {
  "the summed loss is 0": fc.property(from(2), (n) => losesNothing(n)),
  "no parameter feels a gradient": fc.property(from(2), hasNoSlope),
};
const tooSmall = {
  "on a circle of a smaller radius": fc.property(from(5), permille(500, 999), losesNothing),
};

/** A circle large enough for n features whose common bias, 1 − R², is −1/2 or less: f times the least squared radius, or 1.5. */
const largeEnough = (n: number, f: number) => losslessCircle(n, Math.max(1.5, f * losslessSquaredRadius(n)));
const preactivations = (n: number, { start }: ReturnType<typeof losslessCircle>) =>
  models.preactivations(withEndBias(n), flatten(start));

exactClaim("B1 a circle with one negative bias loses nothing, at every n", {
  row: "B1",
  role: "as printed",
  claim:
    "For every n, features evenly spaced on a large enough circle, with the same negative end bias for each, are reconstructed without loss: only the feature that is active survives the bias and the ReLU.",
  operationalisation:
    "For n from 2 to 40. The note names neither radius nor sign; “subtract” is read as a negative bias. The circles are those of squared radius 1.5 with bias −0.5, which is enough for n = 2, 3 and 4, and of 1/(1 − cos 2π/n) or more with bias 1 − R² above that. B1b is about the least circle.",
  properties: {
    "the summed loss is 0": fc.property(from(2), permille(1000, 4000), (n, f) => {
      const circle = largeEnough(n, f);
      return models.terms(withEndBias(n)) * models.loss(withEndBias(n), flatten(circle.start)) < 1e-20;
    }),
    "the bias is negative": fc.property(from(2), permille(1000, 4000), (n, f) => largeEnough(n, f).bias <= -0.2),
    "of all outputs only that of the active feature is on": fc.property(from(2), permille(1000, 4000), (n, f) =>
      preactivations(n, largeEnough(n, f)).every((row, i) => row.every((z, j) => (i === j ? close(z, 1) : z < 1e-9))),
    ),
  },
  nearMiss: {
    ...tooSmall,
    "with the bias at 0 instead": fc.property(from(5), (n) => {
      const { start } = largeEnough(n, 1);
      const zero = { ...start, bias1: start.bias1.map(() => 0) };
      return models.loss(withEndBias(n), flatten(zero)) < 1e-20;
    }),
  },
  figure: () => circleAndResponses(10),
});

exactClaim("B1b the least circle that loses nothing", {
  row: "B1",
  role: "supporting",
  claim:
    "The circle of squared radius R² = 1/(1 − cos 2π/n) with the common bias 1 − R² has loss 0, and so has every larger circle. From five features on its bias is negative, and a squared radius f times as large, f slightly below 1, loses 2n(1 − f)².",
  operationalisation:
    "On the least circle a feature gives itself exactly 1 and its neighbours exactly 0. At two and three features its bias is positive, at four it is 0.",
  properties: {
    ...withoutLoss,
    "the bias is negative": fc.property(from(5), biasIsNegative),
    "every larger circle loses nothing either": fc.property(from(2), permille(1000, 4000), losesNothing),
    "a circle slightly too small loses 2n(1 − f)²": fc.property(from(5), permille(990, 999), (n, f) => {
      const squaredRadius = f * losslessSquaredRadius(n);
      const secondNeighbours = squaredRadius * Math.cos((4 * Math.PI) / n) + 1 - squaredRadius;
      return secondNeighbours > 0 || close(circleLoss(n, f), 2 * n * (1 - f) ** 2);
    }),
  },
  nearMiss: {
    ...tooSmall,
    "the bias is negative for three features or more": fc.property(from(3), biasIsNegative),
  },
});

type Points = readonly geometry.Point[];

/** min(‖a‖², ‖b‖²) − a·b */
const room = (a: geometry.Point, b: geometry.Point) =>
  Math.min(geometry.dot(a, a), geometry.dot(b, b)) - geometry.dot(a, b);
const leastRoom = (points: Points) => Math.min(...points.flatMap((a, i) => points.slice(i + 1).map((b) => room(a, b))));
const scaledBy = (factor: number, points: Points) => points.map((p) => p.map((x) => factor * x));

/** Columns anywhere in two to four dimensions, enlarged until each pair is far enough apart. */
const scattered = fc
  .record({ features: fc.integer({ min: 2, max: 8 }), hidden: fc.integer({ min: 2, max: 4 }) })
  .chain(({ features, hidden }) => listOf(listOf(fc.integer({ min: -50, max: 50 }), hidden), features))
  .filter((points) => leastRoom(points) > 0)
  .map((points) => scaledBy(Math.sqrt(1.0001 / leastRoom(points)), points));

const reconstructed = (points: Points) => {
  const [features, hidden] = [points.length, points[0]!.length];
  const model = autoencoder({ features, hidden, nonlinearity: "relu", loss: "mse", outputBias: true });
  const weight0 = points[0]!.flatMap((_, row) => points.map((p) => p[row]!));
  const bias1 = points.map((p) => 1 - geometry.dot(p, p));
  return models.terms(model) * models.loss(model, flatten({ weight0, bias1 })) < 1e-15;
};

exactClaim("B1c any columns far enough apart lose nothing", {
  row: "B1",
  role: "supporting",
  claim:
    "The circle is one point of a continuum: whenever wᵢ·wⱼ ≤ min(‖wᵢ‖², ‖wⱼ‖²) − 1 for every pair and bᵢ = 1 − ‖wᵢ‖², the loss is 0.",
  properties: {
    "columns enlarged until every pair keeps that distance": fc.property(scattered, reconstructed),
  },
  nearMiss: {
    "the same columns 2 % shorter": fc.property(scattered, (points) => reconstructed(scaledBy(0.98, points))),
  },
});

/** The lossless circle of n features, and what its outputs are before and after the ReLU when the first is active. */
function circleAndResponses(n: number) {
  const circle = losslessCircle(n);
  const z = models.preactivations(withEndBias(n), flatten(circle.start))[0]!;
  return [
    shapes.plane({ points: circle.points, caption: "the columns" }),
    charts.series({
      caption: "what reaches each output when feature 0 is active",
      x: "output j",
      y: "w₀·wⱼ + b",
      width: 420,
      series: [
        { label: "before the ReLU", points: z.map((y, x) => ({ x, y })) },
        { label: "after it", points: z.map((y, x) => ({ x, y: Math.max(0, y) })) },
      ],
    }),
  ];
}
