import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { autoencoder } from "./autoencoder.ts";
import { collapse, widen } from "./collapse.ts";
import { initialise } from "./initialise.ts";
import { network } from "./network.ts";
import { forward } from "./objective.ts";

const chain = (n: number, d: number) =>
  network({
    sizes: [n, 3 * d, d, 2 * d, n + 1],
    nonlinearities: ["identity", "identity", "identity", "relu"],
    loss: "mse",
    data: {
      name: "any",
      inputs: [Array.from({ length: n }, (_, i) => i - 1)],
      targets: [new Array(n + 1).fill(0)],
    },
  });
const two = (n: number, d: number, nonlinearity: "relu" | "gelu" = "relu") =>
  autoencoder({ features: n, hidden: d, nonlinearity, loss: "mse", tied: false });

describe("collapse", () => {
  test.prop([fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 3 }), fc.nat(1000)])(
    "the two-layer model gives the chain's outputs",
    (n, d, seed) => {
      const model = chain(n, d);
      const parameters = initialise(model, seed);
      const short = collapse(model, parameters, 2);
      expect(short.model.sizes).toEqual([n, d, n + 1]);
      expect(short.model.layers.map((l) => l.nonlinearity)).toEqual(["identity", "relu"]);
      const expected = forward(model, parameters)[0]!;
      forward(short.model, short.parameters)[0]!.forEach((y, j) => {
        expect(y).toBeCloseTo(expected[j]!, 12);
      });
    },
  );
  test("refuses what does not collapse", () => {
    const bent = network({ sizes: [3, 4, 2, 3], nonlinearities: ["relu", "identity", "relu"], loss: "mse" });
    expect(() => collapse(bent, initialise(bent, 0), 2)).toThrow(/invalid layer 0.*no bias/);
    const biased = network({
      sizes: [3, 2, 3],
      nonlinearities: ["identity", "relu"],
      biases: [false, true],
      loss: "mse",
    });
    expect(() => collapse(biased, initialise(biased, 0), 1)).toThrow("invalid layer 1");
    const model = chain(3, 1);
    for (const bottleneck of [0, 4, 1.5])
      expect(() => collapse(model, initialise(model, 0), bottleneck)).toThrow(
        `invalid bottleneck: ${bottleneck}; expected a position from 1 to 3`,
      );
  });
});

describe("widen", () => {
  test.prop([fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 3 }), fc.constantFrom(1, 4), fc.nat(1000)])(
    "the chain gives the two-layer model's outputs, and collapses back to it",
    (n, d, times, seed) => {
      const model = two(n, d, "gelu");
      const parameters = Float64Array.from(initialise(model, seed));
      const long = widen({ model, parameters }, times * d);
      expect(long.model.sizes).toEqual([n, times * d, d, times * d, n]);
      expect(forward(long.model, long.parameters)).toEqual(forward(model, parameters));
      expect(collapse(long.model, long.parameters, 2).parameters).toEqual(parameters);
    },
  );
  test("refuses a tied model, one with a bias, a longer chain, and a width below the bottleneck", () => {
    const tied = autoencoder({ features: 3, hidden: 2, loss: "mse" });
    expect(() => widen({ model: tied, parameters: initialise(tied, 0) }, 4)).toThrow("invalid model to widen");
    const biased = autoencoder({ features: 3, hidden: 2, loss: "mse", tied: false, hiddenBias: true });
    expect(() => widen({ model: biased, parameters: initialise(biased, 0) }, 4)).toThrow("invalid model to widen");
    const long = chain(3, 1);
    expect(() => widen({ model: long, parameters: initialise(long, 0) }, 4)).toThrow(
      /invalid model to widen: \[3,3,1,2,4\]; expected .*two layers/,
    );
    const model = two(3, 2);
    expect(() => widen({ model, parameters: initialise(model, 0) }, 1)).toThrow(/invalid width: 1; .*at least 2/);
  });
});
