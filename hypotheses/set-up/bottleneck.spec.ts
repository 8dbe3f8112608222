import { autoencoder, distributions, geometry, hypothesis, type Run, shapes } from "../../src/index.ts";
import { byLabel, seedsFrom20000, summedLoss } from "../helpers.ts";
import { riseAndDecay } from "./setup.ts";

/**
 * A ReLU in the bottleneck, as in another researcher's set-up, against the linear bottleneck used here. Squared error,
 * one-hot data, no biases. What that set-up has at its output is not said: a ReLU as here (S4), or nothing (S4b).
 */

type Shape = Readonly<{ features: number; hidden: number; tied: boolean }>;
const linearBottleneck = (shape: Shape) => autoencoder({ ...shape, nonlinearity: "relu", loss: "mse" });
const reluBottleneck = (shape: Shape, output: "relu" | "identity" = "relu") =>
  autoencoder({ ...shape, hiddenNonlinearity: "relu", nonlinearity: output, loss: "mse" });

/** 4,000 steps; tied models take the rates of the tied section, untied ones those of theirs. */
const trained = (model: typeof linearBottleneck, shape: Shape) => ({
  model: model(shape),
  recipe: riseAndDecay(
    4000,
    shape.features ** 2,
    shape.tied ? { initial: 0.001, max: 0.03, final: 0.02 } : { initial: 0.002, max: 0.02, final: 0.002 },
  ),
  seeds: seedsFrom20000(),
});
const trainedEach = (model: typeof linearBottleneck, shapes: readonly Shape[]) =>
  byLabel(
    shapes,
    ({ features, hidden, tied }) => `${tied ? "tied" : "untied"}, ${features} features in ${hidden}D`,
    (shape) => trained(model, shape),
  );

/** The hidden layer's activation for each feature: the embedding's column, after the ReLU where there is one. */
const activations = ({ model, points }: Run) =>
  model.layers[0]!.nonlinearity === "relu" ? points.map((p) => p.map((x) => Math.max(0, x))) : points;
const directionCount = (run: Run) => geometry.directions(activations(run), { tolerance: 0.01 }).directions.length;

const compared = (run: Run, other: Run) => ({
  "directions, ReLU in the bottleneck": directionCount(run),
  "directions, linear bottleneck": directionCount(other),
  "difference of the summed losses": summedLoss(run) - summedLoss(other),
});
const fewerAndHigher = (o: ReturnType<typeof compared>) =>
  o["directions, ReLU in the bottleneck"] < o["directions, linear bottleneck"] &&
  o["difference of the summed losses"] > 1e-3;

const operationalisation =
  "Seed by seed, from the same initialisation: fewer directions in the hidden layer (after its ReLU; 1 − cos below 0.01) and a summed loss higher by more than 0.001. Judged after 4,000 steps, when the losses have settled though not every gradient has vanished.";

const in2DAnd3D: readonly Shape[] = [
  { features: 10, hidden: 2, tied: true },
  { features: 20, hidden: 2, tied: true },
  { features: 20, hidden: 3, tied: true },
  { features: 10, hidden: 2, tied: false },
  { features: 20, hidden: 2, tied: false },
  { features: 20, hidden: 3, tied: false },
];
const tiedIn5D: Shape = { features: 50, hidden: 5, tied: true };
/** There the loss is mostly the lower one (S4c). */
const fiveDimensions = {
  name: "five dimensions, tied",
  ...trained(reluBottleneck, tiedIn5D),
  versus: trained(linearBottleneck, tiedIn5D),
};

hypothesis("S4 a ReLU in the bottleneck gives fewer directions and a higher loss, in 2D and 3D", {
  row: "S4",
  role: "as printed",
  claim:
    "In two and three dimensions a model with a ReLU in its bottleneck learns fewer directions, and ends at a higher loss, than one with a linear bottleneck.",
  operationalisation: `${operationalisation} Both models have the ReLU at the output.`,
  given: trainedEach(reluBottleneck, in2DAnd3D),
  versus: trainedEach(linearBottleneck, in2DAnd3D),
  endPoints: false,
  observe: compared,
  expect: { nearlyAll: "fewer directions and a higher loss", when: fewerAndHigher },
  control: fiveDimensions,
  figure: ({ cells }) => {
    const { runs, others } = cells[1]!;
    return {
      columns: 2,
      panels: [
        activationsOf(others[0]!, "20 features, linear bottleneck"),
        activationsOf(runs[0]!, "the same start with a ReLU in the bottleneck"),
      ],
    };
  },
});

const lossDifference = distributions<ReturnType<typeof compared>>(
  { "": (o) => o["difference of the summed losses"] },
  {
    label: "summed loss with the ReLU in the bottleneck, less that without",
    marks: [{ value: 0, label: "the same" }],
    width: 720,
  },
);

hypothesis("S4b a ReLU in the bottleneck and none at the output: fewer directions, in 2D and 3D", {
  row: "S4",
  role: "supporting",
  claim:
    "In two and three dimensions nine in ten models with a ReLU in the bottleneck and a linear output learn fewer directions than one with a linear bottleneck and a ReLU at the output.",
  operationalisation:
    "Seed by seed, from the same initialisation: fewer directions in the hidden layer (after its ReLU; 1 − cos below 0.01) after 4,000 steps. The other way to understand that set-up. Losses are not compared: outputs of rank d alone keep the first at n − d or above.",
  given: trainedEach((shape) => reluBottleneck(shape, "identity"), in2DAnd3D),
  versus: trainedEach(linearBottleneck, in2DAnd3D),
  endPoints: false,
  observe: compared,
  expect: {
    inAtLeast: 0.9,
    that: "fewer directions",
    when: (o) => o["directions, ReLU in the bottleneck"] < o["directions, linear bottleneck"],
  },
  control: { name: "a linear bottleneck on both sides", model: linearBottleneck(in2DAnd3D[0]!) },
  figure: distributions(
    {
      "ReLU in the bottleneck": (o) => o["directions, ReLU in the bottleneck"],
      linear: (o) => o["directions, linear bottleneck"],
    },
    { label: "directions in the hidden layer", control: false, width: 720 },
  ),
});

const in4DAnd5D: readonly Shape[] = [
  { features: 40, hidden: 4, tied: true },
  tiedIn5D,
  { features: 40, hidden: 4, tied: false },
];

hypothesis("S4c a ReLU in the bottleneck gives fewer directions and a higher loss, in any dimension", {
  row: "S4",
  role: "supporting",
  claim:
    "Whatever the number of dimensions, a model with a ReLU in its bottleneck learns fewer directions, and ends at a higher loss, than one with a linear bottleneck.",
  operationalisation: `${operationalisation} In four and five dimensions (untied in four). A ReLU in the bottleneck unties a tied model: it writes ReLU(w) and reads w.`,
  given: trainedEach(reluBottleneck, in4DAnd5D),
  versus: trainedEach(linearBottleneck, in4DAnd5D),
  endPoints: false,
  observe: compared,
  expect: { nearlyAll: "fewer directions and a higher loss", when: fewerAndHigher },
  control: { name: "a linear bottleneck on both sides", model: linearBottleneck(in4DAnd5D[0]!) },
  figure: lossDifference,
});

function activationsOf(run: Run, caption: string) {
  return shapes.plane({
    points: activations(run),
    caption,
    combined: true,
    hull: run.model.layers[0]!.nonlinearity === "identity",
    extent: 1.25,
    grouping: { tolerance: 0.01 },
  });
}
