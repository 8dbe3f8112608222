import { charts, hypothesis, openQuestion, type State, satisfaction } from "../../src/index.ts";
import { learned } from "../end-bias/setup.ts";
import { meanWithin, medianWithin, onSeedsFrom1000, overRuns, summedLoss } from "../helpers.ts";
import { biasLength, centre, constantRate, withHiddenBias } from "./setup.ts";

/** A bias in the hidden layer beside an end bias: what it changes (H4b, H4c). */

/** Ten features, tied, with both biases or one kept at 0: every weight and bias that is there is initialised alike. */
const withBiases = (...biases: readonly ("hidden" | "end")[]) => {
  const off = [...(biases.includes("hidden") ? [] : ["bias0"]), ...(biases.includes("end") ? [] : ["bias1"])];
  const gain = Object.fromEntries(off.map((name) => [name, 0]));
  const model = withHiddenBias(10, { outputBias: true });
  return onSeedsFrom1000(
    512,
    { ...model, frozen: off, initialisation: { scheme: "torch", gain } },
    constantRate(10, 0.01, 20_000),
  );
};

hypothesis("H4b both biases learn as many features as the end bias alone", {
  row: "H4",
  role: "as printed",
  claim:
    "With both biases the hidden one changes little: a tied ReLU model with ten features learns as many of them as with the end bias alone.",
  operationalisation:
    "Compared seed by seed, from the same weights and the same end bias. A feature is learned when its own output is above 2/3 after 20,000 steps. “Changes little” is the same number in most seeds. In the control the comparison is with the hidden bias alone.",
  given: withBiases("hidden", "end"),
  versus: withBiases("end"),
  endPoints: false,
  observe: (run, other) => ({
    "learned with both": learned(run).length,
    "learned with the other": learned(other).length,
    "loss with both": summedLoss(run),
    "difference in loss": summedLoss(run) - summedLoss(other),
  }),
  expect: {
    most: "the same number of features learned",
    when: (o) => o["learned with both"] === o["learned with the other"],
  },
  control: { name: "both, against the hidden bias alone", versus: withBiases("hidden") },
  figure: (result) => {
    const differences = (label: string, { values }: typeof result.control) => ({
      label,
      values: values.flatMap((v) => (v ? [v["difference in loss"]] : [])),
    });
    const losses = charts.distribution({
      label: "summed loss with both biases minus that with one, seed by seed",
      conditions: [
        differences("against the end bias alone", result.cells[0]!),
        differences("against the hidden bias alone", result.control),
      ],
      marks: [{ value: 0, label: "no difference" }],
      width: 680,
    });
    return { columns: 1, panels: [losses, satisfaction(result)] };
  },
});

const offCentre = (state: State) => centre(state)["mean activation over rms"];

openQuestion("H4c the hidden bias beside an end bias", {
  row: "H4",
  role: "answer",
  question:
    "With both biases, tied or untied, does the hidden bias vanish, does the centre of the activations shift, and by how much does the loss change?",
  operationalisation:
    "Ten features, ReLU, 512 seeds tied, 256 untied, compared seed by seed as in H4b. The centre is the mean activation over the root mean square. Medians have exact bounds at 1e-4; the mean difference has four standard errors.",
  given: {
    "both, tied": withBiases("hidden", "end"),
    "end bias alone, tied": withBiases("end"),
    "both, untied": onSeedsFrom1000(
      256,
      withHiddenBias(10, { tied: false, outputBias: true }),
      constantRate(10, 0.004, 15_000),
    ),
  },
  measure: (populations) => {
    const runs = (label: string) => populations[label]!.runs;
    const [tied, alone, untied] = [runs("both, tied"), runs("end bias alone, tied"), runs("both, untied")];
    const initially = tied.map((run) => run.checkpoints[0]!);
    const values = {
      "‖a‖ at the start, tied": medianWithin(initially.map(biasLength)),
      "‖a‖ in the end, tied": medianWithin(tied.map(biasLength)),
      "centre at the start, tied": medianWithin(initially.map(offCentre)),
      "centre in the end, tied": medianWithin(tied.map(offCentre)),
      "centre in the end, end bias alone": medianWithin(alone.map(offCentre)),
      "centre in the end, untied": medianWithin(untied.map(offCentre)),
      "mean difference in loss": meanWithin(tied.map((run, i) => summedLoss(run) - summedLoss(alone[i]!))),
    };
    const show = (name: keyof typeof values) => values[name].value.toFixed(2);
    return {
      answer: `It neither vanishes nor grows much (‖a‖ ${show("‖a‖ at the start, tied")} → ${show("‖a‖ in the end, tied")}); the centre of the activations ends at ${show("centre in the end, tied")} of their size tied and ${show("centre in the end, untied")} untied, against ${show("centre in the end, end bias alone")} with the end bias alone; the loss changes by ${show("mean difference in loss").replace("-", "−")} on average.`,
      values,
    };
  },
  figure: (populations) =>
    overRuns(
      Object.entries(populations).map(([label, { runs }]) => ({ label, runs })),
      offCentre,
      { label: "mean activation over root mean square, in the end", width: 680 },
    ),
});
