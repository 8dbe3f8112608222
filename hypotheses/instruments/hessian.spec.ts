import fc from "fast-check";
import { autoencoder, exactClaim, geometry, landscape, models, solutions } from "../../src/index.ts";
import { integers } from "../helpers.ts";

/** What the statements about Hessians (T2, T10, B6, W2) rest on, tried on any weights and at known solutions (T2c). */

const seeds = integers(0, 9999);
/** Any model of two layers, and weights as a seed draws them. */
const drawn = fc
  .record({
    features: integers(2, 5),
    hidden: integers(1, 3),
    output: fc.constantFrom(
      { nonlinearity: "relu", loss: "mse" } as const,
      { nonlinearity: "gelu", loss: "mse" } as const,
      { loss: "cross-entropy" } as const,
    ),
    tied: fc.boolean(),
    hiddenBias: fc.boolean(),
    outputBias: fc.boolean(),
    seed: seeds,
  })
  .map(({ output, seed, ...rest }) => {
    const model = autoencoder({ ...rest, ...output });
    return { model, at: Float64Array.from(models.initialise(model, seed)) };
  });

const relu = (features: number, hidden: number, tied = true) =>
  autoencoder({ features, hidden, nonlinearity: "relu", loss: "mse", tied });
/** The best pentagon, its points moved at random by less than `reach`, and all of them times `factor`. */
const pentagon = ({ reach = 0, seed = 0, factor = 1 } = {}) => {
  const model = relu(5, 2);
  const noise = models.initialise(model, seed).map((x) => 2 * reach * x);
  const points = geometry.polygon(5, factor * Math.sqrt(solutions.polygonSquaredNorm(5)));
  const flat = [0, 1].flatMap((row) => points.map((p) => p[row]!));
  return { model, at: Float64Array.from(flat, (x, i) => x + noise[i]!) };
};
const classified = ({ model, at }: ReturnType<typeof pentagon>) => landscape.classify(model, at);
const symmetries = (model: models.Model, seed: number) =>
  landscape.classify(model, models.initialise(model, seed)).symmetry;

exactClaim("T2c how Hessians and critical points are measured", {
  row: "T2",
  role: "instrument",
  claim:
    "The Hessian is the derivative of the gradient; its eigenvalues come in order, each with its own direction; polishing ends at the critical point nearby; symmetries, flat, curved and negative directions are told apart where they are known.",
  operationalisation:
    "Against differences of the gradient over 1e-5, away from the kinks of the ReLU by chance. Known: the best pentagon, critical with one symmetry, the rotation; the same at half its size, where the loss still falls outwards; and the tied linear model at zero, where the summed loss has the Hessian −4 times the identity.",
  properties: {
    "the Hessian is the derivative of the gradient": fc.property(drawn, ({ model, at }) => {
      const matrix = landscape.hessian(model, at);
      return at.every((_, k) => {
        const moved = (by: number) => models.gradient(model, at.with(k, at[k]! + by)).gradient;
        const below = moved(-1e-5);
        const slopes = moved(1e-5).map((above, j) => (models.terms(model) * (above - below[j]!)) / 2e-5);
        return slopes.every((slope, j) => Math.abs(slope - matrix.get(j, k)) < 1e-4);
      });
    }),
    "H v = λ v, λ ascending": fc.property(drawn, ({ model, at }) => {
      const matrix = landscape.hessian(model, at);
      const { values, vectors } = landscape.spectrum(matrix);
      return values.every((value, k) => {
        const vector = vectors[k]!;
        const image = vector.map((_, j) => vector.reduce((sum, y, i) => sum + matrix.get(j, i) * y, 0));
        const ascending = k === 0 || value >= values[k - 1]!;
        return ascending && image.every((x, j) => Math.abs(x - value * vector[j]!) < 1e-9);
      });
    }),
    "from near the best pentagon polishing finds a critical point near it, of the same size": fc.property(
      seeds,
      (seed) => {
        const { model, at } = pentagon({ reach: 0.02, seed });
        const { parameters, converged, gradientNorm, distance } = landscape.polish(model, at);
        const square = parameters.reduce((sum, x) => sum + x * x, 0);
        const sizeError = Math.abs(square - 5 * solutions.polygonSquaredNorm(5));
        return converged && gradientNorm < 1e-12 && distance < 0.1 && sizeError < 1e-9;
      },
    ),
    "at the pentagon: one symmetry, none negative; at half its size some are": () => {
      const { symmetry, negative, flat, curved } = classified(pentagon());
      const half = classified(pentagon({ factor: 0.5 }));
      return symmetry === 1 && negative === 0 && flat + curved === 9 && half.negative > 0;
    },
    "at zero the tied linear model has as many negative directions as weights": () => {
      const model = autoencoder({ features: 5, hidden: 3, loss: "mse" });
      const { negative, eigenvalues } = landscape.classify(model, new Float64Array(15));
      return negative === 15 && eigenvalues.every((x) => Math.abs(x + 4) < 1e-9);
    },
    "in d dimensions a tied model has d(d − 1)/2 rotations": fc.property(
      integers(1, 4),
      seeds,
      (hidden, seed) => symmetries(relu(5, hidden), seed) === (hidden * (hidden - 1)) / 2,
    ),
  },
  nearMiss: {
    "an untied model has the symmetries of a tied one": fc.property(
      seeds,
      (seed) => symmetries(relu(4, 2, false), seed) === 1,
    ),
  },
});
