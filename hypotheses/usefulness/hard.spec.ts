import { charts, hypothesis, landscape, models, type Result, type Run, recipe, shapes } from "../../src/index.ts";
import { startedAtLosslessCircle, withEndBias } from "../end-bias/setup.ts";
import { indices, onSeedsFrom20000, summedLoss } from "../helpers.ts";
import { tied, untilConverged } from "../tied/setup.ts";
import { withHiddenLayer } from "./setup.ts";

/**
 * A task that a toy model finds harder than it should (W2): tied, end bias, ReLU, squared error, ten features in two
 * dimensions. A circle with the right bias reconstructs all of them without loss (B1); does training get there?
 */

const tenFeaturesWithEndBias = onSeedsFrom20000(
  withEndBias(10),
  // In units of n², because the mean squared error carries a factor 1/n² in its gradient: 0.002, 0.02 and 0.01.
  recipe({
    steps: 20_000,
    rate: { initial: 0.2, max: 2, final: 1, warmup: 0.05 },
    convergence: { gradientNorm: 1e-4, every: 500 },
  }),
);

const asStuck =
  "Ten features; the end of training is polished in float64, and counts as stuck there when the summed loss stays above 0.5 and polishing moves it by less than 0.1. Curvature below 1e-6 of the largest is flat; the rotation is left out. Learned features sit on a ReLU's kink, so that the curvatures are those of one side.";

/** Directions by their curvature: of the whole model, and of the weights of the features that are not silent. */
function endOfTraining(run: Run) {
  const { model } = run;
  const { parameters, distance } = landscape.polish(model, run.parameters, { tolerance: 1e-9, maxSteps: 3 });
  const whole = landscape.classify(model, parameters, 1e-6);
  const learned = curvatures(
    model,
    parameters,
    run.points.flatMap((_, i) => (silent(run).includes(i) ? [] : [i])),
  );
  return {
    "summed loss": summedLoss(run),
    "flat directions": whole.flat,
    "negative directions": whole.negative,
    "learned features' directions not curved upwards": learned,
    "moved by polishing": distance,
  };
}
type EndOfTraining = ReturnType<typeof endOfTraining>;

/** Directions, but for the rotation, in which the loss does not curve upwards when only these features' weights change. */
function curvatures(model: models.Model, parameters: Float64Array, features: readonly number[]): number {
  if (features.length === 0) return 0;
  const n = model.sizes[0]!;
  // The embedding's two rows, and the end bias where there is one.
  const blocks = parameters.length / n;
  const positions = indices(blocks).flatMap((block) => features.map((i) => block * n + i));
  const { values } = landscape.spectrum(landscape.hessian(model, parameters).selection(positions, positions));
  const cut = 1e-6 * Math.max(...values.map(Math.abs));
  return values.filter((value) => value <= cut).length - 1;
}

const stuck = (o: EndOfTraining) => o["summed loss"] > 0.5 && o["moved by polishing"] < 0.1;

hypothesis("W2 training with an end bias stops at a positive definite Hessian", {
  row: "W2",
  role: "as printed",
  kind: "landscape",
  claim:
    "A tied ReLU model with an end bias and ten features in two dimensions, though it could be lossless, usually ends where the Hessian is positive definite.",
  operationalisation: `${asStuck} A silent feature, whose output stays 0, has no gradient and is flat in every direction, so that with one no Hessian of the whole is definite. Asked is therefore that of the other features' weights, the silent ones held: curved upwards in every direction but the rotation. The positive control has five features and no end bias: a pentagon.`,
  given: tenFeaturesWithEndBias,
  observe: endOfTraining,
  expect: {
    most: "stuck, the learned features curved upwards",
    when: (o) => stuck(o) && o["learned features' directions not curved upwards"] === 0,
  },
  control: startedAtLosslessCircle(10),
  positiveControl: { name: "five features, no end bias", model: tied("relu", 5), recipe: untilConverged(5) },
  figure: flatDirections,
});

hypothesis("W2b training with an end bias stops at a semidefinite Hessian", {
  row: "W2",
  role: "repaired",
  kind: "landscape",
  claim:
    "A tied ReLU model with an end bias and ten features in two dimensions, though it could be lossless, usually ends where no direction is curved downwards and some are flat.",
  operationalisation: `${asStuck} Flat are the silent features, and what a learned one may trade between its norm and its bias, ‖wᵢ‖² + bᵢ = 1, and where none interferes its angle. B6 proves it where learned features are exact and the others silent.`,
  given: tenFeaturesWithEndBias,
  observe: endOfTraining,
  expect: {
    most: "stuck, no direction curved downwards, some flat",
    when: (o) => stuck(o) && o["negative directions"] === 0 && o["flat directions"] > 0,
  },
  control: startedAtLosslessCircle(10),
  figure: flatDirections,
});

/** Features whose output stays 0 whatever goes in, to 0.001. */
function silent(run: Run): number[] {
  const outputs = models.answers(run.model, run.parameters);
  return run.points.flatMap((_, j) => (outputs.every((row) => row[j]! <= 1e-3) ? [j] : []));
}

hypothesis("W2c training with an end bias does not reach the lossless solution", {
  row: "W2",
  role: "repaired",
  claim:
    "Though a lossless solution exists, a tied ReLU model with an end bias trained on ten features in two dimensions ends with a summed loss of 1 or more in nearly every seed: as much as one feature that is not learned at all.",
  operationalisation:
    "After 20,000 steps, to a hundredth. A silent feature costs exactly 1. In the control, which has a hidden layer of 32 after the bottleneck in place of the tied weights, the same training is nearly always lossless.",
  given: tenFeaturesWithEndBias,
  endPoints: false,
  observe: (run) => ({ "summed loss": summedLoss(run), "silent features": silent(run).length }),
  expect: { nearlyAll: "a summed loss of 1 or more", when: (o) => o["summed loss"] > 0.99 },
  control: { name: "a hidden layer of 32", model: withHiddenLayer("mse", 10) },
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
  const ends = values.flatMap((o) => (o && stuck(o) ? [o] : []));
  const chart = (label: string, of: (o: EndOfTraining) => number) =>
    charts.distribution({
      label,
      conditions: [{ label: "stuck ends", values: ends.map(of) }],
      marks: [{ value: 0, label: "definite" }],
      domain: [0, 29],
      width: 440,
    });
  return [
    chart("flat directions of 29, the rotation left out", (o) => o["flat directions"]),
    chart(
      "those of the learned features, not curved upwards",
      (o) => o["learned features' directions not curved upwards"],
    ),
    shapes.configuration(runs[0]!, { caption: "one end: the short columns are silent features" }),
  ];
}
