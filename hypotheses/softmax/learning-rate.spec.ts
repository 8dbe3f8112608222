import { charts, hypothesis, openQuestion, type Result, type Run, scope, shapes } from "../../src/index.ts";
import { decodedCount, ofEach, onSeedsFrom1000, shareWithin } from "../helpers.ts";
import { decodedFeatures, noteSchedule, softmax } from "./setup.ts";

/** Tied, no bias: how many features are decoded at which learning rate (C4, C5), and a set-up that decodes them all (C5b). */

/** 5,000 steps of the note's schedule, by its largest rate. */
const atRate = (max: number, model: ReturnType<typeof softmax>, seeds = 256) =>
  onSeedsFrom1000(seeds, model, noteSchedule(5000, { max, checkpoints: 1 }));

const bothRates = (run: Run, other: Run) => ({
  "at the high rate": decodedCount(run),
  "at rate 2": decodedCount(other),
});
type BothRates = ReturnType<typeof bothRates>;

hypothesis("C4 too high a rate leaves fewer features on the circle", {
  row: "C4",
  role: "as printed",
  claim:
    "With 15, 20 or 30 features in 2D, tied softmax decodes fewer features at a learning rate of 8 or 16, without diverging, than at the note's 2 from the same initialisation.",
  operationalisation:
    "Seed by seed, the features decoded after 5,000 steps of the note's schedule (1/400 of the largest rate, up to it, down to 1/20) with a largest rate of 8 or 16 against 2. A run that diverges counts against the claim, so that only features lost on the way count for it. Below a rate of 4 nothing depends on it: the control compares 0.5.",
  given: {
    "n = 20, rate 8": atRate(8, softmax(20)),
    "n = 15, rate 8": atRate(8, softmax(15)),
    "n = 30, rate 16": atRate(16, softmax(30)),
  },
  versus: {
    "n = 20, rate 8": atRate(2, softmax(20)),
    "n = 15, rate 8": atRate(2, softmax(15)),
    "n = 30, rate 16": atRate(2, softmax(30)),
  },
  endPoints: false,
  observe: bothRates,
  expect: { most: "fewer at the high rate", when: (o) => o["at the high rate"] < o["at rate 2"] },
  control: { name: "rate 0.5", ...atRate(0.5, softmax(20)) },
  figure: decodedAtBothRates,
});

hypothesis("C4b too high a rate leaves fewer features, with few features", {
  row: "C4",
  role: "supporting",
  claim: "With 8 or 10 features in 2D, too, tied softmax decodes fewer features at a learning rate of 8 than at 2.",
  operationalisation:
    "As C4. What happens instead: more are decoded. With so few features large steps may throw features out of zero, where they would have stayed.",
  given: { "n = 10, rate 8": atRate(8, softmax(10)), "n = 8, rate 8": atRate(8, softmax(8)) },
  versus: { "n = 10, rate 8": atRate(2, softmax(10)), "n = 8, rate 8": atRate(2, softmax(8)) },
  endPoints: false,
  observe: bothRates,
  expect: { most: "fewer at the high rate", when: (o) => o["at the high rate"] < o["at rate 2"] },
  control: { name: "rate 0.5", ...atRate(0.5, softmax(10)) },
  witness: { "at the high rate": 8, "at rate 2": 9 },
  figure: decodedAtBothRates,
});

const sizes = [5, 8, 10, 15, 20, 30, 40];
const rates = [0.5, 2, 4, 8, 16];
const cellName = (n: number, rate: number) => `n = ${n}, rate ${rate}`;

openQuestion("C5 where tied softmax learns all features", {
  row: "C5",
  role: "answer",
  question:
    "In what share of seeds does tied softmax in 2D learn all features, as their number goes from 5 to 40 and the learning rate from 0.5 to 16?",
  operationalisation:
    "All features decoded after 5,000 steps of the note's schedule, by its largest rate. 64 seeds a cell, exact intervals at an error rate of 1e-4 each: less than a quarter either way, where over the map the share goes from 0 to 1. A run that diverges has not learned all.",
  given: Object.fromEntries(
    sizes.flatMap((n) => rates.map((rate) => [cellName(n, rate), atRate(rate, softmax(n), 64)])),
  ),
  measure: (populations) => {
    const values = ofEach(populations, (runs) => {
      const all = runs.filter((run) => run.status !== "diverged" && decodedFeatures(run)["all decoded"]);
      return shareWithin(all.length, runs.length);
    });
    const percent = (share: number) => `${Math.round(100 * share)} %`;
    const learned = (n: number, rate: number) => values[cellName(n, rate)]!.value;
    const best = (n: number) => `${percent(Math.max(...rates.map((rate) => learned(n, rate))))} at n = ${n}`;
    const change = (n: number) =>
      `${percent(learned(n, 2))} at rate 2 to ${percent(learned(n, 8))} at rate 8 for n = ${n}`;
    return {
      answer: `At the best rate for each: ${[5, 8, 10, 15, 20, 40].map(best).join(", ")}. A high rate helps few features (from ${change(10)}) and harms many (from ${change(20)}); below 4 it makes no difference from fifteen on.`,
      values,
    };
  },
  figure: (_, { values }) =>
    charts.scopeMap({
      rows: { label: "features", values: sizes },
      columns: { label: "largest learning rate", values: rates },
      cells: sizes.map((n) =>
        rates.map((rate) => {
          const { value } = values[cellName(n, rate)]!;
          return { value: Math.round(100 * value), note: `${Math.round(64 * value)}/64` };
        }),
      ),
      valueLabel: "per cent of 64 seeds",
      domain: [0, 100],
    }),
});

hypothesis("C5b with unit norms all features are learned", {
  row: "C5",
  role: "answer",
  claim:
    "Tied softmax in 2D learns all of 10, 20 or 40 features when its columns are kept at norm 1 and one scale for all logits is learned.",
  operationalisation:
    "All features decoded after 5,000 steps. The difficulty is in the norms alone: a feature that cannot shrink to zero finds its place on the circle.",
  given: scope("n", [20, 10, 40], (n) => atRate(0.5, softmax(n, { unitNorm: true, scale: 1 }))),
  endPoints: false,
  observe: decodedFeatures,
  expect: { nearlyAll: "all features decoded", when: (o) => o["all decoded"] },
  control: { name: "norms free", ...atRate(2, softmax(20)) },
  figure: ({ cells, control }) => ({
    columns: 2,
    panels: [
      shapes.plane({ points: cells[2]!.runs[0]!.points, caption: "n = 40, norms fixed" }),
      shapes.plane({ points: control.runs[0]!.points, caption: "n = 20, norms free" }),
    ],
  }),
});

/** Of each cell and the control the share of features decoded at either rate. */
function decodedAtBothRates({ cells, control }: Result<BothRates>) {
  return charts.distribution({
    label: "share of the features decoded",
    conditions: [...cells, control].flatMap((cell) => {
      const n = cell.condition.model.sizes[0]!;
      const high = cell === control ? "control, rate 0.5" : cell.label;
      const low = cell === control ? "control, rate 2" : `n = ${n}, rate 2`;
      const values = cell.values.filter((o) => o !== null);
      const without = { count: cell.values.length - values.length, why: "diverged" };
      return [
        { label: high, values: values.map((o) => o["at the high rate"] / n), without },
        { label: low, values: values.map((o) => o["at rate 2"] / n), without },
      ];
    }),
    width: 720,
  });
}
