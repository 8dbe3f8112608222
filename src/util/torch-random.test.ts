import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { createNormal, createTorchUniform, uniformAround } from "./torch-random.ts";

const seeds = fc.nat({ max: 2 ** 32 - 1 });
const draw = (generator: () => number, count: number) => Array.from({ length: count }, generator);

describe("createTorchUniform", () => {
  test("takes the low 24 bits of MT19937: its first and 10,000th draw are those of the C++ standard", () => {
    const draws = draw(createTorchUniform(5489), 10_000);
    expect(draws[0]).toBe((3499211612 % 2 ** 24) / 2 ** 24);
    expect(draws[9999]).toBe((4123659995 % 2 ** 24) / 2 ** 24);
  });

  test.prop([seeds, fc.nat({ max: 1000 })])("uses the low 32 bits of the seed", (seed, high) => {
    expect(draw(createTorchUniform(seed + high * 2 ** 32), 5)).toEqual(draw(createTorchUniform(seed), 5));
  });

  test.each([-1, 0.5, Number.NaN, 2 ** 53])("rejects seed %s and quotes it", (seed) => {
    expect(() => createTorchUniform(seed)).toThrow(`invalid seed: ${seed}; expected a whole number of at least 0`);
  });
});

describe("uniformAround", () => {
  test.prop([fc.integer({ min: 0, max: 2 ** 24 - 1 }), fc.float({ min: Math.fround(1e-3), max: 1, noNaN: true })])(
    "gives float32 values in [−bound, bound)",
    (k, bound) => {
      const value = uniformAround(() => k / 2 ** 24, bound);
      expect(value).toBe(Math.fround(value));
      expect(value).toBeGreaterThanOrEqual(-bound);
      expect(value).toBeLessThan(bound);
      expect(Math.abs(value - (2 * (k / 2 ** 24) - 1) * bound)).toBeLessThan(2e-7 * bound);
    },
  );
});

describe("createNormal", () => {
  test("has the moments of a standard normal", () => {
    const count = 100_000;
    const draws = draw(createNormal(7), count);
    const moment = (k: number) => draws.reduce((sum, x) => sum + x ** k, 0) / count;
    // Five standard errors: √(Var(xᵏ)/count).
    expect(Math.abs(moment(1))).toBeLessThan(5 * Math.sqrt(1 / count));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
    expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / count));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / count));
    const neighbours = draws.slice(1).reduce((sum, x, i) => sum + x * draws[i]!, 0) / count;
    expect(Math.abs(neighbours)).toBeLessThan(5 * Math.sqrt(1 / count));
  });

  test.prop([seeds, seeds])("is a function of the seed, and differs between seeds", (a, b) => {
    fc.pre(a !== b);
    expect(draw(createNormal(a), 3)).toEqual(draw(createNormal(a), 3));
    expect(draw(createNormal(a), 3)).not.toEqual(draw(createNormal(b), 3));
  });

  test("is not the stream that initialises", () => {
    const uniform = createTorchUniform(3);
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    expect(createNormal(3)()).not.toBe(radius * Math.cos(2 * Math.PI * uniform()));
  });
});
