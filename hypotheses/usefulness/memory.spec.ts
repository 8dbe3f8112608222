import { charts, datasets, models, network, openQuestion, type Run, range, recipe } from "../../src/index.ts";
import { byLabel, indices, medianWithin, onSeedsFrom20000, pointAt, shareWithin } from "../helpers.ts";
import { tied, untilConverged } from "../tied/setup.ts";

/** How many data points a toy model keeps for each parameter (W3): random labels, and features. */

const inputs = 8;
const widths = [4, 8];
const ratios = [0.5, 1, 1.4];
/** Each has a seed of its own, so that no two runs share their data. */
const draws = indices(24);
const parameterCount = (width: number) => (inputs + 1) * width + width + 1;

/** So many hidden neurons, and so many data points for each parameter. */
const labelTasks = widths.flatMap((width) => ratios.map((ratio) => ({ width, ratio })));
type LabelTask = (typeof labelTasks)[number];
const drawn = (task: LabelTask) => draws.map((draw) => ({ ...task, draw }));
type DrawnTask = LabelTask & { readonly draw: number };

/** 8 → width → ReLU → 1 with biases, on random points in ℝ⁸ with random labels of ±1. */
const onRandomLabels = ({ width, ratio, draw }: DrawnTask) =>
  network({
    sizes: [inputs, width, 1],
    nonlinearities: ["relu", "identity"],
    biases: [true, true],
    loss: "mse",
    data: datasets.randomLabels(Math.round(ratio * parameterCount(width)), inputs, draw),
  });

const everyLabelRight = (run: Run) =>
  models.answers(run.model, run.parameters).every((y, i) => y[0]! * run.model.data.targets[i]![0]! > 0);

const featureTasks = [
  { d: 2, counts: [4, 5, 10, 20] },
  { d: 4, counts: [8, 10, 20, 40] },
  { d: 8, counts: [16, 20, 40] },
].flatMap(({ d, counts }) => counts.map((n) => ({ d, n })));
type FeatureTask = (typeof featureTasks)[number];

/** Of a tied model, which has nd parameters: features whose own output is above one half. */
const keptPerParameter = ({ model, parameters }: Run) =>
  models.ownOutputs(model, parameters).filter((y) => y > 0.5).length / parameters.length;

const labelCell = ({ width, ratio, draw }: DrawnTask) => `${width} neurons, ${ratio} points a parameter, draw ${draw}`;
const shareName = ({ width, ratio }: LabelTask) =>
  `share by heart, ${parameterCount(width)} parameters, ${ratio} points a parameter`;
const featureCell = ({ d, n }: FeatureTask) => `d = ${d}, n = ${n}`;
const keptName = (task: FeatureTask) => `features kept for each parameter, ${featureCell(task)}`;

openQuestion("W3 data points kept for each parameter", {
  row: "W3",
  role: "answer",
  question: "Does a toy model store about one data point for each parameter?",
  operationalisation:
    "Two ways to store. Random labels: random points in eight dimensions with random ±1 labels, 8 → 4 or 8 → ReLU → 1 with biases; a run has them by heart when every sign is right; 24 draws of the data, each trained once from a seed of its own. Features: those of a tied ReLU model (nd parameters) whose own output is above one half; medians over 32 seeds. That cannot pass 1/d, which it is when every feature is kept. So few runs show the order of magnitude that is asked for, a point a parameter or a tenth; shares and medians have exact bounds at 1e-4. The two are not of equal worth: a label is one bit, a feature about log₂ n bits of target.",
  given: {
    ...byLabel(labelTasks.flatMap(drawn), labelCell, (task) => ({
      model: onRandomLabels(task),
      recipe: recipe({ steps: 8000, rate: { initial: 0.005, max: 0.05, final: 0.02, warmup: 0.05 } }),
      seeds: range(20_000 + task.draw, 20_001 + task.draw),
    })),
    ...byLabel(featureTasks, featureCell, ({ d, n }) => onSeedsFrom20000(tied("relu", n, d), untilConverged(n), 32)),
  },
  measure: (populations) => {
    const values = {
      ...byLabel(labelTasks, shareName, (task) => {
        const runs = drawn(task).flatMap((each) => populations[labelCell(each)]!.runs);
        return shareWithin(runs.filter(everyLabelRight).length, runs.length);
      }),
      ...byLabel(featureTasks, keptName, (task) =>
        medianWithin(populations[featureCell(task)]!.runs.map(keptPerParameter)),
      ),
    };
    const percent = (ratio: number) =>
      widths.map((width) => `${Math.round(100 * values[shareName({ width, ratio })]!.value)} %`).join(" and ");
    const kept = (d: number, n: number) => values[keptName({ d, n })]!.value.toPrecision(2);
    return {
      answer: `Random labels: with 0.5, 1 and 1.4 points a parameter ${percent(0.5)}, ${percent(1)}, and ${percent(1.4)} of the runs (41 and 81 parameters) have all by heart. Features kept for each parameter: ${kept(2, 5)} (d = 2), ${kept(4, 10)} (4), ${kept(8, 20)} (8) at n = 2.5d, where 1/d is the most there can be, and ${kept(2, 10)}, ${kept(4, 20)}, ${kept(8, 40)} at n = 5d.`,
      values,
    };
  },
  figure: (_, { values }) => [
    charts.series({
      caption: "random labels",
      x: "data points for each parameter",
      y: "share of runs that have all labels right",
      series: widths.map((width) => ({
        label: `${width} neurons, ${parameterCount(width)} parameters`,
        points: ratios.map((ratio) => pointAt(ratio, values[shareName({ width, ratio })]!)),
      })),
      width: 480,
    }),
    charts.series({
      caption: "features",
      x: "features n for each dimension d",
      y: "features kept for each parameter",
      xScale: "log",
      series: [2, 4, 8].map((hidden) => ({
        label: `d = ${hidden}`,
        points: featureTasks
          .filter(({ d }) => d === hidden)
          .map(({ d, n }) => pointAt(n / d, values[keptName({ d, n })]!)),
      })),
      references: [{ label: "one for each parameter", at: () => 1 }],
      width: 480,
    }),
  ],
});
