import { charts, hypothesis, openQuestion, type Result, type Run, scope, shapes } from "../../src/index.ts";
import { decodedCount, ofEach, onSeedsFrom20000, shareWithin } from "../helpers.ts";
import { decodedFeatures, noteSchedule, softmax } from "./setup.ts";

/** Tied, no bias: how many features are decoded at which learning rate (C4, C5), and a set-up that decodes them all (C5b). */

/** 5,000 steps of the note's schedule, by its largest rate. */
const atRate = (max: number, model: ReturnType<typeof softmax>, seeds?: number) =>
  onSeedsFrom20000(model, noteSchedule(5000, { max, checkpoints: 1 }), seeds);

const bothRates = (run: Run, other: Run) => ({
  "at the high rate": decodedCount(run),
  "at rate 2": decodedCount(other),
});
type BothRates = ReturnType<typeof bothRates>;

const halfOf = (sizes: readonly number[]) => scope("n", sizes, (n) => atRate(n / 2, softmax(n)));
const two = (sizes: readonly number[]) => scope("n", sizes, (n) => atRate(2, softmax(n)));
const fewerDecoded = {
  most: "fewer at the high rate",
  when: (o: BothRates) => o["at the high rate"] < o["at rate 2"],
};

hypothesis("C4 too high a rate leaves fewer features on the circle", {
  row: "C4",
  role: "as printed",
  claim:
    "With 15 to 40 features in 2D, tied softmax decodes fewer features at a learning rate of half their number than at the note's 2, from the same initialisation.",
  operationalisation:
    "Seed by seed, the features decoded after 5,000 steps of the note's schedule (1/400 of the largest rate, up to it, down to 1/20) with a largest rate of n/2 against 2. The rate goes with n because the mean over n inputs divides each feature's gradient by n. A run that diverges counts against the claim, so that only features lost on the way count for it. The control compares a rate that is lower still.",
  given: halfOf([20, 15, 30, 40]),
  versus: two([20, 15, 30, 40]),
  endPoints: false,
  observe: bothRates,
  expect: fewerDecoded,
  control: { name: "rate 0.5", recipe: noteSchedule(5000, { max: 0.5, checkpoints: 1 }) },
  figure: decodedAtBothRates,
});

hypothesis("C4b too high a rate leaves fewer features, with few features", {
  row: "C4",
  role: "supporting",
  claim:
    "With 8 to 12 features in 2D, too, tied softmax decodes fewer features at a learning rate of half their number than at 2.",
  operationalisation: "As C4. The positive control has twenty features.",
  given: halfOf([10, 8, 12]),
  versus: two([10, 8, 12]),
  endPoints: false,
  observe: bothRates,
  expect: fewerDecoded,
  control: { name: "rate 0.5", recipe: noteSchedule(5000, { max: 0.5, checkpoints: 1 }) },
  positiveControl: { name: "n = 20", ...atRate(10, softmax(20)), versus: atRate(2, softmax(20)) },
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
    "All features decoded after 5,000 steps of the note's schedule, by its largest rate. Exact intervals at an error rate of 1e-4 each: less than a quarter either way, where over the map the share goes from 0 to 1. A run that diverges has not learned all.",
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
      `from ${percent(learned(n, 2))} at rate 2 to ${percent(learned(n, 8))} at rate 8 for n = ${n}`;
    return {
      answer: `At the best rate for each: ${sizes.map(best).join(", ")}. With the rate it goes ${change(10)}, ${change(20)}.`,
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
    "Tied softmax in 2D learns all of 10, 20 or 40 features when its columns are kept at norm 1 and one scale for all logits is learned; with the scale but free norms, at n = 20, it does not.",
  operationalisation:
    "All features decoded after 5,000 steps at the same rates. The control has the scale, too, so that only the norms differ: a feature that cannot shrink to zero finds its place on the circle.",
  given: scope("n", [20, 10, 40], (n) => atRate(0.5, softmax(n, { unitNorm: true, scale: 1 }))),
  endPoints: false,
  observe: decodedFeatures,
  expect: { nearlyAll: "all features decoded", when: (o) => o["all decoded"] },
  control: { name: "norms free", model: softmax(20, { scale: 1 }) },
  figure: ({ cells, control }) => ({
    columns: 2,
    panels: [
      shapes.plane({ points: cells[2]!.runs[0]!.points, caption: "n = 40, norms fixed" }),
      shapes.plane({
        points: control.runs[Math.max(0, control.met.indexOf(false))]!.points,
        caption: "n = 20, norms free: some at zero",
      }),
    ],
  }),
});

/** Of each cell and the control the share of features decoded at either rate. */
function decodedAtBothRates({ cells, control }: Result<BothRates>) {
  return charts.distribution({
    label: "share of the features decoded",
    conditions: [...cells, control].flatMap((cell) => {
      const n = cell.condition.model.sizes[0]!;
      const high = `n = ${n}, rate ${cell.condition.recipe.rate.max}`;
      const low = `n = ${n}, rate 2${cell === control ? " (control)" : ""}`;
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
