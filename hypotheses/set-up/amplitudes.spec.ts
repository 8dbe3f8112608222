import fc from "fast-check";
import { autoencoder, datasets, exactClaim, models } from "../../src/index.ts";
import { hundredths, indices, integers, listOf, mean } from "../helpers.ts";

/** One feature at a time with amplitudes other than 1 (S5). Tied ReLU models without biases, squared error. */

/** Any tied model, as many amplitudes for every feature, and any weights. */
const anyAmplitudes = fc
  .record({ features: integers(2, 7), hidden: integers(1, 4), count: integers(1, 4) })
  .chain(({ features, hidden, count }) =>
    fc.record({
      hidden: fc.constant(hidden),
      amplitudes: listOf(listOf(hundredths(5, 200), count), features),
      weights: listOf(hundredths(-150, 150), hidden * features),
    }),
  );
type Drawn = typeof anyAmplitudes extends fc.Arbitrary<infer T> ? T : never;

const meanSquare = (amplitudes: readonly number[]) => mean(amplitudes.map((a) => a * a));
const firstMeanSquare = ({ amplitudes }: Drawn) => meanSquare(amplitudes[0]!);
const scaled = (drawn: Drawn, factor: (list: readonly number[]) => number): Drawn => ({
  ...drawn,
  amplitudes: drawn.amplitudes.map((list) => list.map((a) => a * factor(list))),
});
const sameMeanSquare = anyAmplitudes.map((drawn) =>
  scaled(drawn, (list) => Math.sqrt(firstMeanSquare(drawn) / meanSquare(list))),
);

/** Each feature alone, with each of its amplitudes once, and with amplitude 1; weights for either, an end bias being 0.1. */
function onEither({ hidden, amplitudes, weights }: Drawn, change: Change = {}) {
  const features = amplitudes.length;
  const rows = amplitudes.flatMap((list, i) => list.map((a) => indices(features).map((j) => (j === i ? a : 0))));
  const model = (data: datasets.DataSet) =>
    autoencoder({ features, hidden, nonlinearity: "relu", loss: "mse", data, ...change });
  return {
    varied: model({ name: "amplitudes", inputs: rows, targets: rows }),
    oneHot: model(datasets.oneHot(features)),
    parameters: Float64Array.from([...weights, ...(change.outputBias ? amplitudes.map(() => 0.1) : [])]),
  };
}
interface Change {
  readonly nonlinearity?: "gelu";
  readonly outputBias?: boolean;
}

const equal = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * Math.max(1e-3, Math.abs(a), Math.abs(b));

/** The loss is the one-hot loss times that factor. */
const scaledBy = (factor: (drawn: Drawn) => number, change?: Change) => (drawn: Drawn) => {
  const { varied, oneHot, parameters } = onEither(drawn, change);
  return equal(models.loss(varied, parameters), factor(drawn) * models.loss(oneHot, parameters));
};

exactClaim("S5 amplitudes other than 1 scale the one-hot loss", {
  row: "S5",
  role: "as printed",
  claim:
    "For a tied ReLU model without biases, one feature at a time with amplitudes a > 0 has E[a²] times the one-hot loss, so the same gradients up to that factor and the same geometry.",
  operationalisation:
    "Mean losses, for any weights. It takes the same mean square for every feature (the amplitude independent of the feature): otherwise the loss is the one-hot loss with its features weighted by E[aᵢ²].",
  properties: {
    "the loss is E[a²] times the one-hot loss": fc.property(sameMeanSquare, scaledBy(firstMeanSquare)),
    "and so is its gradient": fc.property(sameMeanSquare, (drawn) => {
      const { varied, oneHot, parameters } = onEither(drawn);
      const expected = models.gradient(oneHot, parameters).gradient;
      const found = models.gradient(varied, parameters).gradient;
      return found.every((g, k) => equal(g, firstMeanSquare(drawn) * expected[k]!));
    }),
  },
  nearMiss: {
    "mean squares that differ from feature to feature": fc.property(
      anyAmplitudes,
      scaledBy(({ amplitudes }) => meanSquare(amplitudes.flat())),
    ),
    GELU: fc.property(sameMeanSquare, scaledBy(firstMeanSquare, { nonlinearity: "gelu" })),
    "an end bias": fc.property(sameMeanSquare, scaledBy(firstMeanSquare, { outputBias: true })),
    "negative amplitudes": fc.property(
      sameMeanSquare.map((drawn) => scaled(drawn, () => -1)),
      scaledBy(firstMeanSquare),
    ),
  },
});
