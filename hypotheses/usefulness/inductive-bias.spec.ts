import {
  charts,
  distributions,
  geometry,
  hypothesis,
  openQuestion,
  type Run,
  range,
  recipe,
  scope,
  shapes,
} from "../../src/index.ts";
import { meanWithin, medianWithin, onSeedsFrom20000 } from "../helpers.ts";
import { ratePerSquare, tied } from "../tied/setup.ts";
import { armsOf, type Split, splitOf } from "./pentagon-split.ts";

/** Inductive bias (W4): which of many equally good solutions training picks. */

const sizes = [10, 20, 50];
/** The first checkpoint holds the initial weights. */
const untilNearlyConverged = (features: number) =>
  recipe({
    steps: 8000,
    rate: ratePerSquare(features),
    convergence: { gradientNorm: 1e-3 },
    checkpoints: { count: 1, spacing: "even" },
  });

const splitsOf = (runs: readonly Run[]) => runs.flatMap((run) => splitOf(run) ?? []);

/** How each number is summed up over the seeds. */
const summaries = [
  ["unevenness at the end", meanWithin],
  ["unevenness, nearest arm at the start", meanWithin],
  ["unevenness lost on the way", meanWithin],
  ["share that ends in the arm nearest to its start", medianWithin],
  ["correlation of log norms within arms", medianWithin],
  ["effective sharers, end against start", medianWithin],
] as const;

openQuestion("W4 which of the equally good splits training picks", {
  row: "W4",
  role: "answer",
  question:
    "Among solutions of equal loss, the splits of n features over the five arms of a pentagon, which does training pick?",
  operationalisation:
    "Unevenness is Pearson's χ² of the five counts against n/5: 4 on average if every feature fell into an arm independently. It is compared with that of the arms nearest to the features' initial weights. Further: the share of features that end in that nearest arm, the correlation of the logarithms of a feature's initial and final norm within its arm, and how many equal sharers the norms of the arms amount to, end against start. Means over 256 seeds with four standard errors; medians with exact bounds.",
  given: scope("n", sizes, (n) => onSeedsFrom20000(tied("relu", n), untilNearlyConverged(n), 256)),
  measure: (populations) => {
    const values = Object.fromEntries(
      sizes.flatMap((n) => {
        const splits = splitsOf(populations[`n = ${n}`]!.runs);
        return summaries.map(([name, within]) => [
          `${name}, n = ${n}`,
          within(splits.map((o) => o[name]).filter(Number.isFinite)),
        ]);
      }),
    );
    const over = (name: keyof Split, digits: number) =>
      sizes.map((n) => values[`${name}, n = ${n}`]!.value.toFixed(digits)).join(", ");
    return {
      answer: `Of ${sizes.join(", ")} features a share of ${over("share that ends in the arm nearest to its start", 2)} ends in the arm nearest to its start. Norms within an arm keep their ratios with a correlation of ${over("correlation of log norms within arms", 2)}. The arms' unevenness χ² is ${over("unevenness at the end", 1)}, that of the arms nearest at the start ${over("unevenness, nearest arm at the start", 1)}, by chance 4.`,
      values,
    };
  },
  figure: (populations) => fromStartToPentagon(populations["n = 20"]!.runs),
});

const twentyAndFifty = scope("n", [20, 50], (n) => onSeedsFrom20000(tied("relu", n), untilNearlyConverged(n)));

hypothesis("W4b features end near where they started", {
  row: "W4",
  role: "answer",
  claim:
    "With 20 or 50 features in 2D, seven in ten features or more of a tied ReLU model end in the arm of the pentagon that is nearest to their initial weights.",
  operationalisation:
    "Suggested by W4's answer. The arms are those at the end; chance would be one in five. The control asks the same of another seed's initial weights.",
  given: twentyAndFifty,
  versus: twentyAndFifty,
  observe: (run, other) => ({
    "share that ends in the arm nearest to its start":
      splitOf(run, other.checkpoints[0]!)?.["share that ends in the arm nearest to its start"] ?? 0,
  }),
  expect: {
    nearlyAll: "seven in ten features in the nearest arm",
    when: (o) => o["share that ends in the arm nearest to its start"] >= 0.7,
  },
  control: {
    name: "another seed's start",
    versus: { seeds: range(22_048, 24_096) },
  },
  figure: distributions(
    { "": (o) => o["share that ends in the arm nearest to its start"] },
    {
      label: "share of the features",
      marks: [
        { value: 0.7, label: "seven in ten" },
        { value: 0.2, label: "chance" },
      ],
      domain: [0, 1],
      width: 720,
    },
  ),
});

/** One run from its initial weights to its end, and the unevenness of all. */
function fromStartToPentagon(runs: readonly Run[]) {
  const example = runs[0]!;
  const [initial, end] = [example.checkpoints[0]!.points, example.points];
  const arms = armsOf(example);
  const nearest = geometry.nearestDirections(end, arms);
  const values = { of: nearest.map((k) => k + 1), label: "arm it ends in" };
  const splits = splitsOf(runs);
  const norms = (i: number) => ({ x: Math.hypot(...initial[i]!), y: Math.hypot(...end[i]!) });
  const panels = [
    shapes.plane({ points: initial, values, hull: false, caption: "one start" }),
    shapes.plane({ points: end, values, combined: true, caption: "its end" }),
    charts.distribution({
      label: "unevenness χ² of the five counts",
      conditions: [
        { label: "at the end", values: splits.map((o) => o["unevenness at the end"]) },
        {
          label: "nearest arm at the start",
          values: splits.map((o) => o["unevenness, nearest arm at the start"]),
        },
      ],
      marks: [{ value: 4, label: "mean by chance" }],
      width: 480,
    }),
    charts.series({
      x: "norm at the start",
      y: "norm at the end",
      xScale: "log",
      yScale: "log",
      series: arms.map((_, k) => ({
        label: `arm ${k + 1}`,
        points: nearest.flatMap((arm, i) => (arm === k ? [norms(i)] : [])),
      })),
      width: 480,
    }),
  ];
  return { columns: 2, panels };
}
