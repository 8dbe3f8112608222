import { charts, models, openQuestion, type Run, recipe, type State } from "../../src/index.ts";
import { medianWithin, ofEach, onSeedsFrom20000 } from "../helpers.ts";
import { even, lastAtZero, noteSchedule, onCircle, untied } from "./setup.ts";

/** Untied, no bias: how small the probability of a label becomes that is not yet learned (C9c). */

const sizes = [10, 20, 40];
const cellName = (n: number, scales: string) => `n = ${n}, ${scales}`;
const trained = (n: number, gain = {}) =>
  onSeedsFrom20000(untied(n, gain), noteSchedule(10_000, { checkpoints: 60, spacing: "log" }), 64);

/** Of every label whose own input does not give it more than one half, the largest probability on any input; the least of all. */
function leastOfTheLargest(state: State): number {
  const probabilities = models.probabilities(state.model, state.parameters);
  const unlearned = probabilities.flatMap((own, i) => (own[i]! > 1 / 2 ? [] : [i]));
  return Math.min(1, ...unlearned.map((i) => Math.max(...probabilities.map((of) => of[i]!))));
}
const leastInTraining = (run: Run) => Math.min(...run.checkpoints.map(leastOfTheLargest));

openQuestion("C9c how small an unlearned label's probability becomes", {
  row: "C9",
  role: "supporting",
  question:
    "In training, does the largest probability that a label is given before it is learned fall to about 1e-8, as in the note's example?",
  operationalisation:
    "Untied softmax in 2D. A label is learned when its own input gives it more than one half. Until then: the largest probability that any input gives it; of that the least over all labels and 60 checkpoints, evenly spaced in the logarithm of the step. As drawn, and with embedding and unembedding initialised at equal scales; and for one feature at zero beside nine learned ones (C8b). Medians over 64 seeds, with exact bounds.",
  given: {
    ...Object.fromEntries(sizes.map((n) => [cellName(n, "as drawn"), trained(n)])),
    ...Object.fromEntries(sizes.map((n) => [cellName(n, "equal scales"), trained(n, { weight0: Math.sqrt(n / 2) })])),
    "the last of ten at zero": onSeedsFrom20000(
      lastAtZero(onCircle(even(9), 3)),
      recipe({ steps: 4000, rate: 0.5, checkpoints: { count: 60, spacing: "log" } }),
      64,
    ),
  },
  measure: (populations) => {
    const values = ofEach(populations, (runs) => medianWithin(runs.map(leastInTraining)));
    const least = Math.min(...Object.values(values).map(({ value }) => value));
    const drawn = sizes.map((n) => values[cellName(n, "as drawn")]!.value.toPrecision(2)).join(", ");
    return {
      answer: `${least > 1e-6 ? "No" : "Yes"}: it falls to ${drawn} for ${sizes.join(", ")} features, 1/n being ${sizes.map((n) => 1 / n).join(", ")}; the least median is ${least.toPrecision(2)}. A feature's own column is short then, and on its input all labels are about as likely.`,
      values,
    };
  },
  figure: (populations) =>
    charts.distribution({
      label: "least largest probability of an unlearned label",
      kind: "log",
      conditions: Object.entries(populations).map(([label, { runs }]) => ({
        label,
        values: runs.map(leastInTraining),
      })),
      marks: [
        { value: 1e-6, label: "p₁" },
        { value: 1e-8, label: "p₀" },
      ],
      width: 720,
    }),
});
