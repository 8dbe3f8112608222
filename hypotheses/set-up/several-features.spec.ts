import {
  autoencoder,
  charts,
  configurations,
  datasets,
  geometry,
  hypothesis,
  openQuestion,
  type State,
  scope,
  shapes,
} from "../../src/index.ts";
import { indices, mean, medianWithin, pointAt, seedsFrom20000, shareWithin } from "../helpers.ts";
import { riseAndDecay } from "./setup.ts";

/**
 * Several features at a time: all pairs (S7), or features that are present at random, as in *Toy Models of Superposition*, each
 * 0 with probability S and otherwise uniform in [0, 1] (S6). Two dimensions, tied ReLU without biases, squared error.
 */

/** Columns end less exactly parallel than on one-hot data. */
const looseDirections = { tolerance: 0.02, minimumNorm: 0.1 };

/**
 * How many directions, and the largest difference of the angle between neighbours from 72°, in degrees; 180 unless there are
 * five.
 */
function pentagonIn(state: State) {
  const vectors = geometry.directions(state.points, looseDirections).directions.map((d) => d.vector);
  const { k, angleError } = geometry.regularPolygon(vectors);
  return { directions: k, "degrees from a pentagon": k === 5 ? (angleError * 180) / Math.PI : 180 };
}

/** Trained on all pairs of features, amplitudes 1, until the gradient has vanished or for 4,000 steps. */
function onPairs(features: number, nonlinearity: "relu" | "identity" = "relu") {
  const data = datasets.kHot(features, 2);
  return {
    model: autoencoder({ features, hidden: 2, nonlinearity, loss: "mse", data }),
    recipe: riseAndDecay(
      4000,
      (0.03 * features ** 2) / 2 ** 2,
      { initial: 0.05, max: 1, final: 0.5 },
      { gradientNorm: (1e-3 * 2 * data.inputs.length) / features, every: 500 },
    ),
    seeds: seedsFrom20000(),
  };
}

/** The same model on one-hot data, at the rates of the tied section, until the gradient has vanished. */
const tiedOneHot = (features: number) => ({
  model: autoencoder({ features, hidden: 2, nonlinearity: "relu", loss: "mse" }),
  recipe: riseAndDecay(
    8000,
    features ** 2,
    { initial: 0.001, max: 0.03, final: 0.02 },
    { gradientNorm: 1e-4, every: 250 },
  ),
});

hypothesis("S7 two features at a time keep the one-hot geometry", {
  row: "S7",
  role: "answer",
  claim: "In 2D, training on all pairs of features ends in the regular pentagon that one-hot data end in.",
  operationalisation:
    "Five directions (norm above 0.1, 1 − cos below 0.02) whose angles differ from 72° by less than 5°. All pairs equally often, amplitudes 1. In the positive control the same model is trained on one feature at a time.",
  given: Object.fromEntries([5, 6, 8, 10].map((n) => [`${n} features`, onPairs(n)])),
  observe: pentagonIn,
  expect: { nearlyAll: "a pentagon to 5°", when: (o) => o["degrees from a pentagon"] < 5 },
  control: { name: "no nonlinearity", ...onPairs(8, "identity") },
  positiveControl: { name: "one feature at a time, n = 8", ...tiedOneHot(8) },
  figure: configurations({ columns: 3, grouping: looseDirections }),
});

hypothesis("S7b with many features pairs come near the one-hot geometry", {
  row: "S7",
  role: "answer",
  claim: "In 2D, training on all pairs of 20 features usually ends within 10° of the regular pentagon.",
  operationalisation:
    "As S7, repaired to 20 features, more than half of the seeds and 10°: each feature then occurs so rarely with any one other that pairs matter less.",
  given: onPairs(20),
  observe: pentagonIn,
  expect: { most: "a pentagon to 10°", when: (o) => o["degrees from a pentagon"] < 10 },
  control: { name: "8 features", ...onPairs(8) },
  figure: configurations({ columns: 3, grouping: looseDirections }),
});

/**
 * Trained for 4,000 steps on so many draws of six features with at least one present, in all their cyclic shifts: every feature
 * is present equally often. Steps are as large as on one-hot data: the mean loss is smaller by the mean square of the inputs.
 * The draws of a feature alone are put into one (`mergedSingles`), which leaves the summed loss the same for any weights.
 */
function onSparse(sparsity: number, draws: number, sample: number, seeds = seedsFrom20000()) {
  const samples = Math.ceil((1.2 * draws) / (1 - sparsity ** 6)) + 50;
  const all = datasets.balanced(datasets.sparseUniform(6, { sparsity, samples, seed: sample }), draws);
  const data = datasets.mergedSingles(all);
  const active = mean(all.inputs.map((row) => row.filter((x) => x > 0).length));
  const rate = 0.03 / mean(data.inputs.flat().map((x) => x * x)) / (1 + (active - 1) / 2);
  return {
    model: autoencoder({ features: 6, hidden: 2, nonlinearity: "relu", loss: "mse", data }),
    recipe: riseAndDecay(4000, rate, { initial: 0.03, max: 1, final: 0.5 }),
    seeds,
  };
}

hypothesis("S6 rare features are learned as if they came one at a time", {
  row: "S6",
  role: "as printed",
  claim:
    "With features present at random with probability 1 % and amplitudes uniform in [0, 1], six features in two dimensions end in the regular pentagon of one-hot data.",
  operationalisation:
    "Five directions (norm above 0.1, 1 − cos below 0.02) whose angles differ from 72° by less than 2°, after 4,000 steps. A finite sample holds some features more often than others, which moves the directions at any sparsity, so samples are balanced: 1,000 draws that are not empty, in all their cyclic shifts; two independent samples. (A few dozen draws hold hardly a pair at this sparsity, and would be one-hot data in disguise.)",
  given: {
    "S = 0.99, first sample": onSparse(0.99, 1000, 3),
    "S = 0.99, second sample": onSparse(0.99, 1000, 4),
  },
  endPoints: false,
  observe: pentagonIn,
  expect: { nearlyAll: "a pentagon to 2°", when: (o) => o["degrees from a pentagon"] < 2 },
  control: { name: "S = 0.5", ...onSparse(0.5, 60, 1) },
  figure: configurations({ columns: 3, grouping: looseDirections }),
});

const sparsities = [0.8, 0.9, 0.95, 0.98, 0.99];
/** The unit of the count: seeds that share a sample end alike. */
const samples = indices(16).map((i) => i + 1);
const label = (sparsity: number, sample: number) => `S = ${sparsity}, sample ${sample}`;

openQuestion("S6b how the geometry of sparse features tends to that of one-hot data", {
  row: "S6",
  role: "supporting",
  question: "How does the geometry that sparse features learn tend to the one-hot pentagon as S → 1?",
  operationalisation:
    "Six features in two dimensions. Sixteen independent balanced samples, two seeds each; of a sample, the mean over its seeds with five directions of the largest difference of a gap from 72°, in degrees. Medians over samples with exact bounds: the sample matters more than the initialisation. A sample has so many draws that about fifty hold several features.",
  given: Object.fromEntries(
    sparsities.flatMap((s) =>
      samples.map((sample) => [label(s, sample), onSparse(s, Math.round(20 / (1 - s)), sample, seedsFrom20000(2))]),
    ),
  ),
  measure: (populations) => {
    const degreesOf = (s: number) =>
      samples.flatMap((sample) => {
        const five = populations[label(s, sample)]!.runs.map(pentagonIn).filter((o) => o.directions === 5);
        return five.length > 0 ? [mean(five.map((o) => o["degrees from a pentagon"]))] : [];
      });
    const degrees = scope("degrees from 72°, S", sparsities, (s) => medianWithin(degreesOf(s), 1e-2));
    const shares = scope("share of samples with five directions in some seed, S", sparsities, (s) =>
      shareWithin(degreesOf(s).length, samples.length),
    );
    const at = (s: number) => degrees[`degrees from 72°, S = ${s}`]!;
    const [rare, rarer] = [at(0.9), at(0.99)];
    const fall = { value: rare.value / rarer.value, low: rare.low / rarer.high, high: rare.high / rarer.low };
    const said = sparsities.map((s) => `${at(s).value.toPrecision(2)}° at S = ${s}`).join(", ");
    const closer = sparsities.every((s, i) => i === 0 || at(s).value < at(sparsities[i - 1]!).value);
    return {
      answer: `The rarer the features, the closer${closer ? "" : ", but not at every step"}: the angles are off by ${said}. From S = 0.9 to 0.99 that is a factor of ${fall.value.toPrecision(2)} (${fall.low.toPrecision(2)} to ${fall.high.toPrecision(2)}); in proportion to 1 − S it would be 10.`,
      values: { ...degrees, ...shares, "degrees at S = 0.9 over those at S = 0.99": fall },
    };
  },
  figure: (populations, { values }) => {
    const seedAt = (s: number) =>
      shapes.configuration(populations[label(s, 1)]!.runs[0]!, {
        caption: `S = ${s}, one seed`,
        grouping: looseDirections,
      });
    return { columns: 2, panels: [seedAt(0.8), seedAt(0.99), degreesBySparsity(values)] };
  },
});

function degreesBySparsity(values: Readonly<Record<string, ReturnType<typeof medianWithin>>>) {
  const at = (s: number) => values[`degrees from 72°, S = ${s}`]!;
  return charts.series({
    x: "1 − S",
    y: "largest difference of a gap from 72°, degrees",
    xScale: "log",
    yScale: "log",
    series: [
      {
        label: "median over samples",
        points: sparsities.map((s) => pointAt(1 - s, at(s))),
      },
    ],
    references: [{ label: "in proportion to 1 − S", at: (x) => (x / 0.05) * at(0.95).value }],
  });
}
