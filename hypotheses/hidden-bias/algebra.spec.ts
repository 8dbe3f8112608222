import fc from "fast-check";
import { exactClaim, geometry, models } from "../../src/index.ts";
import { hundredths, listOf } from "../helpers.ts";
import { withHiddenBias } from "./setup.ts";

/**
 * A bias in the hidden layer: what is mathematics, a degree of freedom of untied models (H2, H2e) and redundancy beside an end bias
 * (H4). A flat vector of parameters holds the embedding's two rows, the hidden bias, the unembedding if untied, the end bias.
 */

const number = hundredths(-200, 200);
const parametersOf = (model: models.Model) => listOf(number, models.initialise(model, 0).length);

interface Sample {
  readonly model: models.Model;
  readonly features: number;
  readonly before: Float64Array;
  readonly after: Float64Array;
}
const sameLoss = ({ model, before, after }: Sample) => {
  const [a, b] = [models.loss(model, before), models.loss(model, after)];
  return Math.abs(a - b) <= 1e-10 * Math.max(1, Math.abs(a), Math.abs(b));
};

/** Every column shifted by (x, y), at least 0.1 long, and the hidden bias by (−x, −y). */
const shifted = (tied: boolean) =>
  fc
    .record({ features: fc.integer({ min: 2, max: 7 }), outputBias: fc.boolean(), gelu: fc.boolean() })
    .chain(({ features, outputBias, gelu }) => {
      const model = withHiddenBias(features, { nonlinearity: gelu ? "gelu" : "relu", tied, outputBias });
      const shift = fc.tuple(number, number).filter(([x, y]) => Math.hypot(x, y) >= 0.1);
      return fc.record({ flat: parametersOf(model), shift }).map(({ flat, shift: [x, y] }) => {
        const by = [...new Array(features).fill(x), ...new Array(features).fill(y), -x, -y];
        const moved = flat.map((v, k) => v + (by[k] ?? 0));
        return { model, features, before: Float64Array.from(flat), after: Float64Array.from(moved) };
      });
    });

/** |∂L/∂a − Σᵢ ∂L/∂wᵢ|, the larger coordinate. */
const imbalance = ({ model, before, features }: Sample) => {
  const g = models.gradient(model, before).gradient;
  const row = (k: number) => g.slice(k * features, (k + 1) * features).reduce((a, b) => a + b, 0);
  return Math.max(...[0, 1].map((k) => Math.abs(g[2 * features + k]! - row(k))));
};

exactClaim("H2 untied: the centre is a degree of freedom", {
  row: "H2",
  role: "as printed",
  claim:
    "In an untied model, shifting every embedding column by (x, y) and the hidden bias by (−x, −y) changes nothing.",
  operationalisation:
    "For one-hot data every activation is wᵢ + a, which the shift leaves as it is. The note says that the centre is allowed to drift, not that training makes it: H2b, H2c and H2e are about that.",
  properties: { "the shift changes no loss": fc.property(shifted(false), sameLoss) },
  nearMiss: { "the shift changes no loss of a tied model": fc.property(shifted(true), sameLoss) },
});

exactClaim("H2e untied: training never moves along that degree of freedom", {
  row: "H2",
  role: "supporting",
  claim: "In an untied model gradient descent leaves a − Σᵢ wᵢ as it was initialised, a the hidden bias.",
  operationalisation:
    "For one-hot data every activation is wᵢ + a. So the gradient by a is the sum of those by the columns, and every step moves a and Σᵢ wᵢ alike. A shift by (x, y) would move them apart by n + 1 times that.",
  properties: {
    "the gradient by the bias is the sum of those by the columns": fc.property(
      shifted(false),
      (sample) => imbalance(sample) < 1e-11,
    ),
  },
  nearMiss: {
    "it is that sum in a tied model": fc.property(shifted(true), (sample) => imbalance(sample) < 1e-11),
  },
});

/** The hidden bias set to 0, and what it gave each output, uⱼ·a, added to the end bias, where there is one. */
const withoutHiddenBias = (outputBias: boolean) =>
  fc
    .record({ features: fc.integer({ min: 3, max: 7 }), tied: fc.boolean(), gelu: fc.boolean() })
    .chain(({ features, tied, gelu }) => {
      const model = withHiddenBias(features, { nonlinearity: gelu ? "gelu" : "relu", tied, outputBias });
      return parametersOf(model).map((flat) => {
        const [biasAt, readAt] = [2 * features, 2 * features + 2];
        const endBiasAt = flat.length - (outputBias ? features : 0);
        const a = flat.slice(biasAt, readAt);
        const u = (j: number) =>
          tied ? [flat[j]!, flat[features + j]!] : [flat[readAt + 2 * j]!, flat[readAt + 2 * j + 1]!];
        const moved = flat.map((v, k) => (k >= endBiasAt ? v + geometry.dot(u(k - endBiasAt), a) : v));
        const after = Float64Array.from(moved).fill(0, biasAt, readAt);
        return { model, features, before: Float64Array.from(flat), after };
      });
    });

exactClaim("H4 with an end bias the hidden bias adds nothing", {
  row: "H4",
  role: "supporting",
  claim: "Beside an end bias the hidden bias is redundant: (a, b) and (0, b + U a) are the same function, tied or not.",
  properties: {
    "the same loss with the hidden bias moved into the end bias": fc.property(withoutHiddenBias(true), sameLoss),
  },
  nearMiss: {
    "without an end bias, the hidden bias left out": fc.property(withoutHiddenBias(false), sameLoss),
  },
});
