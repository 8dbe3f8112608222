import {
  autoencoder,
  charts,
  hypothesis,
  landscape,
  models,
  type Result,
  type Run,
  recipe,
  shapes,
} from "../../src/index.ts";
import { onSeedsFrom1000, seedsFrom1000, summedLoss } from "../helpers.ts";
import { withHiddenLayer } from "./setup.ts";

/**
 * A task that a toy model finds harder than it should (W2): tied, end bias, ReLU, squared error, ten features in two
 * dimensions. A circle with the right bias reconstructs all of them without loss (B1); does training get there?
 */

const tenFeaturesWithEndBias = onSeedsFrom1000(
  256,
  autoencoder({ features: 10, hidden: 2, nonlinearity: "relu", outputBias: true, loss: "mse" }),
  // In units of n², because the mean squared error carries a factor 1/n² in its gradient: 0.002, 0.02 and 0.01.
  recipe({
    steps: 20_000,
    rate: { initial: 0.2, max: 2, final: 1, warmup: 0.05 },
    convergence: { gradientNorm: 1e-4, every: 500 },
  }),
);

const hiddenLayerInstead = {
  name: "a hidden layer of 32 after the bottleneck",
  model: withHiddenLayer("mse", 10),
  seeds: seedsFrom1000(64),
};

const asStuck =
  "Ten features; the end of training is polished in float64, and counts as stuck there when the summed loss stays above 0.5 (0 is possible) and polishing moves it by less than 0.1. Curvature below 1e-6 of the largest is flat; the rotation is left out. Learned features sit on a ReLU's kink, so that the curvatures are those of one side. The control is decided by 64 seeds.";

/**
 * The Hessian is only looked at where training is stuck, and not in the control: a stuck run of the control is taken to meet
 * the criterion, which makes the control harder to refute.
 */
function endOfTraining(run: Run) {
  const loss = summedLoss(run);
  const around = loss > 0.5 && run.model.tied ? neighbourhood(run) : { flat: 0, negative: 0, moved: 0 };
  return {
    "summed loss": loss,
    "flat directions": around.flat,
    "negative directions": around.negative,
    "moved by polishing": around.moved,
  };
}
type EndOfTraining = ReturnType<typeof endOfTraining>;

function neighbourhood(run: Run) {
  const polished = landscape.polish(run.model, run.parameters, { tolerance: 1e-9, maxSteps: 3 });
  return { ...landscape.classify(run.model, polished.parameters, 1e-6), moved: polished.distance };
}

const stuck = (o: EndOfTraining) => o["summed loss"] > 0.5 && o["moved by polishing"] < 0.1;

hypothesis("W2 training with an end bias stops at a positive definite Hessian", {
  row: "W2",
  role: "as printed",
  kind: "landscape",
  claim:
    "A tied ReLU model with an end bias and ten features in two dimensions, though it could be lossless, usually ends where the Hessian is positive definite.",
  operationalisation: `${asStuck} Definite: no flat and no negative direction.`,
  given: tenFeaturesWithEndBias,
  observe: endOfTraining,
  expect: {
    most: "stuck, every direction curved upwards",
    when: (o) => stuck(o) && o["negative directions"] === 0 && o["flat directions"] === 0,
  },
  control: hiddenLayerInstead,
  witness: { "summed loss": 4, "flat directions": 0, "negative directions": 0, "moved by polishing": 0 },
  figure: flatDirections,
});

hypothesis("W2b training with an end bias stops at a semidefinite Hessian", {
  row: "W2",
  role: "repaired",
  kind: "landscape",
  claim:
    "A tied ReLU model with an end bias and ten features in two dimensions, though it could be lossless, usually ends where the Hessian has no negative direction, but flat ones.",
  operationalisation: `${asStuck} Flat directions are allowed: silent features, whose output stays 0, have no gradient, so every one of their directions is flat.`,
  given: tenFeaturesWithEndBias,
  observe: endOfTraining,
  expect: {
    most: "stuck, no direction curved downwards",
    when: (o) => stuck(o) && o["negative directions"] === 0,
  },
  control: hiddenLayerInstead,
  figure: flatDirections,
});

/** Features whose output stays 0 whatever goes in, to 0.001. */
function silentFeatures(run: Run): number {
  const outputs = models.answers(run.model, run.parameters);
  return outputs[0]!.filter((_, j) => outputs.every((row) => row[j]! <= 1e-3)).length;
}

hypothesis("W2c training with an end bias never reaches the lossless solution", {
  row: "W2",
  role: "repaired",
  claim:
    "Though a lossless solution exists, a tied ReLU model with an end bias trained on ten features in two dimensions always ends with a loss of one feature or more.",
  operationalisation:
    "A summed loss above 0.5 after 20,000 steps; a silent feature costs exactly 1. The control is decided by 64 seeds.",
  given: tenFeaturesWithEndBias,
  endPoints: false,
  observe: (run) => ({ "summed loss": summedLoss(run), "silent features": silentFeatures(run) }),
  expect: { nearlyAll: "a loss above one half", when: (o) => o["summed loss"] > 0.5 },
  control: hiddenLayerInstead,
  figure: ({ cells, control }) =>
    charts.distribution({
      label: "summed loss at the end: one for each silent feature; 0 is possible",
      conditions: [
        { label: "tied, end bias", values: cells[0]!.values.map((o) => o!["summed loss"]) },
        { label: "hidden layer of 32", values: control.values.map((o) => o!["summed loss"]) },
      ],
      marks: [{ value: 0, label: "lossless" }],
      domain: [0, 10],
      width: 720,
    }),
});

function flatDirections({ cells }: Result<EndOfTraining>) {
  const { values, runs } = cells[0]!;
  const counts = values.flatMap((o) => (o && stuck(o) ? o["flat directions"] : []));
  return [
    charts.distribution({
      label: "flat directions of 29, the rotation left out",
      conditions: [{ label: "stuck ends", values: counts }],
      marks: [{ value: 0, label: "definite" }],
      domain: [0, 29],
      width: 620,
    }),
    shapes.configuration(runs[0]!, { caption: "one end: the short columns are silent features" }),
  ];
}
