import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { autoencoder } from "./autoencoder.ts";
import { initialise } from "./initialise.ts";
import { network } from "./network.ts";
import { gradient, loss } from "./objective.ts";
import { bestReadout } from "./readout.ts";

const mlp = network({ sizes: [7, 2, 5, 7], nonlinearities: ["identity", "relu", "identity"], loss: "mse" });

describe("bestReadout", () => {
  test.prop([fc.nat(10_000)])("leaves the last weight no gradient, and the others alone", (seed) => {
    const start = initialise(mlp, seed);
    const best = bestReadout(mlp, start);
    expect(best.slice(0, 24)).toEqual(Float64Array.from(start.slice(0, 24)));
    expect(loss(mlp, best)).toBeLessThanOrEqual(loss(mlp, start));
    for (const g of gradient(mlp, best).gradient.slice(24)) expect(Math.abs(g)).toBeLessThan(1e-8);
  });
  test("is exact where there are enough units", () => {
    const linear = network({ sizes: [3, 3, 3], nonlinearities: ["identity", "identity"], loss: "mse" });
    expect(loss(linear, bestReadout(linear, initialise(linear, 1)))).toBeLessThan(1e-20);
  });
  test("refuses a model whose last layer is not linear", () => {
    const relu = autoencoder({ features: 3, hidden: 2, nonlinearity: "relu", loss: "mse", tied: false });
    expect(() => bestReadout(relu, initialise(relu, 0))).toThrow("invalid model: [3,2,3]");
    const tied = autoencoder({ features: 3, hidden: 2, loss: "mse" });
    expect(() => bestReadout(tied, initialise(tied, 0))).toThrow("invalid model");
  });
  test.each([{ loss: "cross-entropy" }, { scale: 1 }, { outputBias: true }] as const)(
    "refuses a model with %o",
    (change) => {
      const model = autoencoder({ features: 3, hidden: 2, loss: "mse", tied: false, ...change });
      expect(() => bestReadout(model, initialise(model, 0))).toThrow(/invalid model.*squared error/);
    },
  );
});
