import fc from "fast-check";
import {
  autoencoder,
  exactClaim,
  geometry,
  hypothesis,
  models,
  network,
  type Result,
  type Run,
} from "../../src/index.ts";
import { byLabel, indices, integers, overRuns, seedsFrom20000 } from "../helpers.ts";
import { recoveredByLoss, riseAndDecay } from "./setup.ts";

/**
 * A linear chain n → 4d → d → 4d → n against the two layers n → d → n: what it can compute (S1, S1b), and what it learns (S1c,
 * S1d). Untied, no biases, a ReLU at the output, one-hot data.
 */

const twoLayers = (features: number, hidden: number) =>
  autoencoder({ features, hidden, nonlinearity: "relu", loss: "mse", tied: false });
const chain = (features: number, hidden: number, firstLayer: "identity" | "relu" = "identity") =>
  network({
    sizes: [features, 4 * hidden, hidden, 4 * hidden, features],
    nonlinearities: [firstLayer, "identity", "identity", "relu"],
    loss: "mse",
  });

const chains = fc
  .record({ features: integers(2, 8), hidden: integers(1, 4), seed: fc.nat(999) })
  .filter(({ features, hidden }) => features > hidden);
type Drawn = typeof chains extends fc.Arbitrary<infer T> ? T : never;

const initialised = (model: models.Model, { seed }: Drawn) => ({
  model,
  parameters: models.initialise(model, seed),
});
/** A chain with the weights that its seed draws, and the two-layer model that these multiply into. */
const chainOf = (drawn: Drawn, firstLayer?: "relu") =>
  initialised(chain(drawn.features, drawn.hidden, firstLayer), drawn);
const product = (drawn: Drawn) => {
  const { model, parameters } = chainOf(drawn);
  return models.collapse(model, parameters, 2);
};
const rankOf = (drawn: Drawn) => {
  const { model, parameters } = product(drawn);
  return geometry.rank(models.preactivations(model, parameters));
};
const sameLoss = (one: Weighted, other: Weighted) => {
  const loss = models.loss(one.model, one.parameters);
  return Math.abs(loss - models.loss(other.model, other.parameters)) <= 1e-12 * Math.max(1, loss);
};
type Weighted = Parameters<typeof models.widen>[0];

exactClaim("S1 the chain's linear map has rank 2", {
  row: "S1",
  role: "as printed",
  claim: "A linear chain n → 4d → d → 4d → n multiplies into a map of rank 2.",
  operationalisation: "The rank is 2 or less whatever the bottleneck's width d.",
  properties: { "rank 2 or less, for any weights": fc.property(chains, (drawn) => rankOf(drawn) <= 2) },
  nearMiss: {
    "rank less than the bottleneck": fc.property(chains, (drawn) => rankOf(drawn) < drawn.hidden),
  },
});

exactClaim("S1b the chain can do what two layers can, and no more", {
  row: "S1",
  role: "repaired",
  claim:
    "A linear chain n → 4d → d → 4d → n multiplies into a map of rank d or less, and computes the same functions as n → d → n.",
  operationalisation:
    "Both ways: a chain's weights multiplied together give a two-layer model with the same loss, and any two-layer model is a chain whose wide layers hold its weights beside zeros. So the least loss is the same.",
  properties: {
    "rank d or less": fc.property(chains, (drawn) => rankOf(drawn) <= drawn.hidden),
    "the two-layer model of the products has the chain's loss": fc.property(chains, (drawn) =>
      sameLoss(chainOf(drawn), product(drawn)),
    ),
    "every two-layer model is such a chain": fc.property(chains, (drawn) => {
      const two = initialised(twoLayers(drawn.features, drawn.hidden), drawn);
      return sameLoss(models.widen(two, 4 * drawn.hidden), two);
    }),
  },
  nearMiss: {
    "rank less than d": fc.property(chains, (drawn) => rankOf(drawn) < drawn.hidden),
    "the same with a ReLU after the first layer": fc.property(chains, (drawn) =>
      sameLoss(chainOf(drawn, "relu"), product(drawn)),
    ),
  },
});

const sizesTo3D = [
  { features: 8, hidden: 2 },
  { features: 20, hidden: 2 },
  { features: 20, hidden: 3 },
];
const manyFeaturesIn2D = [
  { features: 20, hidden: 2 },
  { features: 30, hidden: 2 },
];

const fourThousandSteps = (features: number, part = 1) =>
  riseAndDecay(4000, part * features ** 2, { initial: 0.002, max: 0.02, final: 0.005 });

const trainedEach = (model: typeof twoLayers, sizes: typeof sizesTo3D) =>
  byLabel(
    sizes,
    ({ features, hidden }) => `${features} features in ${hidden}D`,
    ({ features, hidden }) => ({
      model: model(features, hidden),
      recipe: fourThousandSteps(features),
      seeds: seedsFrom20000(),
    }),
  );

/** Directions in which the columns write features into the bottleneck; a chain's are those of the product of its first matrices. */
function writtenDirections(run: Run): number {
  const bottleneck = (run.model.sizes.length - 1) / 2;
  const { model, parameters } = models.collapse(run.model, run.parameters, bottleneck);
  const [features, hidden] = [model.sizes[0]!, model.sizes[1]!];
  const columns = indices(features).map((i) => indices(hidden).map((k) => parameters[k * features + i]!));
  return geometry.directions(columns, { tolerance: 0.01 }).directions.length;
}

const compared = (run: Run, other: Run) => ({
  "features recovered, chain": recoveredByLoss(run),
  "features recovered, two layers": recoveredByLoss(other),
  "directions, chain": writtenDirections(run),
  "directions, two layers": writtenDirections(other),
});
const sameGeometryAndLoss = (o: ReturnType<typeof compared>) =>
  Math.abs(o["features recovered, chain"] - o["features recovered, two layers"]) < 0.25 &&
  o["directions, chain"] === o["directions, two layers"];

const operationalisation =
  "Seed by seed: the same geometry is as many directions in which features are written into the bottleneck (1 − cos below 0.01); the same loss is a summed loss within 0.25, a quarter of a feature. Judged after 4,000 steps: an untied ReLU model without biases has no minimum, and its loss never stops falling.";

hypothesis("S1c training the chain ends in the same geometry and loss", {
  row: "S1",
  role: "as printed",
  claim: "Trained, the linear chain n → 4d → d → 4d → n ends in the geometry and the loss of n → d → n.",
  operationalisation: `${operationalisation} In two and three dimensions.`,
  given: trainedEach(chain, sizesTo3D),
  versus: trainedEach(twoLayers, sizesTo3D),
  endPoints: false,
  observe: compared,
  expect: { nearlyAll: "as many directions and the same loss", when: sameGeometryAndLoss },
  control: { name: "two layers with one more hidden dimension", model: twoLayers(8, 3) },
  positiveControl: {
    name: "two layers, against two layers at three quarters of the rate",
    model: twoLayers(8, 2),
    versus: { model: twoLayers(8, 2), recipe: fourThousandSteps(8, 0.75) },
  },
  figure: recoveredFeatures,
});

hypothesis("S1d with many features in 2D the chain mostly ends in the same geometry and loss", {
  row: "S1",
  role: "repaired",
  claim: "In 2D, with 20 or 30 features, the trained chain usually ends in the geometry and the loss of two layers.",
  operationalisation: `${operationalisation} “Usually” means in more than half of the seeds.`,
  given: trainedEach(chain, manyFeaturesIn2D),
  versus: trainedEach(twoLayers, manyFeaturesIn2D),
  endPoints: false,
  observe: compared,
  expect: { most: "as many directions and the same loss", when: sameGeometryAndLoss },
  control: { name: "two layers with one more hidden dimension", model: twoLayers(20, 3) },
  figure: recoveredFeatures,
});

function recoveredFeatures({ cells }: Result<unknown>) {
  const groups = cells.flatMap(({ label, runs, others }) => [
    { label: `${label}, two layers`, runs: others },
    { label: `${label}, chain`, runs },
  ]);
  return overRuns(groups, recoveredByLoss, { label: "features recovered: n − summed loss", width: 720 });
}
