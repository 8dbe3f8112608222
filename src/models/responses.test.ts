import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { autoencoder } from "./autoencoder.ts";
import { initialise } from "./initialise.ts";
import { forward } from "./objective.ts";
import { ownOutputs, ownPreactivations, preactivations } from "./responses.ts";

describe("responses", () => {
  test.prop([fc.boolean(), fc.boolean(), fc.boolean(), fc.constantFrom(null, 1.5), fc.nat(1000)])(
    "agree with the forward pass, tied or not, with any biases, with a scale or none",
    (tied, hiddenBias, outputBias, scale, seed) => {
      const model = autoencoder({
        features: 5,
        hidden: 3,
        nonlinearity: "relu",
        loss: "mse",
        tied,
        hiddenBias,
        outputBias,
        scale,
      });
      const parameters = initialise(model, seed);
      const outputs = forward(model, parameters);
      const z = preactivations(model, parameters);
      z.forEach((row, i) => {
        row.forEach((x, j) => {
          expect((scale ?? 1) * Math.max(0, x)).toBeCloseTo(outputs[i]![j]!, 10);
        });
      });
      expect(ownPreactivations(model, parameters)).toEqual(z.map((row, i) => row[i]));
      ownOutputs(model, parameters).forEach((y, i) => {
        expect(y).toBeCloseTo(outputs[i]![i]!, 10);
      });
    },
  );
});
