import { describe, expect, test } from "vitest";
import { autoencoder } from "../models/autoencoder.ts";
import type { Status, Trajectory } from "./engine.ts";
import { ensembleKey, fingerprint } from "./ensemble.ts";
import { recipe } from "./recipe.ts";

const run = (seed: number, parameters: Float32Array, status: Status = "stopped"): Trajectory => ({
  seed,
  status,
  end: { step: 1, loss: 0, gradientNorm: 0, parameters },
  checkpoints: [],
});

describe("the fingerprint", () => {
  const weights = Float32Array.of(1, -2, 0.5);

  test("is a few digits that change with the last bit of a weight, the sign of zero, the status, and the order", () => {
    const prints = [
      [run(0, weights), run(1, weights)],
      [run(1, weights), run(0, weights)],
      [run(0, weights), run(1, weights, "diverged")],
      [run(0, weights), run(1, Float32Array.of(1, -2, 0.5 + 2 ** -24))],
      [run(0, weights), run(1, Float32Array.of(0, -2, 0.5))],
      [run(0, weights), run(1, Float32Array.of(-0, -2, 0.5))],
    ].map(fingerprint);
    for (const print of prints) expect(print).toMatch(/^[0-9a-f]{16}$/);
    expect(new Set(prints).size).toBe(prints.length);
  });

  test("takes every NaN for the same, and leaves the weights alone", () => {
    const one = new Float32Array(Uint32Array.of(0x7fc00000, 0x3f800000).buffer);
    const other = new Float32Array(Uint32Array.of(0xffc00001, 0x3f800000).buffer);
    expect(fingerprint([run(0, other)])).toBe(fingerprint([run(0, one)]));
    expect(new Uint32Array(other.buffer)[0]).toBe(0xffc00001);
  });

  test("reads only its own part of a shared buffer", () => {
    const shared = Float32Array.of(9, 1, -2, 0.5, 9).subarray(1, 4);
    expect(fingerprint([run(0, shared)])).toBe(fingerprint([run(0, weights)]));
  });
});

describe("the key", () => {
  const model = autoencoder({ features: 3, hidden: 2, loss: "mse" });
  const training = recipe({ steps: 10, rate: 1 });
  test("is that of what was asked for, whatever the order of properties", () => {
    const { tied, ...rest } = model;
    expect(ensembleKey({ ...rest, tied }, training, [1])).toBe(ensembleKey(model, training, [1]));
  });
  test("is the same where data or starts differ by no more than rounding, and only there", () => {
    const at = (x: number) =>
      ensembleKey({ ...model, initialisation: { ...model.initialisation, at: { weight0: [x] } } }, training, [1]);
    expect(at(Math.sqrt(0.5) + 2 ** -53)).toBe(at(Math.sqrt(0.5)));
    expect(at(Math.sqrt(0.5) + 1e-8)).not.toBe(at(Math.sqrt(0.5)));
    expect(ensembleKey(model, training, [4_294_967_295])).not.toBe(ensembleKey(model, training, [4_294_967_294]));
  });
  test("changes with model, recipe, seeds and their order", () => {
    const keys = [
      ensembleKey(model, training, [1, 2]),
      ensembleKey({ ...model, tied: false }, training, [1, 2]),
      ensembleKey(model, { ...training, steps: 11 }, [1, 2]),
      ensembleKey(model, training, [1, 3]),
      ensembleKey(model, training, [2, 1]),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});
