import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { complexGram, complexLoss, complexOutputs, descendComplex } from "./complex.ts";

const coordinate = fc.integer({ min: -150, max: 150 }).map((k) => k / 100);
const configurations = fc
  .record({ n: fc.integer({ min: 1, max: 5 }), d: fc.integer({ min: 1, max: 3 }) })
  .chain(({ n, d }) =>
    fc.array(fc.array(coordinate, { minLength: 2 * d, maxLength: 2 * d }), { minLength: n, maxLength: n }),
  );

test("overlaps of known vectors", () => {
  // (1 + 2i) and (3 − i): conj(1 + 2i)(3 − i) = (1 − 2i)(3 − i) = 1 − 7i.
  const { real, imaginary } = complexGram([
    [1, 2],
    [3, -1],
  ]);
  expect(real).toEqual([
    [5, 1],
    [1, 10],
  ]);
  expect(imaginary).toEqual([
    [0, -7],
    [7, 0],
  ]);
});

test("losses of known vectors", () => {
  const points = [
    [1, 0],
    [0, 0.5],
  ];
  // Overlaps: 1, ½i, −½i, ¼.
  expect(complexLoss(points, "relu of the real part").loss).toBeCloseTo(0.75 ** 2, 12);
  expect(complexLoss(points, "modulus").loss).toBeCloseTo(2 * 0.25 + 0.75 ** 2, 12);
  expect(complexLoss(points, "squared modulus").loss).toBeCloseTo(2 / 16 + (1 - 1 / 16) ** 2, 12);
});

describe.each(complexOutputs)("%s", (output) => {
  prop.prop([configurations], { numRuns: 60 })("the gradient is that of the loss", (points) => {
    const { gradient } = complexLoss(points, output);
    const { real, imaginary } = complexGram(points);
    // Central differences mean nothing at a kink.
    const kink = real.some((row, i) =>
      row.some((x, j) => Math.min(Math.abs(x), Math.hypot(x, imaginary[i]![j]!)) < 1e-3),
    );
    if (output !== "squared modulus" && kink) return;
    points.forEach((p, i) => {
      p.forEach((_, k) => {
        const at = (step: number) =>
          complexLoss(
            points.map((q, j) => q.map((x, l) => (i === j && k === l ? x + step : x))),
            output,
          ).loss;
        const slope = (at(1e-5) - at(-1e-5)) / 2e-5;
        expect(Math.abs(slope - gradient[i]![k]!)).toBeLessThan(1e-5 * Math.max(1, Math.abs(slope)));
      });
    });
  });
});

describe("descendComplex", () => {
  const options = {
    features: 5,
    hidden: 1,
    output: "squared modulus",
    rate: 0.02,
    steps: 4000,
    tolerance: 1e-7,
    seed: 3,
  } as const;

  test("one dimension and squared moduli: one feature of five is recovered", () => {
    const found = descendComplex(options);
    expect(found.gradientNorm).toBeLessThan(1e-6);
    expect(found.loss).toBeCloseTo(4, 6);
    expect(found).toEqual(descendComplex(options));
    expect(found.points).not.toEqual(descendComplex({ ...options, seed: 4 }).points);
  });

  test("starts within ±1/√features", () => {
    const { points } = descendComplex({ ...options, steps: 1, rate: 1e-12 });
    const largest = Math.max(...points.flat().map(Math.abs));
    expect(largest).toBeLessThan(1 / Math.sqrt(5));
    expect(largest).toBeGreaterThan(0.25);
  });

  test("refuses odd widths and unknown outputs", () => {
    expect(() => complexLoss([[1, 2, 3]], "modulus")).toThrow("real parts before imaginary");
    expect(() => complexLoss([[1, 2]], "phase" as "modulus")).toThrow('output: "phase"');
  });
});
