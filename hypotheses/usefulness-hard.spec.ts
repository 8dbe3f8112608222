import {
  always,
  answers,
  autoencoder,
  classify,
  compose,
  configuration,
  distribution,
  hypothesis,
  network,
  often,
  type PopulationResult,
  polish,
  type Run,
  range,
  recipe,
  type State,
  terms,
  verdictLine,
} from "../src/index.ts";

/**
 * A task that a toy model finds harder than it should: tied, end bias, ReLU, squared error, ten features in two
 * dimensions. A circle with the right bias reconstructs all of them without loss (B1); does training get there?
 */
const section = "Why is this useful?";

const features = 10;
const model = autoencoder({ features, hidden: 2, nonlinearity: "relu", outputBias: true, loss: "mse" });
/** Seeds that no one looked at while the criteria were written: those below 1,000 served to explore. */
const seeds = range(1000, 1256);
/** Rates are stated per n²: the mean squared error carries a factor 1/n² in its gradient. */
const condition = {
  model,
  recipe: recipe({
    steps: 20_000,
    rate: { initial: 0.2, max: 2, final: 1, warmup: 0.05 },
    convergence: { gradientNorm: 1e-4, every: 500 },
  }),
  seeds,
};
const withHiddenLayer = network({
  sizes: [features, 2, 32, features],
  nonlinearities: ["identity", "relu", "identity"],
  loss: "mse",
});
const control = {
  name: "a hidden layer of 32 after the bottleneck",
  model: withHiddenLayer,
  seeds: range(1000, 1064),
};

const summedLoss = (state: State) => terms(state.model) * state.loss;
/** Features whose output answers nothing, to 0.001. */
const silent = (state: State) => {
  const outputs = answers(state.model, state.parameters);
  return outputs[0]!.filter((_, j) => outputs.every((row) => row[j]! <= 1e-3)).length;
};

/**
 * Read off once a run, for both W2 and W2b ask. Only of the model in question, where it is stuck; a stuck run of the control
 * is taken to meet the criterion, which makes the control harder to refute.
 */
const known = new Map<number, ReturnType<typeof neighbourhood>>();
function neighbourhood(run: Run) {
  const polished = polish(run.model, run.parameters, { tolerance: 1e-9, maxSteps: 3 });
  const { flat, negative } = classify(run.model, polished.parameters, 1e-6);
  return { flat, negative, moved: polished.distance };
}
const observe = (run: Run) => {
  const loss = summedLoss(run);
  const inspect = loss > 0.5 && run.model.tied;
  const around = inspect ? (known.get(run.seed) ?? neighbourhood(run)) : { flat: 0, negative: 0, moved: 0 };
  if (inspect) known.set(run.seed, around);
  return {
    "summed loss": loss,
    "flat directions": around.flat,
    "negative directions": around.negative,
    "moved by polishing": around.moved,
  };
};
type Around = ReturnType<typeof observe>;
const stuck = (o: Around) => o["summed loss"] > 0.5 && o["moved by polishing"] < 0.1;

const reading =
  "Ten features; the end of training is polished in float64, and counts as stuck there when the summed loss stays above 0.5 (0 is possible) and polishing moves it by less than 0.1. Curvature below 1e-6 of the largest is flat; the rotation is left out. Learned features sit on a ReLU's kink, so that the curvatures are those of one side. The control is decided by 64 seeds.";
const histogram = (result: PopulationResult<Around>) => {
  const cell = result.cells[0]!;
  return compose(
    { title: "Where training ends, ten features and an end bias", subtitle: verdictLine(result) },
    [
      distribution({
        label: "flat directions of 29, the rotation left out",
        conditions: [
          {
            label: "stuck ends",
            values: cell.values.filter((o) => stuck(o!)).map((o) => o!["flat directions"]),
          },
        ],
        marks: [{ value: 0, label: "definite" }],
        domain: [0, 29],
        width: 620,
      }),
      configuration(cell.ensemble.runs[0]!, { caption: "one end: the short columns are silent features" }),
    ],
  );
};

hypothesis("W2 training with an end bias stops at a positive definite Hessian", {
  claim:
    "A tied ReLU model with an end bias, though it could be lossless, ends where the Hessian is positive definite.",
  section,
  kind: "landscape",
  reading: `${reading} Definite: no flat and no negative direction.`,
  given: condition,
  observe,
  expect: often(
    (o: Around) => stuck(o) && o["negative directions"] === 0 && o["flat directions"] === 0,
    "stuck, every direction curved upwards",
  ),
  control,
  witness: { "summed loss": 4, "flat directions": 0, "negative directions": 0, "moved by polishing": 0 },
  figure: histogram,
});

hypothesis("W2b training with an end bias stops at a semidefinite Hessian", {
  claim:
    "A tied ReLU model with an end bias, though it could be lossless, more often than not ends where the Hessian has no negative direction, but flat ones.",
  section,
  kind: "landscape",
  reading: `${reading} Repaired: flat directions are allowed. Silent features have no gradient, so every one of their directions is flat.`,
  given: condition,
  observe,
  expect: often(
    (o: Around) => stuck(o) && o["negative directions"] === 0,
    "stuck, no direction curved downwards",
  ),
  control,
  figure: histogram,
});

hypothesis("W2c training with an end bias never gets there", {
  claim:
    "Though a lossless solution exists, a tied ReLU model with an end bias trained on ten features in two dimensions always ends with a loss of one feature or more.",
  section,
  reading:
    "A summed loss above 0.5 after 20,000 steps; a silent feature costs exactly 1. The control is decided by 64 seeds.",
  given: condition,
  endPoints: false,
  observe: (run) => ({ "summed loss": summedLoss(run), "silent features": silent(run) }),
  expect: always((o: { "summed loss": number }) => o["summed loss"] > 0.5, "a loss above one half"),
  control,
  figure: (result) =>
    compose({ title: "The price of silent features", subtitle: verdictLine(result) }, [
      distribution({
        label: "summed loss at the end: one for each silent feature; 0 is possible",
        conditions: [
          { label: "tied, end bias", values: result.cells[0]!.values.map((o) => o!["summed loss"]) },
          { label: "hidden layer of 32", values: result.control.values.map((o) => o!["summed loss"]) },
        ],
        marks: [{ value: 0, label: "lossless" }],
        domain: [0, 10],
        width: 720,
      }),
    ]),
});
