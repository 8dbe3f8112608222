import {
  autoencoder,
  compose,
  distribution,
  hypothesis,
  often,
  ownOutputs,
  quantile,
  quantileBounds,
  type State,
  satisfaction,
  terms,
  verdictLine,
} from "../../src/index.ts";
import { biasLength, centre, fresh, hidden, section, steady } from "./hidden-bias-setup.ts";

/** A bias in the hidden layer beside an end bias: what it changes (H4b, H4c). */

/** Both biases, or one of them kept at 0: the same weights and the same draw of every bias that is there. */
const withBiases = (hiddenBias: boolean, endBias: boolean) => {
  const off = [...(hiddenBias ? [] : ["bias0"]), ...(endBias ? [] : ["bias1"])];
  return autoencoder({
    features: 10,
    hidden: 2,
    nonlinearity: "relu",
    loss: "mse",
    hiddenBias: true,
    outputBias: true,
    frozen: off,
    initialisation: { scheme: "torch", gain: Object.fromEntries(off.map((name) => [name, 0])) },
  });
};
const learnedBy = (state: State) => ownOutputs(state.model, state.parameters).filter((y) => y > 2 / 3).length;
const summedLoss = (state: State) => terms(state.model) * state.loss;
type Pair = {
  "learned with both": number;
  "learned with the other": number;
  "loss with both": number;
  "difference in loss": number;
};
const both = {
  model: withBiases(true, true),
  recipe: steady(10, 0.01, 20_000),
  seeds: fresh(512),
};

hypothesis("H4b both biases learn as many features as the end bias alone", {
  claim:
    "With both biases the hidden one changes little: as many features are learned as with the end bias alone.",
  section,
  reading:
    "Seed by seed, the same weights and the same end bias at the start: the same number of features with an own output above 2/3 after 20,000 steps, in more than half of the seeds (ten features, tied). In the control the comparison is with the hidden bias alone.",
  given: both,
  versus: { ...both, model: withBiases(false, true) },
  endPoints: false,
  observe: (run, other): Pair => ({
    "learned with both": learnedBy(run),
    "learned with the other": learnedBy(other),
    "loss with both": summedLoss(run),
    "difference in loss": summedLoss(run) - summedLoss(other),
  }),
  expect: often(
    (o: Pair) => o["learned with both"] === o["learned with the other"],
    "the same number of features learned",
  ),
  control: { name: "both, against the hidden bias alone", versus: { model: withBiases(true, false) } },
  figure: (result) =>
    compose({ title: "Both biases against one of them", subtitle: verdictLine(result), columns: 1 }, [
      distribution({
        label: "summed loss with both biases minus that with one, seed by seed",
        conditions: [
          {
            label: "against the end bias alone",
            values: result.cells[0]!.values.flatMap((v) => (v ? [v["difference in loss"]] : [])),
          },
          {
            label: "against the hidden bias alone",
            values: result.control.values.flatMap((v) => (v ? [v["difference in loss"]] : [])),
          },
        ],
        marks: [{ value: 0, label: "no difference" }],
        width: 680,
      }),
      satisfaction(result),
    ]),
});

hypothesis("H4c what the hidden bias changes beside an end bias", {
  question:
    "With both biases, tied or untied: does the hidden bias vanish, does the centre of the activations shift, and what does it gain in loss?",
  section,
  reading:
    "Ten features, ReLU, 512 seeds tied (256 untied), paired by seed as in H4b. Medians with exact bounds at 1e-4. The centre is the mean activation over the root mean square.",
  given: {
    "both, tied": both,
    "end bias alone, tied": { ...both, model: withBiases(false, true) },
    "both, untied": {
      model: hidden(10, { tied: false, outputBias: true }),
      recipe: steady(10, 0.004, 15_000),
      seeds: fresh(256),
    },
  },
  measure: (ensembles) => {
    const median = (values: readonly number[]) => {
      const { lower, upper } = quantileBounds(values, 0.5, 1e-4);
      return { value: quantile(values, 0.5), low: lower, high: upper };
    };
    const [tied, alone, untied] = ["both, tied", "end bias alone, tied", "both, untied"].map(
      (name) => ensembles[name]!.runs,
    );
    const off = (state: State) => centre(state)["mean activation over rms"];
    const difference = tied!.map((run, i) => summedLoss(run) - summedLoss(alone![i]!));
    const average = difference.reduce((a, b) => a + b) / difference.length;
    const spread = difference.reduce((sum, d) => sum + (d - average) ** 2, 0) / (difference.length - 1);
    const reach = 4 * Math.sqrt(spread / difference.length);
    const values = {
      "‖a‖ at the start, tied": median(tied!.map((run) => biasLength(run.checkpoints[0]!))),
      "‖a‖ in the end, tied": median(tied!.map(biasLength)),
      "centre at the start, tied": median(tied!.map((run) => off(run.checkpoints[0]!))),
      "centre in the end, tied": median(tied!.map(off)),
      "centre in the end, end bias alone": median(alone!.map(off)),
      "centre in the end, untied": median(untied!.map(off)),
      "mean difference in loss": { value: average, low: average - reach, high: average + reach },
    };
    const show = (name: keyof typeof values) => values[name].value.toFixed(2);
    return {
      answer: `It neither vanishes nor grows much (‖a‖ ${show("‖a‖ at the start, tied")} → ${show("‖a‖ in the end, tied")}); the centre of the activations ends at ${show("centre in the end, tied")} of their size tied and ${show("centre in the end, untied")} untied, against ${show("centre in the end, end bias alone")} with the end bias alone; the loss changes by ${show("mean difference in loss").replace("-", "−")} on average.`,
      values,
    };
  },
  figure: (ensembles, { answer }) =>
    compose({ title: "How far the activations' centre is from zero", subtitle: answer }, [
      distribution({
        label: "mean activation over root mean square, in the end",
        conditions: Object.entries(ensembles).map(([label, { runs }]) => ({
          label,
          values: runs.map((run) => centre(run)["mean activation over rms"]),
        })),
        width: 680,
      }),
    ]),
});
