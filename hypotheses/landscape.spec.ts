import fc from "fast-check";
import {
  autoencoder,
  classify,
  gradient,
  hessian,
  hypothesis,
  initialise,
  polish,
  polygonSquaredNorm,
  regularPolygonPoints,
  spectrum,
  terms,
} from "../src/index.ts";

/** What the statements about Hessians (T2, T10, B6, W2) rest on, tried on any weights and at solutions that are known (T2c). */
const section = "ReLU + MSE · tied, no bias";

/** Any model of two layers, and weights as a seed draws them. */
const drawn = fc
  .record({
    features: fc.integer({ min: 2, max: 5 }),
    hidden: fc.integer({ min: 1, max: 3 }),
    output: fc.constantFrom("relu", "gelu", "cross-entropy"),
    tied: fc.boolean(),
    hiddenBias: fc.boolean(),
    outputBias: fc.boolean(),
    seed: fc.integer({ min: 0, max: 9999 }),
  })
  .map(({ output, seed, ...rest }) => {
    const softmax = output === "cross-entropy";
    const model = autoencoder({
      ...rest,
      nonlinearity: softmax ? "identity" : output,
      loss: softmax ? "cross-entropy" : "mse",
    });
    return { model, at: Float64Array.from(initialise(model, seed)) };
  });

/** The best regular k-gon, its points moved at random by less than `reach`, and all of them times `factor`. */
const polygon = (k: number, { reach = 0, seed = 0, factor = 1 } = {}) => {
  const model = autoencoder({ features: k, hidden: 2, nonlinearity: "relu", loss: "mse" });
  const noise = initialise(model, seed).map((x) => 2 * reach * x);
  const points = regularPolygonPoints(k, factor * Math.sqrt(polygonSquaredNorm(k)));
  const flat = [0, 1].flatMap((row) => points.map((p) => p[row]!));
  return { model, at: Float64Array.from(flat, (x, i) => x + noise[i]!) };
};
const seeds = fc.integer({ min: 0, max: 9999 });

hypothesis("T2c what is said of Hessians", {
  claim:
    "The Hessian is the derivative of the gradient; its eigenvalues come in order, each with its own direction; polishing ends at the critical point nearby; symmetries, flat, curved and negative directions are told apart where they are known.",
  section,
  reading:
    "Against differences of the gradient over 1e-5, away from the kinks of the ReLU by chance. Known: the best pentagon, critical with one symmetry, the rotation; the same at half its size, where the loss still falls outwards; and the tied linear model at zero, where the summed loss has the Hessian −4 times the identity.",
  properties: {
    "the Hessian is the derivative of the gradient": fc.property(drawn, ({ model, at }) => {
      const matrix = hessian(model, at);
      return Array.from(at).every((_, k) => {
        const moved = (by: number) => gradient(model, at.with(k, at[k]! + by)).gradient;
        const [above, below] = [moved(1e-5), moved(-1e-5)];
        return Array.from(at).every(
          (_, j) => Math.abs((terms(model) * (above[j]! - below[j]!)) / 2e-5 - matrix.get(j, k)) < 1e-4,
        );
      });
    }),
    "H v = λ v, λ ascending": fc.property(drawn, ({ model, at }) => {
      const matrix = hessian(model, at);
      const { values, vectors } = spectrum(matrix);
      return values.every(
        (value, k) =>
          (k === 0 || value >= values[k - 1]!) &&
          vectors[k]!.every(
            (x, j) =>
              Math.abs(vectors[k]!.reduce((sum, y, i) => sum + matrix.get(j, i) * y, 0) - value * x) < 1e-9,
          ),
      );
    }),
    "from near the best pentagon polishing finds a critical point near it, of the same size": fc.property(
      seeds,
      (seed) => {
        const { model, at } = polygon(5, { reach: 0.02, seed });
        const { parameters, converged, gradientNorm, distance } = polish(model, at);
        const square = parameters.reduce((sum, x) => sum + x * x, 0);
        return (
          converged &&
          gradientNorm < 1e-12 &&
          distance < 0.1 &&
          Math.abs(square - 5 * polygonSquaredNorm(5)) < 1e-9
        );
      },
    ),
    "at the pentagon: one symmetry, none negative; at half its size some are": () => {
      const [best, half] = [polygon(5), polygon(5, { factor: 0.5 })].map((p) => classify(p.model, p.at));
      return (
        best!.symmetry === 1 && best!.negative === 0 && best!.flat + best!.curved === 9 && half!.negative > 0
      );
    },
    "at zero the tied linear model has as many negative directions as weights": () => {
      const model = autoencoder({ features: 5, hidden: 3, loss: "mse" });
      const { negative, eigenvalues } = classify(model, new Float64Array(15));
      return negative === 15 && eigenvalues.every((x) => Math.abs(x + 4) < 1e-9);
    },
    "in d dimensions a tied model has d(d − 1)/2 rotations": fc.property(
      fc.integer({ min: 1, max: 4 }),
      seeds,
      (hidden, seed) => {
        const model = autoencoder({ features: 5, hidden, nonlinearity: "relu", loss: "mse" });
        return classify(model, initialise(model, seed)).symmetry === (hidden * (hidden - 1)) / 2;
      },
    ),
  },
  nearMiss: {
    "an untied model has the symmetries of a tied one": fc.property(seeds, (seed) => {
      const model = autoencoder({ features: 4, hidden: 2, nonlinearity: "relu", loss: "mse", tied: false });
      return classify(model, initialise(model, seed)).symmetry === 1;
    }),
  },
});
