import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { autoencoder } from "./autoencoder.ts";
import { kHot, oneHot, permuted, sparseUniform } from "./data/data.ts";
import { initialise } from "./initialise.ts";
import { layout, type Model } from "./model.ts";
import { forward, gradient, gradientNorm, logSumExp, loss, project, terms } from "./objective.ts";
import { withAmplitudes } from "./testing/amplitudes.ts";
import { plainForward, plainLoss } from "./testing/plain-model.ts";
import { randomModel } from "./testing/random-model.ts";

/** A random model at a random point: the start of a seed, columns projected where the model asks for it. */
const point = fc
  .tuple(randomModel(), fc.nat({ max: 1e6 }))
  .map(([model, seed]) => ({ model, p: project(model, initialise(model, seed)) }));

const relative = (a: number, b: number) => Math.abs(a - b) / Math.max(1, Math.abs(b));

/**
 * Five-point central differences of f by every parameter; error O(h⁴) + O(ε/h), about 1e-12 here. An entry is null
 * where the sign of some ReLU's sum changes within the stencil: there f has a kink, and no derivative to compare.
 */
function differences(model: Model, p: Float64Array, f: (p: Float64Array) => number): (number | null)[] {
  const h = 1e-4;
  const signs = (q: Float64Array) =>
    plainForward(model, project(model, q))
      .sums.filter((_, i) => model.layers[i]!.nonlinearity === "relu")
      .flatMap((sum) => sum.to1DArray().map(Math.sign))
      .join();
  const moved = (k: number, step: number) => {
    const q = p.slice();
    q[k] = q[k]! + step;
    return q;
  };
  const here = signs(p);
  return Array.from(p, (_, k) => {
    if (signs(moved(k, 2 * h)) !== here || signs(moved(k, -2 * h)) !== here) return null;
    const odd = (step: number) => f(moved(k, step)) - f(moved(k, -step));
    return (8 * odd(h) - odd(2 * h)) / (12 * h);
  });
}

describe("random models of the whole family", () => {
  test.prop([point])("outputs and loss are those of the definition written as matrices", ({ model, p }) => {
    const { output } = plainForward(model, p);
    forward(model, p).forEach((y, sample) => {
      expect(y.length).toBe(output.rows);
      y.forEach((value, k) => {
        expect(relative(value, output.get(k, sample))).toBeLessThan(1e-12);
      });
    });
    expect(relative(loss(model, p), plainLoss(model, output))).toBeLessThan(1e-12);
  });

  // The gradient of a unit-norm model does not go through the projection: it is that of the model without one.
  test("gradient matches finite differences to 1e-6", () => {
    let compared = 0;
    let skipped = 0;
    const matches = fc.property(point, ({ model, p }) => {
      const free = { ...model, unitNorm: false };
      const exact = gradient(model, p).gradient;
      expect(exact.length).toBe(p.length);
      differences(free, p, (q) => loss(free, q)).forEach((slope, k) => {
        if (slope === null) skipped++;
        else {
          compared++;
          expect(relative(exact[k]!, slope)).toBeLessThan(1e-6);
        }
      });
    });
    fc.assert(matches, { numRuns: 150 });
    // The kinks must not have excused the comparison.
    expect(compared).toBeGreaterThan(1000);
    expect(skipped).toBeLessThan(0.05 * compared);
  });

  test.prop([randomModel(), fc.nat({ max: 1e6 })])(
    "loss is the one that gradient reports, at the projected point",
    (model, seed) => {
      const p = initialise(model, seed);
      const before = p.slice();
      const projected = project(model, p);
      const { loss: value, gradient: g } = gradient(model, p);
      expect(loss(model, p)).toBe(value);
      expect(relative(loss(model, projected), value)).toBeLessThan(1e-12);
      gradient(model, projected).gradient.forEach((x, k) => {
        expect(relative(x, g[k]!)).toBeLessThan(1e-11);
      });
      expect(relative(gradientNorm(model, projected), gradientNorm(model, p))).toBeLessThan(1e-11);
      expect(p).toEqual(before);
    },
  );

  // Differences through the projection see only the tangential part of a unit-norm column's gradient.
  test.prop([point], { numRuns: 50 })(
    "gradientNorm is that of the summed loss over the parameters that train, tangential to the sphere",
    ({ model, p }) => {
      const terms = model.data.inputs.length * (model.loss === "mse" ? model.sizes.at(-1)! : 1);
      const slopes = differences(model, p, (q) => terms * loss(model, q));
      fc.pre(slopes.every((slope) => slope !== null));
      const trained = layout(model).slots.filter((slot) => !model.frozen.includes(slot.name));
      const parts = trained.flatMap((s) => slopes.slice(s.offset, s.offset + s.rows * s.cols));
      expect(relative(gradientNorm(model, p), Math.hypot(...(parts as number[])))).toBeLessThan(1e-6);
    },
  );
});

describe("loss and gradient by hand", () => {
  // One hidden unit, weights (2, −1): outputs are columns 2·(2, −1) and −1·(2, −1).
  const weights = Float64Array.of(2, -1);
  const tied = (rest: Partial<Parameters<typeof autoencoder>[0]>) =>
    autoencoder({ features: 2, hidden: 1, loss: "mse", ...rest });

  test("mean squared error averages over samples × outputs", () => {
    // Outputs (4, −2) and (−2, 1): squared errors 9 + 4 + 4 + 0.
    expect(loss(tied({}), weights)).toBe(17 / 4);
    // With ReLU (4, 0) and (0, 1).
    expect(loss(tied({ nonlinearity: "relu" }), weights)).toBe(9 / 4);
    expect(terms(tied({}))).toBe(4);
    expect(terms(tied({ data: kHot(2, 2) }))).toBe(2);
  });

  test("the gradient of a tied weight adds its two roles", () => {
    // d/dw of (w₀² − 1)² + w₀²w₁² + w₁²w₀² + (w₁² − 1)², a quarter of it.
    expect([...gradient(tied({}), weights).gradient]).toEqual([(4 * 2 * 3 + 8) / 4, -16 / 4]);
    expect(gradientNorm(tied({}), weights)).toBe(Math.hypot(32, 16));
  });

  test("the scale multiplies after the nonlinearity", () => {
    const model = tied({ nonlinearity: "relu", scale: 1 });
    const p = Float64Array.of(2, -1, -1);
    expect(forward(model, p).map((y) => [...y].map((v) => v + 0))).toEqual([
      [-4, 0],
      [0, -1],
    ]);
    expect(loss(model, p)).toBe((25 + 4) / 4);
    expect(gradient(model, p).gradient[2]).toBe((2 * -5 * 4 + 2 * -2 * 1) / 4);
  });

  test("cross-entropy averages over samples, and weighs by the targets", () => {
    const model = tied({ loss: "cross-entropy" });
    const expected = -Math.log(1 / (1 + Math.exp(-6))) - Math.log(1 / (1 + Math.exp(-3)));
    expect(loss(model, weights)).toBeCloseTo(expected / 2, 14);
    expect(terms(model)).toBe(2);
    const amplified = tied({
      loss: "cross-entropy",
      data: { ...oneHot(2), targets: withAmplitudes([3, 0]).targets },
    });
    expect(loss(amplified, weights)).toBeCloseTo((-3 * Math.log(1 / (1 + Math.exp(-6)))) / 2, 14);
  });

  test("cross-entropy neither overflows nor loses small probabilities", () => {
    const model = tied({ loss: "cross-entropy", data: permuted(oneHot(2), [1, 0]) });
    const { loss: value, gradient: g } = gradient(model, Float64Array.of(100, 0));
    // Logits (10⁴, 0) with the second one asked for, then (0, 0).
    expect(value).toBeCloseTo((1e4 + Math.log(2)) / 2, 10);
    expect(g.every(Number.isFinite)).toBe(true);
    expect(logSumExp(Float64Array.of(-1000, -1000))).toBeCloseTo(-1000 + Math.log(2), 12);
  });

  test("cross-entropy of a logit of −∞ that nothing asks for", () => {
    const model = tied({ loss: "cross-entropy", tied: false });
    // Logits (0, −10⁴⁰⁰), of which the first is asked for, then (0, 0).
    expect(loss(model, Float64Array.of(1e200, 0, 0, -1e200))).toBeCloseTo(Math.log(2) / 2, 14);
  });

  test("one-hot loss of a tied ReLU model: Σ(1 − ‖wᵢ‖²)² + Σ ReLU(wᵢ·wⱼ)², over n²", () => {
    const model = autoencoder({ features: 5, hidden: 2, nonlinearity: "relu", loss: "mse" });
    const p = Float64Array.from(initialise(model, 3));
    let expected = 0;
    for (let i = 0; i < 5; i++)
      for (let j = 0; j < 5; j++) {
        const dot = p[i]! * p[j]! + p[5 + i]! * p[5 + j]!;
        expected += i === j ? (1 - dot) ** 2 : Math.max(dot, 0) ** 2;
      }
    expect(loss(model, p)).toBeCloseTo(expected / 25, 14);
  });

  test("no gradient passes a sum that is exactly 0 under ReLU", () => {
    const model = tied({ nonlinearity: "relu", tied: false, outputBias: true });
    const { gradient: g } = gradient(model, Float64Array.of(0, 0, 1, 1, 0, 0));
    expect([...g].map(Math.abs)).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe("unit-norm columns", () => {
  const model = autoencoder({ features: 3, hidden: 2, unitNorm: true, outputBias: true, loss: "mse" });
  const p = Float64Array.of(3, 0, 1, 4, 2, -1, 7, 8, 9);

  test("projects the columns of weight0, and nothing else", () => {
    const half = Math.SQRT1_2;
    const projected = project(model, p);
    [0.6, 0, half, 0.8, 1, -half, 7, 8, 9].forEach((x, k) => {
      expect(projected[k]).toBeCloseTo(x, 15);
    });
    expect(project({ ...model, unitNorm: false }, p)).toEqual(p);
    expect(p[0]).toBe(3);
  });

  test("only the tangential part of the gradient counts", () => {
    // Two features opposite on a line: every gradient is radial, as no direction is left to move in.
    const line = autoencoder({ features: 2, hidden: 1, unitNorm: true, loss: "mse" });
    const at = Float64Array.of(1, -1);
    expect(Math.hypot(...gradient(line, at).gradient)).toBeGreaterThan(0.5);
    expect(gradientNorm(line, at)).toBeLessThan(1e-15);
  });
});

test("frozen parameters have a gradient, which does not count in its norm", () => {
  const data = sparseUniform(4, { sparsity: 0.5, samples: 6, seed: 0 });
  const open = autoencoder({ features: 4, hidden: 2, tied: false, loss: "mse", data });
  const frozen = { ...open, frozen: ["weight1"] };
  const p = initialise(open, 0);
  const g = gradient(frozen, p).gradient;
  expect(g).toEqual(gradient(open, p).gradient);
  expect(gradientNorm(frozen, p)).toBeCloseTo(24 * Math.hypot(...g.subarray(0, 8)), 12);
  expect(gradientNorm(open, p)).toBeCloseTo(24 * Math.hypot(...g), 12);
});
