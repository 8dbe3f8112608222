import { charts, datasets, hypothesis, type models, network, openQuestion, type Run } from "../../src/index.ts";
import { decodedCount, onSeedsFrom20000, overRuns, pointAt } from "../helpers.ts";
import { medians, riseAndDecay } from "./setup.ts";

/**
 * From an MLP's output to the unembedding (S3): 4d neurons through a rectified bottleneck of d dimensions, 4d → d → ReLU → n.
 * Cross-entropy, untied, no biases. The neurons hold n random directions (superposition, one fixed draw for each n and d) or
 * one feature each.
 */

const fromMlp = (d: number, neurons: datasets.DataSet, bottleneck: "relu" | "identity" = "relu") =>
  network({
    sizes: [4 * d, d, neurons.targets[0]!.length],
    nonlinearities: [bottleneck, "identity"],
    loss: "cross-entropy",
    data: neurons,
  });
const superposed = (n: number, d: number) => datasets.randomDirections(n, 4 * d, 1);

const fiveThousandSteps = (n: number) => riseAndDecay(5000, n, { initial: 0.0025, max: 0.05, final: 0.005 });

const dimensions = [2, 3, 4];
const kinds: Readonly<Record<string, (d: number) => models.Model>> = {
  "superposed, n = 4d": (d) => fromMlp(d, superposed(4 * d, d)),
  "superposed, n = 8d": (d) => fromMlp(d, superposed(8 * d, d)),
  "superposed, n = 16d": (d) => fromMlp(d, superposed(16 * d, d)),
  "one a neuron, n = 4d": (d) => fromMlp(d, datasets.oneHot(4 * d)),
  "superposed, n = 4d, no ReLU": (d) => fromMlp(d, superposed(4 * d, d), "identity"),
};
const decodedShare = (run: Run) => decodedCount(run) / run.model.sizes[2]!;

openQuestion("S3 how many features a rectified bottleneck carries from an MLP to the unembedding", {
  row: "S3",
  role: "answer",
  question: "How many of n features does 4d → d → ReLU → n with cross-entropy decode, as n and d vary?",
  operationalisation:
    "What the 4d neurons hold has to be chosen: either n random directions (superposition, one fixed draw for each n and d, so that the intervals are over seeds only), or one feature a neuron. A feature is decoded when its output is the largest; medians over 32 seeds, enough to know them to an eighth of the features.",
  given: Object.fromEntries(
    dimensions.flatMap((d) =>
      Object.entries(kinds).map(([kind, modelAt]) => {
        const model = modelAt(d);
        return [`d = ${d}, ${kind}`, onSeedsFrom20000(model, fiveThousandSteps(model.sizes[2]!), 32)];
      }),
    ),
  ),
  measure: (populations) => {
    const values = medians("share", populations, decodedShare);
    const percent = (cell: string) => `${Math.round(100 * values[`share, ${cell}`]!.value)} %`;
    const overDimensions = (kind: string) => dimensions.map((d) => percent(`d = ${d}, ${kind}`)).join(", ");
    return {
      answer: `A share that grows with d and hardly falls with n: at d = 2, 3, 4 it is ${overDimensions("superposed, n = 4d")} for n = 4d and ${overDimensions("superposed, n = 16d")} for n = 16d; with one feature a neuron ${overDimensions("one a neuron, n = 4d")}. Without the ReLU: ${overDimensions("superposed, n = 4d, no ReLU")}.`,
      values,
    };
  },
  figure: (_, { values }) =>
    charts.series({
      x: "bottleneck dimensions d",
      y: "share of the features decoded, median",
      series: Object.keys(kinds).map((label, k) => ({
        label,
        // Set apart, or the error bars would cover each other.
        points: dimensions.map((d) => pointAt(d + 0.06 * (k - 2), values[`share, d = ${d}, ${label}`]!)),
      })),
      width: 640,
    }),
});

hypothesis("S3b the ReLU in the bottleneck is what loses features", {
  row: "S3",
  role: "supporting",
  claim:
    "From an MLP's output, a bottleneck of three dimensions carries all 12 superposed features to the unembedding when it is linear.",
  operationalisation:
    "Every feature's output is the largest for its own input. Suggested by S3's answer. The control is the same model with the ReLU.",
  given: onSeedsFrom20000(fromMlp(3, superposed(12, 3), "identity"), fiveThousandSteps(12)),
  endPoints: false,
  observe: (run) => ({ "features decoded": decodedCount(run) }),
  expect: { nearlyAll: "all 12 features decoded", when: (o) => o["features decoded"] === 12 },
  control: { name: "with the ReLU", model: fromMlp(3, superposed(12, 3)) },
  figure: ({ cells, control }) => {
    const groups = [
      { label: "linear", runs: cells[0]!.runs },
      { label: "with the ReLU", runs: control.runs },
    ];
    const marks = [{ value: 12, label: "all" }];
    return overRuns(groups, decodedCount, { label: "features decoded", marks, domain: [0, 13], width: 720 });
  },
});
