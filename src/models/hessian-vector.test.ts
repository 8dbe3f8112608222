import { fc, test } from "@fast-check/vitest";
import { afterAll, describe, expect } from "vitest";
import { autoencoder } from "./autoencoder.ts";
import { hessianVectorProduct } from "./hessian-vector.ts";
import { initialise } from "./initialise.ts";
import { pack, unpack } from "./layers.ts";
import { gradient, terms } from "./objective.ts";
import { plainForward } from "./testing/plain-model.ts";
import { randomModel } from "./testing/random-model.ts";

/** A random model at a random point, and two directions: further starts of the same model. */
const point = fc.tuple(randomModel(), fc.nat({ max: 1e6 })).map(([random, seed]) => {
  const model = { ...random, unitNorm: false };
  const free = {
    ...model,
    initialisation: { scheme: "torch" as const },
    scale: model.scale === null ? null : 0.7,
  };
  const start = (m: typeof model, s: number) => Float64Array.from(initialise(m, s));
  return { model, p: start(model, seed), v: start(free, seed + 1), u: start(free, seed + 2) };
});

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, k) => sum + x * b[k]!, 0);

describe("hessianVectorProduct", () => {
  let compared = 0;
  afterAll(() => {
    // The kinks must not have excused the comparison.
    expect(compared).toBeGreaterThan(150);
  });

  test.prop([point], { numRuns: 300 })("is the derivative of the gradient along the direction", ({ model, p, v }) => {
    const h = 1e-4;
    const moved = (step: number) => p.map((x, k) => x + step * v[k]!);
    const signs = (step: number) =>
      plainForward(model, moved(step))
        .sums.filter((_, i) => model.layers[i]!.nonlinearity === "relu")
        .flatMap((sum) => sum.to1DArray().map(Math.sign))
        .join();
    if ([-2 * h, 2 * h].some((step) => signs(step) !== signs(0))) return;
    compared++;
    // Summed loss, so that the size of the data set does not loosen the comparison.
    const g = (step: number) => gradient(model, moved(step)).gradient.map((x) => x * terms(model));
    const [a, b, c, d] = [g(-2 * h), g(-h), g(h), g(2 * h)];
    const product = hessianVectorProduct(model, p)(v);
    const scale = Math.max(1, ...product.map(Math.abs).map((x) => x * terms(model)));
    product.forEach((x, k) => {
      const difference = (a[k]! - 8 * b[k]! + 8 * c[k]! - d[k]!) / (12 * h);
      expect(Math.abs(x * terms(model) - difference) / scale).toBeLessThan(1e-9);
    });
  });

  test.prop([point])("is symmetric and linear", ({ model, p, v, u }) => {
    const product = hessianVectorProduct(model, p);
    const [hv, hu] = [product(v), product(u)];
    const size = Math.sqrt(dot(v, v) * dot(hu, hu)) + Math.sqrt(dot(u, u) * dot(hv, hv));
    expect(Math.abs(dot(u, hv) - dot(v, hu))).toBeLessThanOrEqual(1e-12 * size);
    product(v.map((x, k) => 2 * x - u[k]!)).forEach((x, k) => {
      expect(Math.abs(x - (2 * hv[k]! - hu[k]!))).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(x)));
    });
  });

  // A direction along one parameter lets most sums be left out; one along all of them, hardly any.
  test.prop([point])("with a direction is the sum of those with its entries", ({ model, p, v }) => {
    const product = hessianVectorProduct(model, p);
    const [sum, size] = [new Float64Array(p.length), new Float64Array(p.length)];
    v.forEach((x, k) => {
      const unit = new Float64Array(p.length);
      unit[k] = 1;
      product(unit).forEach((y, i) => {
        sum[i] = sum[i]! + x * y;
        size[i] = size[i]! + Math.abs(x * y);
      });
    });
    product(v).forEach((y, i) => {
      expect(Math.abs(y - sum[i]!)).toBeLessThanOrEqual(1e-12 * (1 + size[i]!));
    });
  });

  test("at the origin couples what goes in to what comes out: ∂²L/∂uⱼ∂wᵢ = −2δᵢⱼ/terms", () => {
    // Of the mean of (uⱼwᵢ − δᵢⱼ)² over four terms, with parameters (w₀, w₁, u₀, u₁).
    const model = autoencoder({ features: 2, hidden: 1, loss: "mse", tied: false });
    const product = hessianVectorProduct(model, new Float64Array(4));
    const column = (...direction: number[]) => [...product(Float64Array.from(direction))].map((x) => x + 0);
    expect(column(1, 0, 0, 0)).toEqual([0, 0, -0.5, 0]);
    expect(column(0, 0, 1, 0)).toEqual([-0.5, 0, 0, 0]);
  });

  test("of one weight pair by hand: loss (w² − 1)², second derivative 12w² − 4", () => {
    const model = autoencoder({ features: 1, hidden: 1, loss: "mse", nonlinearity: "relu" });
    expect(hessianVectorProduct(model, Float64Array.of(1.5))(Float64Array.of(2))[0]).toBeCloseTo(46, 12);
    // At the kink every derivative is 0, though the loss falls from there as −2w².
    expect(hessianVectorProduct(model, Float64Array.of(0))(Float64Array.of(2))[0]).toBe(0);
  });

  test("refuses unit-norm columns", () => {
    const model = autoencoder({ features: 3, hidden: 2, loss: "mse", unitNorm: true });
    expect(() => hessianVectorProduct(model, new Float64Array(6))).toThrow("unit-norm columns");
  });
});

describe("layers", () => {
  test.prop([point])("pack is the transpose of unpack: ⟨unpack v, L⟩ = ⟨v, pack L⟩", ({ model, p, v }) => {
    const [a, b] = [unpack(model, p), unpack(model, v)];
    const inner = [...a.weights, ...a.biases, a.scale].reduce((sum, x, i) => {
      const y = [...b.weights, ...b.biases, b.scale][i];
      return x && y ? sum + dot(x, y) : sum;
    }, 0);
    expect(dot(p, pack(model, b))).toBeCloseTo(inner, 10);
  });
});
