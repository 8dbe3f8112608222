import fc from "fast-check";
import { charts, exactClaim, hypothesis, models, network, openQuestion, type Run } from "../../src/index.ts";
import { decodedCount, indices, integers, onSeedsFrom20000, overRuns, pointAt } from "../helpers.ts";
import { medians, overSizes, recoveredByLoss, riseAndDecay, sizeLabel } from "./setup.ts";

/**
 * From the embedding into an MLP (S2): n features through a bottleneck of d dimensions into 4d neurons, read out linearly,
 * n → d → 4d → ReLU → n. Squared error, untied, no biases.
 */

const intoMlp = (features: number, hidden: number, nonlinearity: "relu" | "identity" = "relu") =>
  network({
    sizes: [features, hidden, 4 * hidden, features],
    nonlinearities: ["identity", nonlinearity, "identity"],
    loss: "mse",
  });

const fiveThousandSteps = (features: number) =>
  riseAndDecay(5000, features ** 2, { initial: 0.002, max: 0.02, final: 0.002 });

/** How many features have an own output above one half when they are active alone. */
const ownOutputAboveHalf = (run: Run) =>
  models.answers(run.model, run.parameters).filter((outputs, i) => outputs[i]! > 0.5).length;

/** By the number of dimensions d, the numbers of features n. */
const sizes = { 2: [8, 16, 24], 3: [12, 24], 4: [16, 32], 6: [24] };

openQuestion("S2 how many features a bottleneck carries into an MLP that is read out linearly", {
  row: "S2",
  role: "answer",
  question: "How many of n features does n → d → 4d → ReLU → n with squared error recover, as n and d vary?",
  operationalisation:
    "Features recovered by the loss: n − summed loss, medians over 32 seeds, which is enough: except for the smallest model their bounds are a thousandth of a feature apart. Also counted are the features whose own output passes one half, and those whose own output is the largest (decoded). They can be compared with 4d and d.",
  given: overSizes(sizes, (n, d) => onSeedsFrom20000(intoMlp(n, d), fiveThousandSteps(n), 32)),
  measure: (populations) => {
    const values = {
      ...medians("recovered", populations, recoveredByLoss),
      ...medians("own output above one half", populations, ownOutputAboveHalf),
      ...medians("decoded", populations, decodedCount),
    };
    const recovered = (d: number, n: number) => Number(values[`recovered, ${sizeLabel(d, n)}`]!.value.toFixed(2));
    return {
      answer: `As many as the MLP has neurons, 4d, not as the bottleneck has dimensions: ${recovered(2, 24)} of 24 at d = 2, ${recovered(3, 24)} of 24 at d = 3, ${recovered(4, 32)} of 32 at d = 4, and ${recovered(6, 24)} of 24 at d = 6.`,
      values,
    };
  },
  figure: (_, { values }) =>
    charts.series({
      x: "bottleneck dimensions d",
      y: "features recovered: n − summed loss, median",
      series: [4, 8].map((perDimension) => ({
        label: `n = ${perDimension}d`,
        points: [2, 3, 4, 6].flatMap((d) => {
          const recovered = values[`recovered, ${sizeLabel(d, perDimension * d)}`];
          return recovered ? [pointAt(d, recovered)] : [];
        }),
      })),
      references: [
        { label: "4d, the neurons", at: (d) => 4 * d },
        { label: "d, without the ReLU", at: (d) => d },
      ],
      width: 640,
    }),
});

hypothesis("S2b a trained MLP behind the bottleneck recovers four features a dimension", {
  row: "S2",
  role: "supporting",
  claim: "Trained, n → d → 4d → ReLU → n recovers 4d features of 24 through a bottleneck of d = 3.",
  operationalisation:
    "Features recovered by the loss, n − summed loss; “recovers 4d” is to 0.05. Suggested by S2's answer.",
  given: onSeedsFrom20000(intoMlp(24, 3), fiveThousandSteps(24)),
  endPoints: false,
  observe: (run) => ({ "features recovered": recoveredByLoss(run) }),
  expect: { nearlyAll: "12 features recovered", when: (o) => Math.abs(o["features recovered"] - 12) < 0.05 },
  control: { name: "without the ReLU", model: intoMlp(24, 3, "identity") },
  figure: ({ cells, control }) => {
    const groups = [
      { label: "ReLU", runs: cells[0]!.runs },
      { label: "without the ReLU", runs: control.runs },
    ];
    return overRuns(groups, recoveredByLoss, {
      label: "features recovered: n − summed loss",
      marks: [
        { value: 12, label: "4d" },
        { value: 3, label: "d" },
      ],
      domain: [0, 13],
      width: 720,
    });
  },
});

/** The summed loss with the weights that a seed draws; with the last layer drawn too, or the best that there is. */
function initialLoss(features: number, hidden: number, seed: number, readout: "best" | "drawn") {
  const model = intoMlp(features, hidden);
  const drawn = models.initialise(model, seed);
  const parameters = readout === "best" ? models.bestReadout(model, drawn) : drawn;
  return models.terms(model) * models.loss(model, parameters);
}
/** Of any MLP of this shape with 1 to 3 hidden dimensions: its loss is at least n − 4d, or n − so many times d. */
const atLeastNMinus = (perDimension: number, readout: "best" | "drawn") =>
  fc.property(
    integers(2, 16),
    integers(1, 3),
    fc.nat(999),
    (n, d, seed) => initialLoss(n, d, seed, readout) >= n - perDimension * d - 1e-9,
  );

exactClaim("S2c a linear read-out recovers no more features than there are neurons", {
  row: "S2",
  role: "supporting",
  claim:
    "The summed loss of n → d → 4d → ReLU → n is at least n − 4d, whatever the bottleneck; and bottlenecks of two to four dimensions reach that.",
  operationalisation:
    "The outputs are a matrix of rank 4d or less, and no such matrix comes closer to the identity (Eckart and Young). Tried with the best read-out for random weights, which bounds the loss of every read-out from below.",
  properties: {
    "at least n − 4d with the best read-out": atLeastNMinus(4, "best"),
    "and with any other": atLeastNMinus(4, "drawn"),
    "n − 4d is reached at d = 2, 3 and 4, n = 8d": () =>
      [2, 3, 4].every((d) => indices(20).some((seed) => Math.abs(initialLoss(8 * d, d, seed, "best") - 4 * d) < 1e-9)),
  },
  nearMiss: { "at least n − d, as without the ReLU": atLeastNMinus(1, "best") },
});
