import {
  always,
  autoencoder,
  compose,
  directions,
  distribution,
  hypothesis,
  type PopulationResult,
  plane,
  type Run,
  range,
  recipe,
  type State,
  terms,
  verdictLine,
} from "../src/index.ts";

/**
 * A ReLU in the bottleneck, as in another researcher's set-up, against the linear bottleneck used here. Squared error,
 * one-hot data, no biases. What that set-up has at its output is not said: a ReLU as here (S4), or nothing (S4b).
 */
const section = "The set-up";

type Output = "relu" | "identity";

const rectified = (features: number, hidden: number, tied: boolean, nonlinearity: Output = "relu") =>
  autoencoder({ features, hidden, tied, hiddenNonlinearity: "relu", nonlinearity, loss: "mse" });
const linear = (features: number, hidden: number, tied: boolean) =>
  autoencoder({ features, hidden, tied, nonlinearity: "relu", loss: "mse" });

/** Rates are stated per n²: the mean squared error carries a factor 1/n² in its gradient. */
const condition = (model: State["model"], seeds = range(2000, 2512)) => {
  const square = model.sizes[0]! ** 2;
  const rate = model.tied
    ? { initial: 0.001 * square, max: 0.03 * square, final: 0.02 * square, warmup: 0.05 }
    : { initial: 0.002 * square, max: 0.02 * square, final: 0.002 * square, warmup: 0.05 };
  return { model, recipe: recipe({ steps: 4000, rate }), seeds };
};

/** What the hidden layer holds of each feature: the embedding's columns, after the ReLU where there is one. */
const held = (run: State) => {
  const cut = run.model.layers[0]!.nonlinearity === "relu";
  return run.points.map((point) => (cut ? point.map((x) => Math.max(0, x)) : point));
};
const observe = (run: Run, other: Run) => ({
  "directions, ReLU in the bottleneck": directions(held(run), { tolerance: 0.01 }).directions.length,
  "directions, linear bottleneck": directions(held(other), { tolerance: 0.01 }).directions.length,
  "difference of the summed losses": terms(run.model) * run.loss - terms(other.model) * other.loss,
});
type Compared = ReturnType<typeof observe>;
const fewerAndHigher = (o: Compared) =>
  o["directions, ReLU in the bottleneck"] < o["directions, linear bottleneck"] &&
  o["difference of the summed losses"] > 1e-3;
const criterion = always(fewerAndHigher, "fewer directions and a higher loss");

const reading =
  "Seed by seed, the same start: fewer directions in the hidden layer (after its ReLU; 1 − cos below 0.01) and a summed loss higher by more than 0.001. Judged after 4,000 steps, when the losses have settled though not every gradient has vanished.";
const fewSeeds = range(2000, 2064);
const control = {
  name: "five dimensions, tied",
  ...condition(rectified(50, 5, true), fewSeeds),
  versus: condition(linear(50, 5, true), fewSeeds),
};

const cells = {
  "tied, 10 features in 2D": [10, 2, true],
  "tied, 20 features in 2D": [20, 2, true],
  "tied, 20 features in 3D": [20, 3, true],
  "untied, 10 features in 2D": [10, 2, false],
  "untied, 20 features in 2D": [20, 2, false],
  "untied, 20 features in 3D": [20, 3, false],
} as const;
type Shape = readonly [features: number, hidden: number, tied: boolean];
const each = (
  shapes: Readonly<Record<string, Shape>>,
  model: (...shape: Shape) => State["model"],
  seeds?: number[],
) =>
  Object.fromEntries(
    Object.entries(shapes).map(([label, shape]) => [label, condition(model(...shape), seeds)] as const),
  );

const lossDifference = (result: PopulationResult<Compared>) =>
  distribution({
    label: "summed loss with the ReLU in the bottleneck, less that without",
    conditions: [...result.cells, result.control].map((cell) => ({
      label: cell.label,
      values: cell.values.map((o) => o!["difference of the summed losses"]),
    })),
    marks: [{ value: 0, label: "the same" }],
    width: 720,
  });

hypothesis("S4 a ReLU in the bottleneck gives fewer directions and a higher loss, in 2D and 3D", {
  claim:
    "In two and three dimensions a model with a ReLU in its bottleneck learns fewer directions, and ends at a higher loss, than one with a linear bottleneck.",
  section,
  reading: `${reading} Both models have the ReLU at the output. The control, in five dimensions where the loss is mostly the lower one (S4c), is decided by 64 seeds.`,
  given: each(cells, rectified),
  versus: each(cells, linear),
  endPoints: false,
  observe,
  expect: criterion,
  control,
  figure: (result) => {
    const cell = result.cells[1]!;
    const panel = (run: Run, caption: string) =>
      plane({
        points: held(run),
        caption,
        combined: true,
        hull: run.model.layers[0]!.nonlinearity === "identity",
        extent: 1.25,
        grouping: { tolerance: 0.01 },
      });
    return compose({ title: "A ReLU in the bottleneck", subtitle: verdictLine(result), columns: 2 }, [
      panel(cell.versus.runs[0]!, "20 features, linear bottleneck"),
      panel(cell.ensemble.runs[0]!, "the same start with a ReLU in the bottleneck"),
    ]);
  },
});

hypothesis("S4b the same with nothing at the output", {
  claim:
    "In two and three dimensions a model with a ReLU in its bottleneck and a linear output learns fewer directions, and ends at a higher loss, than one with a linear bottleneck and a ReLU at the output.",
  section,
  reading: `${reading} The other way to read that set-up. Its loss says little about the bottleneck's ReLU: a linear output alone keeps it at n − d or above, which the outputs' rank commands. The control is decided by 64 seeds.`,
  given: each(cells, (...shape) => rectified(...shape, "identity")),
  versus: each(cells, linear),
  endPoints: false,
  observe,
  expect: criterion,
  control,
  witness: {
    "directions, ReLU in the bottleneck": 3,
    "directions, linear bottleneck": 5,
    "difference of the summed losses": 1,
  },
  figure: (result) =>
    compose({ title: "A ReLU in the bottleneck only", subtitle: verdictLine(result) }, [
      lossDifference(result),
    ]),
});

const higher = {
  "tied, 40 features in 4D": [40, 4, true],
  "tied, 50 features in 5D": [50, 5, true],
  "untied, 40 features in 4D": [40, 4, false],
} as const;

hypothesis("S4c a ReLU in the bottleneck gives fewer directions and a higher loss, in any dimension", {
  claim:
    "Whatever the number of dimensions, a model with a ReLU in its bottleneck learns fewer directions, and ends at a higher loss, than one with a linear bottleneck.",
  section,
  reading: `${reading} In four and five dimensions (untied in four). A ReLU in the bottleneck unties a tied model: it writes ReLU(w) and reads w.`,
  given: each(higher, rectified, range(2000, 2256)),
  versus: each(higher, linear, range(2000, 2256)),
  endPoints: false,
  observe,
  expect: criterion,
  control: { name: "a linear bottleneck on both sides", model: linear(40, 4, true) },
  witness: {
    "directions, ReLU in the bottleneck": 3,
    "directions, linear bottleneck": 5,
    "difference of the summed losses": 1,
  },
  figure: (result) =>
    compose({ title: "A ReLU in the bottleneck, by dimension", subtitle: verdictLine(result) }, [
      lossDifference(result),
    ]),
});
