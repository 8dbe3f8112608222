import { distributions, hypothesis, openQuestion, type Run, scope, shapes } from "../../src/index.ts";
import { byLabel, decodedCount, medianWithin, onSeedsFrom20000, shareWithin, summedLoss } from "../helpers.ts";
import { noteSchedule, softmax } from "./setup.ts";

/** Untied, with an end bias: the model that the note writes down for embedding → unembedding (C16). */

const recipe = noteSchedule(10_000, { spacing: "log" });
const withBias = (n: number, most?: number) =>
  onSeedsFrom20000(softmax(n, { tied: false, outputBias: true }), recipe, most);
const withoutBias = (n: number, most?: number) => onSeedsFrom20000(softmax(n, { tied: false }), recipe, most);
const tiedWithBias = (n: number, most?: number) => onSeedsFrom20000(softmax(n, { outputBias: true }), recipe, most);

const sizes = [5, 10, 20, 40];
const models = { "untied, end bias": withBias, "untied, no bias": withoutBias, "tied, end bias": tiedWithBias };
const names = Object.keys(models) as (keyof typeof models)[];
const cells = names.flatMap((name) => sizes.map((n) => ({ name, n })));
const cellName = ({ name, n }: (typeof cells)[number]) => `${name}, n = ${n}`;
const allDecoded = (run: Run) => decodedCount(run) === run.points.length;

openQuestion("C16 what the model with an end bias learns, untied", {
  row: "C16",
  role: "answer",
  question:
    "What does the model written down for embedding → unembedding learn, untied and with an end bias, against the one without the bias and the tied one?",
  operationalisation:
    "The share of seeds with all features decoded after 10,000 steps of the note's schedule, in 2D, and the median of the summed loss; 128 seeds each, exact bounds at 1e-4.",
  given: byLabel(cells, cellName, ({ name, n }) => models[name](n, 128)),
  measure: (populations) => {
    const runs = (cell: (typeof cells)[number]) => populations[cellName(cell)]!.runs;
    const shares = byLabel(
      cells,
      (cell) => `all decoded, ${cellName(cell)}`,
      (cell) => shareWithin(runs(cell).filter(allDecoded).length, runs(cell).length),
    );
    const losses = byLabel(
      cells,
      (cell) => `summed loss, ${cellName(cell)}`,
      (cell) => medianWithin(runs(cell).map(summedLoss)),
    );
    const loss = (name: string) =>
      sizes.map((n) => losses[`summed loss, ${name}, n = ${n}`]!.value.toPrecision(2)).join(", ");
    const percent = sizes
      .map((n) => `${Math.round(100 * shares[`all decoded, ${names[0]!}, n = ${n}`]!.value)} %`)
      .join(", ");
    return {
      answer: `With ${sizes.join(", ")} features it decodes all in ${percent} of the seeds, at a summed loss of ${loss("untied, end bias")}; without the bias ${loss("untied, no bias")}, tied with it ${loss("tied, end bias")}.`,
      values: { ...shares, ...losses },
    };
  },
  figure: (populations) => ({
    columns: 4,
    panels: ["untied, end bias", "untied, no bias"].flatMap((name) => {
      const run = populations[`${name}, n = 40`]!.runs[0]!;
      const bias = run.outputBias;
      const values = bias && { values: { of: bias, label: "end bias" } };
      return [
        shapes.plane({
          points: run.points,
          ...values,
          caption: `${name}: written, vᵢ`,
          hull: false,
          grouping: { tolerance: 1e-12 },
          width: 260,
        }),
        shapes.plane({
          points: run.unembedding,
          ...values,
          caption: `${name}: read, uᵢ`,
          hull: false,
          grouping: { tolerance: 1e-12 },
          width: 260,
        }),
      ];
    }),
  }),
});

hypothesis("C16b the end bias lowers the loss of many features", {
  row: "C16",
  role: "supporting",
  claim: "With 20 or 40 features in 2D, an end bias lowers the loss that untied softmax reaches.",
  operationalisation:
    "Seed by seed, from the same weights: the summed loss after 10,000 steps of the note's schedule, with the bias over that without. The control has ten features.",
  given: scope("n", [20, 40], (n) => withBias(n)),
  versus: scope("n", [20, 40], (n) => withoutBias(n)),
  endPoints: false,
  observe: (run, other) => ({ "loss with the bias over that without": run.loss / other.loss }),
  expect: { nearlyAll: "a lower loss with the bias", when: (o) => o["loss with the bias over that without"] < 1 },
  control: { name: "n = 10", model: withBias(10).model, versus: { model: withoutBias(10).model } },
  figure: distributions(
    { "": (o) => o["loss with the bias over that without"] },
    { label: "loss with the bias over that without", kind: "log", marks: [{ value: 1, label: "equal" }], width: 720 },
  ),
});
