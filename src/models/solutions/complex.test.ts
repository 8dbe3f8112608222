import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { createTorchUniform, uniformAround } from "../../util/torch-random.ts";
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

test("no vectors have no overlaps", () => {
  expect(complexGram([])).toEqual({ real: [], imaginary: [] });
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

test("an overlap of 0 under the modulus has no gradient", () => {
  // Overlaps 1, 0, 0, 0: only the second vector's own output is wrong, and its own overlap is 0.
  const { loss, gradient } = complexLoss(
    [
      [1, 0],
      [0, 0],
    ],
    "modulus",
  );
  expect(loss).toBe(1);
  expect(gradient).toEqual([
    [0, 0],
    [0, 0],
  ]);
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

  test("has real and imaginary parts for each hidden unit", () => {
    const { points } = descendComplex({ ...options, hidden: 3, steps: 1 });
    expect(points.map((p) => p.length)).toEqual([6, 6, 6, 6, 6]);
  });

  describe("a single feature", () => {
    // Its loss (r² − 1)² has the gradient 4(r² − 1)w along w: a step multiplies w by 1 − 4 rate (r² − 1).
    const rate = 0.005;
    const uniform = createTorchUniform(options.seed);
    const start = [uniformAround(uniform, 1), uniformAround(uniform, 1)] as const;
    const slope = (x: number, y: number) => 4 * (x * x + y * y - 1);
    const walked = (taken: number, steps: number): [number, number] => {
      let [x, y]: [number, number] = [...start];
      for (let step = 1; step <= taken; step++) {
        const factor = 1 - rate * Math.min(1, step / (steps / 20)) * slope(x, y);
        [x, y] = [x * factor, y * factor];
      }
      return [x, y];
    };
    const descend = (steps: number, tolerance: number) =>
      descendComplex({
        ...options,
        features: 1,
        output: "relu of the real part",
        rate,
        steps,
        tolerance,
      });
    const expectAt = ([x, y]: [number, number], points: number[][]) => {
      expect(points[0]![0]).toBeCloseTo(x, 12);
      expect(points[0]![1]).toBeCloseTo(y, 12);
    };

    test("takes every step, the first twentieth of them at a rising rate", () => {
      expectAt(walked(40, 40), descend(40, 0).points);
    });

    test("stops at the first hundred where the gradient is small enough", () => {
      const [x, y] = walked(150, 2000);
      const tolerance = Math.abs(slope(x, y)) * Math.hypot(x, y);
      expectAt(walked(200, 2000), descend(2000, tolerance).points);
    });

    test("does not move where the gradient at the start is just small enough", () => {
      const size = Math.hypot(...complexLoss([start], "relu of the real part").gradient.flat());
      expect(descend(40, size).points).toEqual([start]);
    });
  });

  test.each([
    [{ features: 0 }, "invalid features: 0"],
    [{ hidden: 0 }, "invalid hidden: 0"],
    [{ steps: 0 }, "invalid steps: 0"],
    [{ rate: 0 }, "invalid rate: 0"],
  ])("rejects %o", (change, message) => {
    expect(() => descendComplex({ ...options, ...change })).toThrow(message);
  });

  test("refuses no, odd or differing widths and unknown outputs", () => {
    expect(() => complexLoss([[1, 2, 3]], "modulus")).toThrow("real parts before imaginary");
    expect(() => complexLoss([], "modulus")).toThrow("invalid points: []");
    expect(() =>
      complexLoss(
        [
          [1, 2],
          [1, 2, 3, 4],
        ],
        "modulus",
      ),
    ).toThrow("invalid points: [[1,2],[1,2,3,4]]");
    expect(() => complexLoss([[1, 2]], "phase" as "modulus")).toThrow('output: "phase"');
  });
});
