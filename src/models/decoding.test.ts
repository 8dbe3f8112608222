import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { autoencoder } from "./autoencoder.ts";
import { kHot } from "./data/data.ts";
import { decoded, probabilities } from "./decoding.ts";
import { loss } from "./objective.ts";

const model = (features: number, hidden: number) =>
  autoencoder({ features, hidden, loss: "cross-entropy", outputBias: true });

describe("probabilities", () => {
  test.prop([fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 15, maxLength: 15 })])(
    "sum to 1, and the loss is the mean of −ln of those asked for",
    (numbers) => {
      const parameters = Float64Array.from(numbers, (k) => k / 100);
      const p = probabilities(model(5, 2), parameters);
      for (const row of p) expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
      const mean = p.reduce((sum, row, i) => sum - Math.log(row[i]!), 0) / 5;
      expect(mean).toBeCloseTo(loss(model(5, 2), parameters), 10);
    },
  );

  test("do not overflow", () => {
    expect(probabilities(model(2, 1), Float64Array.of(100, -100, 0, 0))).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });
});

describe("decoded", () => {
  test("asks for the strictly largest output, biases included", () => {
    // Two features on one ray at 2 and 1: logits (4, 2) and (2, 1) before the biases.
    const at = (b: number) => decoded(model(2, 1), Float64Array.of(2, 1, 0, b));
    expect(at(0)).toEqual([true, false]);
    expect(at(1)).toEqual([true, false]);
    expect(at(1.5)).toEqual([true, true]);
    expect(at(2)).toEqual([false, true]);
  });

  test("rejects samples that ask for several outputs", () => {
    const several = autoencoder({ features: 3, hidden: 1, loss: "cross-entropy", data: kHot(3, 2) });
    expect(() => decoded(several, Float64Array.of(1, 2, 3))).toThrow(
      "invalid targets of sample 0: [1,1,0]; expected exactly one",
    );
  });
});
