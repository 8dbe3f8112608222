import { distributions, hypothesis, openQuestion, range, type State } from "../../src/index.ts";
import { learned } from "../end-bias/setup.ts";
import {
  byLabel,
  meanWithin,
  medianWithin,
  onSeedsFrom20000,
  overRuns,
  seedsFrom20000,
  shareWithin,
  summedLoss,
} from "../helpers.ts";
import { biasLength, centre, constantRate, withHiddenBias } from "./setup.ts";

/** A bias in the hidden layer beside an end bias: what it changes (H4b, H4c). */

/** Ten features, tied, with both biases or one kept at 0: every weight and bias that is there is initialised alike. */
const withBiases = (...biases: readonly ("hidden" | "end")[]) => {
  const off = [...(biases.includes("hidden") ? [] : ["bias0"]), ...(biases.includes("end") ? [] : ["bias1"])];
  const gain = Object.fromEntries(off.map((name) => [name, 0]));
  const model = withHiddenBias(10, { outputBias: true });
  return onSeedsFrom20000(
    { ...model, frozen: off, initialisation: { scheme: "torch", gain } },
    constantRate(10, 0.01, 20_000),
  );
};

hypothesis("H4b both biases learn about as many features as the end bias alone", {
  row: "H4",
  role: "as printed",
  claim:
    "With both biases the hidden one changes little: a tied ReLU model with ten features learns as many of them as with the end bias alone, or one more or fewer.",
  operationalisation:
    "Compared seed by seed, from the same weights and the same end bias. A feature is learned when its own output is above 2/3 after 20,000 steps. “Changes little” is a difference of one feature at most, in at least nine seeds of ten. In the control the end bias alone has other seeds: so often would the numbers agree by chance. The distributions of both are compared in H4c.",
  given: withBiases("hidden", "end"),
  versus: withBiases("end"),
  endPoints: false,
  observe: (run, other) => ({
    "learned with both": learned(run).length,
    "learned with the end bias alone": learned(other).length,
    difference: learned(run).length - learned(other).length,
  }),
  expect: { inAtLeast: 0.9, that: "a difference of one feature at most", when: (o) => Math.abs(o.difference) <= 1 },
  control: { name: "the end bias alone on other seeds", versus: { seeds: range(22_048, 24_096) } },
  figure: distributions(
    { "": (o) => o.difference },
    {
      label: "features learned with both biases, less those with the end bias alone",
      marks: [-1, 1].map((value) => ({ value, label: value < 0 ? "one fewer" : "one more" })),
      width: 680,
    },
  ),
});

const offCentre = (state: State) => centre(state)["mean activation over rms"];

const numbers = [2, 3, 4, 5, 6, 7];

openQuestion("H4c the hidden bias beside an end bias", {
  row: "H4",
  role: "answer",
  question:
    "With both biases, does the hidden bias vanish, does the centre of the activations shift, and how do the numbers of features learned and the loss differ from those with the end bias alone?",
  operationalisation:
    "Ten features, ReLU, 512 seeds tied, 256 untied; tied compared seed by seed as in H4b. The centre is the mean activation over the root mean square. Medians and shares have exact bounds at 1e-4; mean differences have four standard errors.",
  given: {
    "both, tied": { ...withBiases("hidden", "end"), seeds: seedsFrom20000(512) },
    "end bias alone, tied": { ...withBiases("end"), seeds: seedsFrom20000(512) },
    "both, untied": onSeedsFrom20000(
      withHiddenBias(10, { tied: false, outputBias: true }),
      constantRate(10, 0.004, 15_000),
      256,
    ),
  },
  measure: (populations) => {
    const runs = (label: string) => populations[label]!.runs;
    const [tied, alone, untied] = [runs("both, tied"), runs("end bias alone, tied"), runs("both, untied")];
    const initially = tied.map((run) => run.checkpoints[0]!);
    const [withBoth, withEnd] = [tied, alone].map((all) => all.map((run) => learned(run).length));
    const counted = (counts: readonly number[], label: string) =>
      byLabel(
        numbers,
        (number) => `share that learns ${number}, ${label}`,
        (number) => shareWithin(counts.filter((count) => count === number).length, counts.length),
      );
    const values = {
      "‖a‖ at the start, tied": medianWithin(initially.map(biasLength)),
      "‖a‖ in the end, tied": medianWithin(tied.map(biasLength)),
      "centre at the start, tied": medianWithin(initially.map(offCentre)),
      "centre in the end, tied": medianWithin(tied.map(offCentre)),
      "centre in the end, end bias alone": medianWithin(alone.map(offCentre)),
      "centre in the end, untied": medianWithin(untied.map(offCentre)),
      "mean difference in features learned": meanWithin(withBoth!.map((count, i) => count - withEnd![i]!)),
      "mean difference in loss": meanWithin(tied.map((run, i) => summedLoss(run) - summedLoss(alone[i]!))),
      ...counted(withBoth!, "both"),
      ...counted(withEnd!, "end bias alone"),
    };
    const show = (name: keyof typeof values) => values[name].value.toFixed(2).replace("-", "−");
    const percents = (counts: readonly number[]) =>
      numbers
        .map((number) => `${Math.round((100 * counts.filter((n) => n === number).length) / counts.length)} %`)
        .join(", ");
    return {
      answer: `‖a‖ goes from ${show("‖a‖ at the start, tied")} to ${show("‖a‖ in the end, tied")}; the centre of the activations ends at ${show("centre in the end, tied")} of their size tied and ${show("centre in the end, untied")} untied, against ${show("centre in the end, end bias alone")} with the end bias alone. ${numbers.join(", ")} features are learned by ${percents(withBoth!)} of the seeds with both, by ${percents(withEnd!)} with the end bias alone. On average the hidden bias changes their number by ${show("mean difference in features learned")} and the loss by ${show("mean difference in loss")}.`,
      values,
    };
  },
  figure: (populations) => ({
    columns: 1,
    panels: [
      overRuns(
        Object.entries(populations).map(([label, { runs }]) => ({ label, runs })),
        offCentre,
        { label: "mean activation over root mean square, in the end", width: 680 },
      ),
      overRuns(
        Object.entries(populations).map(([label, { runs }]) => ({ label, runs })),
        (run) => learned(run).length,
        { label: "features learned", width: 680 },
      ),
    ],
  }),
});
