import fc from "fast-check";
import { gradient, hypothesis, loss } from "../../src/index.ts";
import { hidden, section } from "./hidden-bias-setup.ts";

/** A bias in the hidden layer: what is mathematics, a degree of freedom of untied models (H2) and redundancy beside an end bias (H4). */

const number = fc.integer({ min: -200, max: 200 }).map((k) => k / 100);
/** Any parameters of a model with both or one of the biases, and a shift (x, y) of at least 0.1. */
const shifted = (tied: boolean) =>
  fc
    .record({ features: fc.integer({ min: 2, max: 7 }), outputBias: fc.boolean(), gelu: fc.boolean() })
    .chain(({ features, outputBias, gelu }) => {
      const model = hidden(features, { nonlinearity: gelu ? "gelu" : "relu", tied, outputBias });
      const size = 2 * features + 2 + (tied ? 0 : 2 * features) + (outputBias ? features : 0);
      return fc
        .record({
          flat: fc.array(number, { minLength: size, maxLength: size }),
          shift: fc.tuple(number, number).filter(([x, y]) => Math.hypot(x, y) >= 0.1),
        })
        .map(({ flat, shift: [x, y] }) => {
          const moved = flat.map((v, k) =>
            k < features
              ? v + x
              : k < 2 * features
                ? v + y
                : k === 2 * features
                  ? v - x
                  : k === 2 * features + 1
                    ? v - y
                    : v,
          );
          return { model, before: Float64Array.from(flat), after: Float64Array.from(moved), features };
        });
    });
const same = (a: number, b: number) => Math.abs(a - b) <= 1e-10 * Math.max(1, Math.abs(a), Math.abs(b));

/** ∂L/∂a − Σᵢ ∂L/∂wᵢ, the largest coordinate in size. */
const imbalance = ({
  model,
  before,
  features,
}: {
  model: ReturnType<typeof hidden>;
  before: Float64Array;
  features: number;
}) => {
  const g = gradient(model, before).gradient;
  const row = (k: number) => g.slice(k * features, (k + 1) * features).reduce((a, b) => a + b, 0);
  return Math.max(...[0, 1].map((k) => Math.abs(g[2 * features + k]! - row(k))));
};

hypothesis("H2 untied: the centre is a degree of freedom", {
  claim:
    "In an untied model, shifting every embedding column by (x, y) and the hidden bias by (−x, −y) changes nothing: a degree of freedom that gradient descent never moves along, since a − Σᵢ wᵢ stays what it was at the start.",
  section,
  reading:
    "For one-hot data any activation is wᵢ + a, which the shift leaves as it is. For the same reason the gradient by a is the sum of those by the columns, so that every step moves a and Σᵢ wᵢ alike.",
  properties: {
    "the shift changes no loss": fc.property(shifted(false), ({ model, before, after }) =>
      same(loss(model, before), loss(model, after)),
    ),
    "the gradient by the bias is the sum of those by the columns": fc.property(
      shifted(false),
      (sample) => imbalance(sample) < 1e-11,
    ),
  },
  nearMiss: {
    "the shift changes no loss of a tied model": fc.property(shifted(true), ({ model, before, after }) =>
      same(loss(model, before), loss(model, after)),
    ),
    "the gradient by the bias is that sum in a tied model": fc.property(
      shifted(true),
      (sample) => imbalance(sample) < 1e-11,
    ),
  },
});

/** Any tied or untied model with an end bias, its parameters, and the same function written without the hidden bias. */
const redundant = (outputBias: boolean) =>
  fc
    .record({ features: fc.integer({ min: 3, max: 7 }), tied: fc.boolean(), gelu: fc.boolean() })
    .chain(({ features, tied, gelu }) => {
      const model = hidden(features, { nonlinearity: gelu ? "gelu" : "relu", tied, outputBias });
      const weights = tied ? 0 : 2 * features;
      const size = 2 * features + 2 + weights + (outputBias ? features : 0);
      return fc.array(number, { minLength: size, maxLength: size }).map((flat) => {
        const [ax, ay] = [flat[2 * features]!, flat[2 * features + 1]!];
        const unembedding = (j: number) =>
          tied
            ? [flat[j]!, flat[features + j]!]
            : [flat[2 * features + 2 + 2 * j]!, flat[2 * features + 3 + 2 * j]!];
        const without = flat.map((v, k) => {
          if (k === 2 * features || k === 2 * features + 1) return 0;
          const j = k - (2 * features + 2 + weights);
          if (j < 0) return v;
          const [ux, uy] = unembedding(j);
          return v + ux! * ax + uy! * ay;
        });
        return { model, before: Float64Array.from(flat), after: Float64Array.from(without) };
      });
    });

hypothesis("H4 with an end bias the hidden bias adds nothing", {
  claim:
    "Beside an end bias the hidden bias is redundant: (a, b) and (0, b + U a) are the same function, tied or not.",
  section,
  properties: {
    "the same loss with the hidden bias moved into the end bias": fc.property(
      redundant(true),
      ({ model, before, after }) => same(loss(model, before), loss(model, after)),
    ),
  },
  nearMiss: {
    "without an end bias, the hidden bias left out": fc.property(
      redundant(false),
      ({ model, before, after }) => same(loss(model, before), loss(model, after)),
    ),
  },
});
