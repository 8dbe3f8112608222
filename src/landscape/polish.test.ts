import { describe, expect, test } from "vitest";
import { autoencoder } from "../models/autoencoder.ts";
import { initialise } from "../models/initialise.ts";
import { gradientNorm, loss, terms } from "../models/objective.ts";
import { createReferenceEngine } from "../train/engines/reference.ts";
import { recipe } from "../train/recipe.ts";
import { classify } from "./classify.ts";
import { polish } from "./polish.ts";
import { embeddingOf, planar, polygon } from "./testing/polygon.ts";

/** Every point pushed by up to `size`, always the same way. */
const shaken = (p: Float64Array, size: number) => p.map((x, k) => x + size * Math.sin(5 * k + 2));

describe("polish", () => {
  test("brings a trained float32 end to its closed form", async () => {
    const model = planar(8);
    const job = { model, recipe: recipe({ steps: 1500, rate: 2 }), seeds: [1] };
    let end = new Float32Array();
    await createReferenceEngine().train([job], (_, [run]) => {
      end = run!.end.parameters as Float32Array<ArrayBuffer>;
    });
    const before = gradientNorm(model, end);
    const result = polish(model, end);
    expect(result.converged).toBe(true);
    expect(result.gradientNorm).toBeLessThanOrEqual(1e-12);
    expect(result.gradientNorm).toBeCloseTo(gradientNorm(model, result.parameters), 14);
    expect(result.distance).toBeLessThan(before);
    const pentagon = loss(planar(5), embeddingOf(polygon([1, 1, 1, 1, 1]))) * 25 + 3;
    expect(loss(model, result.parameters) * terms(model)).toBeCloseTo(pentagon, 12);
    expect(classify(model, result.parameters)).toMatchObject({
      symmetry: 1,
      flat: 3,
      curved: 12,
      negative: 0,
    });
  });

  test("finds the critical point nearby, whatever the flat directions", () => {
    const exact = embeddingOf(polygon([3, 1, 2, 1, 1], [[5, 2, 1], [1], [4, 1], [1], [1]]));
    const start = shaken(exact, 1e-3);
    const result = polish(planar(8), start, { maxSteps: 7 });
    expect(result.converged).toBe(true);
    const moved = Math.hypot(...result.parameters.map((x, k) => x - start[k]!));
    expect(result.distance).toBeCloseTo(moved, 14);
    // No further than the push itself, which had a part along the flat directions.
    expect(result.distance).toBeLessThan(Math.hypot(...start.map((x, k) => x - exact[k]!)));
  });

  test("leaves an exact point and frozen parameters alone", () => {
    const point = embeddingOf(polygon([1, 1, 1, 1, 1]));
    expect(polish(planar(5), point)).toMatchObject({ distance: 0, converged: true });
    const model = autoencoder({ features: 4, hidden: 2, loss: "mse", tied: false, frozen: ["weight0"] });
    const start = initialise(model, 2);
    const { parameters, converged } = polish(model, start);
    expect(converged).toBe(true);
    expect(parameters.slice(0, 8)).toEqual(Float64Array.from(start.slice(0, 8)));
    expect(parameters.slice(8)).not.toEqual(Float64Array.from(start.slice(8)));
  });

  test("takes a gradient of exactly 0 for converged, without any tolerance", () => {
    // Every gradient of a tied linear model is a multiple of its embedding.
    const origin = polish(planar(3, "identity"), new Float64Array(6), { tolerance: 0 });
    expect(origin).toMatchObject({ converged: true, gradientNorm: 0, distance: 0 });
  });

  test("gets across kinks: from a pentagon's far surroundings down to a critical point", () => {
    const start = shaken(embeddingOf(polygon([2, 2, 2, 2, 2])), 0.25);
    const model = planar(10);
    const result = polish(model, start);
    expect(result.converged).toBe(true);
    expect(loss(model, result.parameters)).toBeLessThan(loss(model, start));
  });

  test("stays at a saddle it started near", () => {
    const hexagon = embeddingOf(polygon([1, 1, 1, 1, 1, 1]));
    const { converged, parameters } = polish(planar(6), shaken(hexagon, 0.01));
    expect(converged).toBe(true);
    expect(loss(planar(6), parameters)).toBeCloseTo(loss(planar(6), hexagon), 12);
    expect(classify(planar(6), parameters).negative).toBe(2);
  });

  test("no step is longer than a half, and a diverged run is left as it is", () => {
    const model = planar(6);
    for (let seed = 0; seed < 10; seed++) {
      const start = initialise(model, seed).map((x) => 3 * x);
      expect(polish(model, start, { maxSteps: 1 }).distance).toBeLessThanOrEqual(0.5);
    }
    const diverged = new Float32Array(12).fill(Number.NaN);
    expect(polish(model, diverged)).toMatchObject({
      converged: false,
      parameters: new Float64Array(diverged),
    });
  });

  test("says when the budget was too small", () => {
    const start = shaken(embeddingOf(polygon([1, 1, 1, 1, 1])), 0.05);
    const result = polish(planar(5), start, { maxSteps: 1 });
    expect(result.converged).toBe(false);
    expect(result.gradientNorm).toBeGreaterThan(1e-12);
    expect(polish(planar(5), start, { tolerance: 1 })).toEqual(polish(planar(5), start, { tolerance: 1, maxSteps: 1 }));
  });
});
