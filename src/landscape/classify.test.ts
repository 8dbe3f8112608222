import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { dot } from "../geometry/vector.ts";
import { autoencoder } from "../models/autoencoder.ts";
import { loss, terms } from "../models/objective.ts";
import { withAmplitudes } from "../models/testing/amplitudes.ts";
import { classify } from "./classify.ts";
import { hessian } from "./hessian.ts";
import { spectrum } from "./spectrum.ts";
import { embeddingOf, planar, polygon } from "./testing/polygon.ts";

/** Squared norm of each of a pentagon's directions. */
const pentagonNorm = 1 / (1 + 2 * Math.cos((2 * Math.PI) / 5) ** 2);

/** Members of each of five directions, and positive weights that say how they share it. */
const split = fc
  .array(fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 }), {
    minLength: 5,
    maxLength: 5,
  })
  .map((weights) => ({ weights, members: weights.map((w) => w.length) }));

describe("a ReLU pentagon with several features a direction", () => {
  test.prop([split], { numRuns: 30 })("one rotation, n − 5 flat directions, n + 4 curved", ({ members, weights }) => {
    const n = members.reduce((a, b) => a + b, 0);
    const found = classify(planar(n), embeddingOf(polygon(members, weights)));
    expect(found).toMatchObject({ symmetry: 1, flat: n - 5, curved: n + 4, negative: 0 });
    expect(found.eigenvalues).toHaveLength(2 * n - 1);
  });

  test.prop([split], { numRuns: 30 })("the curvatures do not depend on the split", ({ members, weights }) => {
    const n = members.reduce((a, b) => a + b, 0);
    const { eigenvalues } = classify(planar(n), embeddingOf(polygon(members, weights)));
    // A plain pentagon's nine; 0 for each spare member's norm; and 4N(−2 cos 4π/5 − 1) for turning it off its group.
    const off = 4 * pentagonNorm * (-2 * Math.cos((4 * Math.PI) / 5) - 1);
    const expected = [
      ...classify(planar(5), embeddingOf(polygon([1, 1, 1, 1, 1]))).eigenvalues,
      ...new Array<number>(n - 5).fill(0),
      ...new Array<number>(n - 5).fill(off),
    ].sort((a, b) => a - b);
    eigenvalues.forEach((value, k) => {
      expect(value).toBeCloseTo(expected[k]!, 9);
    });
  });

  test("its flat directions trade norm within a group, and the rotation is the rest of the null space", () => {
    const members = [3, 1, 2, 1, 1];
    const weights = [[5, 2, 1], [1], [4, 1], [1], [1]];
    const points = polygon(members, weights);
    const { values, vectors } = spectrum(hessian(planar(8), embeddingOf(points)));
    const kernel = vectors.filter((_, k) => Math.abs(values[k]!) <= 1e-8 * values.at(-1)!);
    expect(kernel).toHaveLength(1 + 2 + 1);
    // Trading: member i moves by tᵢ along the group's direction, with t at right angles to the norms.
    const trade = (moves: Record<number, number>) =>
      embeddingOf(points.map((p, i) => p.map((x) => (x / Math.hypot(...p)) * (moves[i] ?? 0))));
    const length = (i: number) => Math.hypot(...points[i]!);
    for (const tangent of [
      trade({ 0: length(1), 1: -length(0) }),
      trade({ 1: length(2), 2: -length(1) }),
      trade({ 4: length(5), 5: -length(4) }),
      embeddingOf(points.map(([x, y]) => [-y!, x!])),
    ]) {
      const inside = kernel.reduce((sum, v) => sum + dot(v, tangent) ** 2, 0);
      expect(inside).toBeCloseTo(dot(tangent, tangent), 10);
    }
  });

  test("the loss is n − 5/(1 + c₅)", () => {
    const points = polygon([2, 1, 3, 1, 1]);
    const model = planar(8);
    expect(loss(model, embeddingOf(points)) * terms(model)).toBeCloseTo(8 - 5 * pentagonNorm, 12);
  });
});

describe("classify", () => {
  test("a hexagon or a triangle is a saddle", () => {
    const hexagon = classify(planar(6), embeddingOf(polygon([1, 1, 1, 1, 1, 1])));
    // A wave with the angle φ between neighbours moves lengths and angles; its two curvatures have a product in proportion to
    // (1 − cos φ)(−1 − 2 cos φ): 0 at φ = 0 (the rotation) and ±120°, negative at ±60°, positive at 180°.
    expect(hexagon).toMatchObject({ symmetry: 1, flat: 2, curved: 7, negative: 2 });
    const triangle = classify(planar(6), embeddingOf(polygon([2, 2, 2])));
    expect(triangle.negative).toBeGreaterThan(0);
  });

  test("off a kink by little, every direction is there", () => {
    // A member of norm 0 would lie on one.
    const nearly = polygon([2, 1, 1, 1, 1], [[1, 1e-12]]);
    const found = classify(planar(6), embeddingOf(nearly));
    expect(found).toMatchObject({ symmetry: 1, flat: 1, curved: 10, negative: 0 });
  });

  test("the tolerance decides what is flat", () => {
    const point = embeddingOf(polygon([2, 2, 1, 1, 1]));
    expect(classify(planar(7), point, 0.15)).toMatchObject({ flat: 4, curved: 9, negative: 0 });
    expect(classify(planar(7), point, 1e-30).flat).toBeLessThan(2);
  });

  test("how large the curvatures are changes no count", () => {
    // With amplitude a on every feature the ReLU loss is a² times as large, and so are its curvatures.
    const data = withAmplitudes([0.01, 0.01, 0.01, 0.01, 0.01]);
    const model = autoencoder({ features: 5, hidden: 2, loss: "mse", nonlinearity: "relu", data });
    const point = embeddingOf(polygon([1, 1, 1, 1, 1]));
    const found = classify(model, point);
    expect(found).toMatchObject({ symmetry: 1, flat: 0, curved: 9, negative: 0 });
    classify(planar(5), point).eigenvalues.forEach((value, k) => {
      expect(1e4 * found.eigenvalues[k]!).toBeCloseTo(value, 10);
    });
  });

  test("without any curvature everything is flat", () => {
    // At the origin every sum lies on ReLU's kink, where its slope counts as 0.
    expect(classify(planar(3), new Float64Array(6))).toMatchObject({
      symmetry: 0,
      flat: 6,
      curved: 0,
      negative: 0,
    });
  });

  test("counts parameters that train only", () => {
    const model = autoencoder({ features: 3, hidden: 2, loss: "mse", tied: false, frozen: ["weight0"] });
    const p = Float64Array.of(1, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0);
    // Least squares for three rows of the unembedding: each has the Hessian 2 W_E W_Eᵀ = [[4, 2], [2, 4]].
    const found = classify(model, p);
    expect(found).toMatchObject({ symmetry: 0, flat: 0, curved: 6, negative: 0 });
    [2, 2, 2, 6, 6, 6].forEach((value, k) => {
      expect(found.eigenvalues[k]).toBeCloseTo(value, 12);
    });
  });
});
