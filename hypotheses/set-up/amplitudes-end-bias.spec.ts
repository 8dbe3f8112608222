import fc from "fast-check";
import {
  autoencoder,
  charts,
  type datasets,
  exactClaim,
  models,
  openQuestion,
  recipe,
  scope,
  solutions,
} from "../../src/index.ts";
import { indices, integers, medianWithin, ofEach, onSeedsFrom20000, pointAt } from "../helpers.ts";

/**
 * One feature at a time, with an amplitude uniform in [0, 1] instead of 1, and an end bias (S9). Two dimensions, tied ReLU, squared
 * error. Losses are per feature, so that a model that outputs nothing has E[a²] = 1/3.
 */

/** Each feature alone, with so many evenly spaced amplitudes. */
function uniformAmplitudes(features: number, count: number): datasets.DataSet {
  const rows = indices(features).flatMap((i) =>
    indices(count).map((k) => indices(features).map((j) => (j === i ? (k + 0.5) / count : 0))),
  );
  return { name: `amplitudes uniform in [0, 1], ${count} a feature`, inputs: rows, targets: rows };
}

const tiedOn = (data: datasets.DataSet, outputBias: boolean) =>
  autoencoder({ features: data.inputs[0]!.length, hidden: 2, nonlinearity: "relu", loss: "mse", outputBias, data });

const perFeature = (model: models.Model, loss: number) => loss * model.sizes[0]!;

/** What the circle that is lossless for amplitudes of 1 loses a feature. */
function circleLoss(features: number): number {
  const model = tiedOn(uniformAmplitudes(features, 60), true);
  const { weight0, bias1 } = solutions.losslessCircle(features).start;
  return perFeature(model, models.loss(model, Float64Array.from([...weight0, ...bias1])));
}
const predicted = (features: number) => Math.cos((2 * Math.PI) / features) ** 2 / 3;
/** The least loss a feature without a bias: E[a²] times the pentagon's (S5, T9). */
const pentagonLoss = (features: number) => (features - solutions.polygonRecovered(5)) / (3 * features);
const few = integers(4, 12);

exactClaim("S9 with varied amplitudes the lossless circle loses cos²(2π/n)/3 a feature", {
  row: "S9",
  role: "answer",
  claim:
    "With amplitudes uniform in [0, 1] the circle that an end bias makes lossless for binary features loses cos²(2π/n)/3 of 1/3 a feature: nothing at n = 4, two thirds at n = 10. From eight features on that is more than a pentagon without any bias loses.",
  operationalisation:
    "An amplitude a gives its own output ReLU(aR² + 1 − R²), which is a for a = 1 only, and silences the others as before. The mean over amplitudes is taken at 60 points, to 0.001.",
  properties: {
    "it loses cos²(2π/n)/3 a feature": fc.property(few, (n) => Math.abs(circleLoss(n) - predicted(n)) < 1e-3),
    "less than the pentagon without bias up to seven features, more from eight on": fc.property(
      integers(5, 100),
      (n) => predicted(n) > pentagonLoss(n) === n >= 8,
    ),
  },
  nearMiss: {
    "cos(2π/n)/3": fc.property(few, (n) => Math.abs(circleLoss(n) - Math.cos((2 * Math.PI) / n) / 3) < 1e-3),
    "more from seven on": fc.property(integers(5, 100), (n) => predicted(n) > pentagonLoss(n) === n >= 7),
  },
});

const sizes = [5, 8, 10, 20];
const trainedOn = (n: number, outputBias: boolean) =>
  onSeedsFrom20000(
    tiedOn(uniformAmplitudes(n, 16), outputBias),
    recipe({
      steps: 20_000,
      rate: { initial: 0.006 * n ** 2, max: 0.06 * n ** 2, final: 0.015 * n ** 2, warmup: 0.05 },
      convergence: { gradientNorm: 0.01, every: 500 },
    }),
    64,
  );
const labels = { with: "with an end bias", without: "without" } as const;

openQuestion("S9b whether an end bias helps when amplitudes vary", {
  row: "S9",
  role: "answer",
  question: "With amplitudes uniform in [0, 1], does training with an end bias find a lower loss than without one?",
  operationalisation:
    "Sixteen evenly spaced amplitudes a feature. The loss a feature after 20,000 steps, of 1/3 where nothing is learned: medians over 64 seeds with exact bounds.",
  given: {
    ...scope(`${labels.with}, n`, sizes, (n) => trainedOn(n, true)),
    ...scope(`${labels.without}, n`, sizes, (n) => trainedOn(n, false)),
  },
  measure: (populations) => {
    const values = ofEach(populations, (runs) => medianWithin(runs.map((run) => perFeature(run.model, run.loss))));
    const at = (label: string, n: number) => values[`${label}, n = ${n}`]!;
    const lower = sizes.filter((n) => at(labels.with, n).high < at(labels.without, n).low);
    const higher = sizes.filter((n) => at(labels.with, n).low > at(labels.without, n).high);
    const list = (some: readonly number[]) => (some.length > 0 ? `n = ${some.join(", ")}` : "no n tried");
    const show = (label: string) => sizes.map((n) => at(label, n).value.toFixed(3)).join(", ");
    return {
      answer: `Lower at ${list(lower)}, higher at ${list(higher)}. At n = ${sizes.join(", ")} the median loss a feature is ${show(labels.with)} with an end bias and ${show(labels.without)} without.`,
      values,
    };
  },
  figure: (_, { values }) =>
    charts.series({
      x: "features n",
      y: "loss a feature, median of 64 seeds",
      xScale: "log",
      series: Object.values(labels).map((label) => ({
        label,
        points: sizes.map((n) => pointAt(n, values[`${label}, n = ${n}`]!)),
      })),
      references: [
        { label: "the circle that is lossless for binary features", at: predicted },
        { label: "nothing learned", at: () => 1 / 3 },
      ],
      width: 720,
    }),
});
