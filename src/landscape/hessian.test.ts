import { describe, expect, test } from "vitest";
import { autoencoder } from "../models/autoencoder.ts";
import { initialise } from "../models/initialise.ts";
import { gradient, loss, terms } from "../models/objective.ts";
import { hessian, trainable } from "./hessian.ts";

describe("hessian", () => {
  test("of (w² − 1)² is 12w² − 4, summed and not averaged", () => {
    const one = autoencoder({ features: 1, hidden: 1, loss: "mse" });
    expect(hessian(one, Float64Array.of(1.5)).to2DArray()).toEqual([[23]]);
    // Two features at right angles do not meet: the same curvature along each, though the mean is over 4 terms.
    const two = autoencoder({ features: 2, hidden: 2, loss: "mse" });
    const matrix = hessian(two, Float64Array.of(1.5, 0, 0, 1.5));
    expect(matrix.get(0, 0)).toBeCloseTo(23, 12);
    expect(matrix.get(3, 3)).toBeCloseTo(23, 12);
  });

  test("is over the parameters that train, in their order", () => {
    const options = { features: 4, hidden: 2, loss: "cross-entropy", tied: false, outputBias: true } as const;
    const frozen = autoencoder({ ...options, frozen: ["weight0"] });
    const free = autoencoder(options);
    const p = initialise(free, 3);
    expect(trainable(frozen)).toEqual(Array.from({ length: 12 }, (_, k) => 8 + k));
    expect(trainable(free)).toEqual(Array.from({ length: 20 }, (_, k) => k));
    expect(hessian(frozen, p).to2DArray()).toEqual(hessian(free, p).subMatrix(8, 19, 8, 19).to2DArray());
  });

  test("predicts the loss and the gradient a short way off", () => {
    const model = autoencoder({
      features: 5,
      hidden: 2,
      loss: "mse",
      nonlinearity: "gelu",
      outputBias: true,
    });
    const p = Float64Array.from(initialise(model, 7));
    const matrix = hessian(model, p);
    expect(matrix.isSymmetric()).toBe(true);
    const step = Float64Array.from(p, (_, k) => 1e-5 * Math.sin(3 * k + 1));
    const there = p.map((x, k) => x + step[k]!);
    const curved = matrix.to2DArray().map((row) => row.reduce((sum, h, k) => sum + h * step[k]!, 0));
    const g = gradient(model, p).gradient.map((x) => x * terms(model));
    gradient(model, there).gradient.forEach((x, k) => {
      expect(x * terms(model) - g[k]!).toBeCloseTo(curved[k]!, 8);
    });
    const quadratic = step.reduce((sum, s, k) => sum + s * (g[k]! + curved[k]! / 2), 0);
    expect((loss(model, there) - loss(model, p)) * terms(model)).toBeCloseTo(quadratic, 12);
  });

  test("refuses unit-norm columns", () => {
    const model = autoencoder({ features: 3, hidden: 2, loss: "mse", unitNorm: true });
    expect(() => hessian(model, new Float64Array(6))).toThrow("unit-norm columns");
  });
});
