import fc from "fast-check";
import {
  always,
  autoencoder,
  collapse,
  compose,
  directions,
  distribution,
  hypothesis,
  initialise,
  loss,
  network,
  often,
  type PopulationResult,
  type Run,
  range,
  rank,
  recipe,
  type State,
  terms,
  verdictLine,
  widen,
} from "../src/index.ts";

/** 0 … count − 1. Not `range`, which makes seeds and follows their shift. */
const indices = (count: number) => Array.from({ length: count }, (_, i) => i);

/**
 * A linear chain n → 4d → d → 4d → n around the bottleneck, against the two layers n → d → n that are used everywhere else.
 * Untied, no biases, one-hot data; the chain's inner layers are linear and its output is rectified.
 */
const section = "The set-up";

const chain = (features: number, hidden: number, inner: "identity" | "relu" = "identity") =>
  network({
    sizes: [features, 4 * hidden, hidden, 4 * hidden, features],
    nonlinearities: [inner, "identity", "identity", "relu"],
    loss: "mse",
  });
const linearChain = (features: number, hidden: number) => chain(features, hidden);
const twoLayers = (features: number, hidden: number) =>
  autoencoder({ features, hidden, nonlinearity: "relu", loss: "mse", tied: false });

const sizes = fc
  .record({ features: fc.integer({ min: 2, max: 8 }), hidden: fc.integer({ min: 1, max: 4 }) })
  .filter(({ features, hidden }) => features > hidden);
/** A chain's weights, drawn from a seed. */
interface Drawn {
  readonly features: number;
  readonly hidden: number;
  readonly seed: number;
}
const drawn = sizes.chain((size) => fc.nat(999).map((seed): Drawn => ({ ...size, seed })));

/** The two-layer model that a chain's weights multiply into, and its linear map features → features. */
const collapsed = ({ features, hidden, seed }: Drawn) => {
  const model = chain(features, hidden);
  return collapse(model, initialise(model, seed), 2);
};
const mapOf = (given: Drawn) => {
  const { features, hidden } = given;
  const p = collapsed(given).parameters;
  const out = p.subarray(features * hidden);
  return indices(features).map((j) =>
    indices(features).map((i) =>
      indices(hidden).reduce((sum, k) => sum + out[j * hidden + k]! * p[k * features + i]!, 0),
    ),
  );
};
const close = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(a));
const chainLoss = ({ features, hidden, seed }: Drawn, inner: "identity" | "relu" = "identity") => {
  const model = chain(features, hidden, inner);
  return loss(model, initialise(model, seed));
};
const collapsedLoss = (given: Drawn) => {
  const two = collapsed(given);
  return loss(two.model, two.parameters);
};

hypothesis("S1 the chain's linear map has rank 2", {
  claim: "A linear chain n → 4d → d → 4d → n multiplies into a map of rank 2.",
  section,
  reading: "As printed: 2, whatever the bottleneck. (S1b: the bottleneck's width d takes the place of 2.)",
  properties: {
    "rank 2 or less, for any weights": fc.property(drawn, (given) => rank(mapOf(given)) <= 2),
  },
  nearMiss: {
    "rank less than the bottleneck": fc.property(drawn, (given) => rank(mapOf(given)) < given.hidden),
  },
});

hypothesis("S1b the chain can do what two layers can, and no more", {
  claim:
    "A linear chain n → 4d → d → 4d → n multiplies into a map of rank d or less, and computes the same functions as n → d → n.",
  section,
  reading:
    "Both ways: a chain's weights multiplied together give a two-layer model with the same loss, and any two-layer model is a chain whose wide layers hold its weights beside zeros. So the least loss is the same.",
  properties: {
    "rank d or less": fc.property(drawn, (given) => rank(mapOf(given)) <= given.hidden),
    "the two-layer model of the products has the chain's loss": fc.property(drawn, (given) =>
      close(chainLoss(given), collapsedLoss(given)),
    ),
    "every two-layer model is such a chain": fc.property(drawn, ({ features, hidden, seed }) => {
      const model = twoLayers(features, hidden);
      const parameters = initialise(model, seed);
      const long = widen({ model, parameters }, 4 * hidden);
      return close(loss(long.model, long.parameters), loss(model, parameters));
    }),
  },
  nearMiss: {
    "rank less than d": fc.property(drawn, (given) => rank(mapOf(given)) < given.hidden),
    "the same with a ReLU after the first layer": fc.property(drawn, (given) =>
      close(chainLoss(given, "relu"), collapsedLoss(given)),
    ),
  },
});

/** Rates are stated per n²: the mean squared error carries a factor 1/n² in its gradient. */
const recipeOf = (features: number) =>
  recipe({
    steps: 4000,
    rate: {
      initial: 0.002 * features ** 2,
      max: 0.02 * features ** 2,
      final: 0.005 * features ** 2,
      warmup: 0.05,
    },
  });
/** Seeds that no one looked at while the criteria were written. */
const seeds = range(2000, 2256);

const grid = [
  { label: "8 features in 2D", features: 8, hidden: 2 },
  { label: "20 features in 2D", features: 20, hidden: 2 },
  { label: "30 features in 2D", features: 30, hidden: 2 },
  { label: "20 features in 3D", features: 20, hidden: 3 },
] as const;
const trained = (labels: readonly string[], model: (features: number, hidden: number) => State["model"]) =>
  Object.fromEntries(
    grid
      .filter(({ label }) => labels.includes(label))
      .map(({ label, features, hidden }) => [
        label,
        { model: model(features, hidden), recipe: recipeOf(features), seeds },
      ]),
  );

const recoveredLoss = (run: State) => run.model.sizes[0]! - terms(run.model) * run.loss;
/** Directions of the columns that write features into the bottleneck; of a chain, of the product of its first matrices. */
const written = (run: Run) => {
  const bottleneck = (run.model.sizes.length - 1) / 2;
  const { model, parameters } = collapse(run.model, run.parameters, bottleneck);
  const [features, hidden] = [model.sizes[0]!, model.sizes[1]!];
  const points = indices(features).map((i) => indices(hidden).map((k) => parameters[k * features + i]!));
  return directions(points, { tolerance: 0.01 }).directions.length;
};
const compare = (run: Run, other: Run) => ({
  "features recovered, chain": recoveredLoss(run),
  "features recovered, two layers": recoveredLoss(other),
  "directions, chain": written(run),
  "directions, two layers": written(other),
});
type Compared = ReturnType<typeof compare>;
const same = (o: Compared) =>
  Math.abs(o["features recovered, chain"] - o["features recovered, two layers"]) < 0.25 &&
  o["directions, chain"] === o["directions, two layers"];
const witness: Compared = {
  "features recovered, chain": 5,
  "features recovered, two layers": 5,
  "directions, chain": 5,
  "directions, two layers": 5,
};
const figure = (result: PopulationResult<Compared>) =>
  compose({ title: "Features recovered: chain against two layers", subtitle: verdictLine(result) }, [
    distribution({
      label: "features recovered: n − summed loss",
      conditions: result.cells.flatMap((cell) => {
        const values = cell.values.filter((value) => value !== null);
        return [
          {
            label: `${cell.label}, two layers`,
            values: values.map((o) => o["features recovered, two layers"]),
          },
          { label: `${cell.label}, chain`, values: values.map((o) => o["features recovered, chain"]) },
        ];
      }),
      width: 720,
    }),
  ]);

const criterionReading =
  "Seed by seed: the same geometry is as many directions in which features are written into the bottleneck (1 − cos below 0.01); the same loss is a summed loss within 0.25, a quarter of a feature. About what 4,000 steps reach: an untied ReLU model without biases has no minimum, its loss creeps on for ever.";

hypothesis("S1c training the chain ends in the same geometry and loss", {
  claim: "Trained, the linear chain n → 4d → d → 4d → n ends in the geometry and the loss of n → d → n.",
  section,
  reading: `${criterionReading} In two and three dimensions.`,
  given: trained(["8 features in 2D", "20 features in 2D", "20 features in 3D"], linearChain),
  versus: trained(["8 features in 2D", "20 features in 2D", "20 features in 3D"], twoLayers),
  endPoints: false,
  observe: compare,
  expect: always(same, "as many directions and the same loss"),
  control: { name: "two layers with one more hidden dimension", model: twoLayers(8, 3) },
  witness,
  figure,
});

hypothesis("S1d with many features in 2D the chain mostly ends in the same geometry and loss", {
  claim:
    "In 2D, with 20 or 30 features, the trained chain more often than not ends in the geometry and the loss of two layers.",
  section,
  reading: `${criterionReading} Repaired: the scope is two dimensions with many features, and 'same' is more often than not.`,
  given: trained(["20 features in 2D", "30 features in 2D"], linearChain),
  versus: trained(["20 features in 2D", "30 features in 2D"], twoLayers),
  endPoints: false,
  observe: compare,
  expect: often(same, "as many directions and the same loss"),
  control: { name: "two layers with one more hidden dimension", model: twoLayers(20, 3) },
  figure,
});
