import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { checkpointSteps, type RecipeOptions, rates, recipe } from "./recipe.ts";

const warm = { initial: 0.005, max: 2, final: 0.1, warmup: 0.05 };

describe("recipe", () => {
  test("fills in what is not given", () => {
    expect(recipe({ steps: 10, rate: 0.5 })).toEqual({
      steps: 10,
      rate: { initial: 0.5, max: 0.5, final: 0.5, warmup: 0 },
      convergence: { gradientNorm: 1e-3, every: null },
      checkpoints: { count: 0, spacing: "even" },
    });
    const checkpoints = { count: 3, spacing: "log" } as const;
    expect(recipe({ steps: 10, rate: warm, convergence: { every: 5 }, checkpoints })).toEqual({
      steps: 10,
      rate: warm,
      convergence: { gradientNorm: 1e-3, every: 5 },
      checkpoints,
    });
    expect(recipe({ steps: 1, rate: 1, convergence: { gradientNorm: 0.1 } }).convergence).toEqual({
      gradientNorm: 0.1,
      every: null,
    });
  });

  test.each<[Partial<Record<keyof RecipeOptions, unknown>>, string]>([
    [{ steps: 0 }, "invalid steps: 0; expected a whole number of at least 1"],
    [{ rate: Number.NaN }, "invalid learning rate (initial): NaN; expected a finite number above 0"],
    [{ rate: { ...warm, initial: 0 } }, "invalid learning rate (initial): 0"],
    [{ rate: { ...warm, max: -2 } }, "invalid learning rate (max): -2; expected a finite number above 0"],
    [{ rate: { ...warm, final: Number.POSITIVE_INFINITY } }, "invalid learning rate (final): Infinity"],
    [{ rate: { ...warm, warmup: -0.1 } }, "invalid warmup: -0.1; expected a finite number of at least 0"],
    [{ rate: { ...warm, warmup: 1 } }, "invalid warmup: 1; expected a fraction in [0, 1)"],
    [{ convergence: { gradientNorm: 0 } }, "invalid gradient norm of convergence: 0"],
    [{ convergence: { every: 2.5 } }, "invalid steps between looks at convergence: 2.5"],
    [{ checkpoints: { count: -1, spacing: "even" } }, "invalid checkpoints: -1"],
    [
      { checkpoints: { count: 1, spacing: "linear" } },
      'invalid spacing of checkpoints: "linear"; expected "even" or "log"',
    ],
  ])("rejects %o", (change, message) => {
    expect(() => recipe({ steps: 10, rate: 1, ...change } as RecipeOptions)).toThrow(message);
  });
});

describe("rates", () => {
  test("a constant rate is constant to the last bit", () => {
    expect(rates(recipe({ steps: 1000, rate: 0.3 }))).toEqual(new Float64Array(1000).fill(0.3));
  });

  test("rises linearly from initial, reaches max after the warm-up, and would reach final after the last step", () => {
    const out = rates(recipe({ steps: 1000, rate: warm }));
    expect(out.length).toBe(1000);
    expect(out[0]).toBe(0.005);
    expect(out[25]).toBeCloseTo((0.005 + 2) / 2, 14);
    expect(out[49]).toBeCloseTo(2 - (2 - 0.005) / 50, 14);
    expect(out[50]).toBe(2);
    const decay = (0.1 / 2) ** (1 / 950);
    expect(out[51]! / out[50]!).toBeCloseTo(decay, 14);
    expect(out[999]! * decay).toBeCloseTo(0.1, 12);
  });

  const rate = fc.double({ min: 1e-3, max: 10, noNaN: true });
  test.prop([
    fc.integer({ min: 1, max: 500 }),
    fc.record({
      initial: rate,
      max: rate,
      final: rate,
      warmup: fc.double({ min: 0, max: 0.9, noNaN: true }),
    }),
  ])("is the formula at every step", (steps, schedule) => {
    const { initial, max, final, warmup } = schedule;
    const rising = Math.floor(steps * warmup);
    rates(recipe({ steps, rate: schedule })).forEach((value, t) => {
      const expected =
        t < rising
          ? initial * (1 - t / rising) + max * (t / rising)
          : max * (final / max) ** ((t - rising) / (steps * (1 - warmup)));
      expect(Math.abs(value / expected - 1)).toBeLessThan(1e-11);
    });
  });
});

describe("checkpointSteps", () => {
  const steps = (count: number, spacing: "even" | "log", budget = 1000) =>
    checkpointSteps(recipe({ steps: budget, rate: 1, checkpoints: { count, spacing } }));

  test("none, evenly spaced, and evenly spaced in the logarithm", () => {
    expect(steps(0, "even")).toEqual([]);
    expect(steps(4, "even")).toEqual([0, 250, 500, 750, 1000]);
    expect(steps(3, "log")).toEqual([0, 10, 100, 1000]);
    expect(steps(1, "log")).toEqual([0, 1000]);
    expect(steps(3, "even", 10)).toEqual([0, 3, 7, 10]);
  });

  test("without those before a step that is given", () => {
    const after = (from: number) =>
      checkpointSteps(recipe({ steps: 1000, rate: 1, checkpoints: { count: 4, spacing: "even", from } }));
    expect([after(0), after(250), after(251), after(1000)]).toEqual([
      [0, 250, 500, 750, 1000],
      [250, 500, 750, 1000],
      [500, 750, 1000],
      [1000],
    ]);
    expect(() => after(1001)).toThrow("invalid first checkpoint: 1001; expected at most the last step, 1000");
    expect(() => after(-1)).toThrow("invalid first checkpoint: -1");
  });

  test.prop([
    fc.integer({ min: 1, max: 200 }),
    fc.constantFrom("even" as const, "log" as const),
    fc.integer({ min: 1, max: 5000 }),
  ])("each once, increasing, from 0 to the last step, no more than asked for", (count, spacing, budget) => {
    const out = steps(count, spacing, budget);
    expect(out).toEqual([...new Set(out)].sort((a, b) => a - b));
    expect([out[0], out.at(-1)]).toEqual([0, budget]);
    expect(out.length).toBeLessThanOrEqual(count + 1);
    expect(out.every(Number.isInteger)).toBe(true);
  });
});
