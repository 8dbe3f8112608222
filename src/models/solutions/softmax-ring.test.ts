import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { autoencoder } from "../autoencoder.ts";
import { gradient, loss } from "../objective.ts";
import { angularCurvature, ringLoss, zeroCurvature } from "./softmax-ring.ts";

const flat = (points: readonly (readonly number[])[]) =>
  Float64Array.from([...points.map((p) => p[0]!), ...points.map((p) => p[1]!)]);
const summed = (points: readonly (readonly number[])[]) =>
  points.length * loss(autoencoder({ features: points.length, hidden: 2, loss: "cross-entropy" }), flat(points));
const onCircle = (angles: readonly number[], s: number) =>
  angles.map((a) => [Math.sqrt(s) * Math.cos(a), Math.sqrt(s) * Math.sin(a)]);
const even = (m: number) => Array.from({ length: m }, (_, k) => (2 * Math.PI * k) / m);
const zeros = (count: number) => Array.from({ length: count }, () => [0, 0]);

const rings = fc.record({
  onRing: fc.integer({ min: 3, max: 9 }),
  rest: fc.integer({ min: 1, max: 6 }),
  squaredRadius: fc.integer({ min: 1, max: 200 }).map((k) => k / 10),
});

describe("ringLoss", () => {
  test.prop([rings])("is the loss of the model", ({ onRing, rest, squaredRadius }) => {
    const points = [...onCircle(even(onRing), squaredRadius), ...zeros(rest)];
    const n = points.length;
    expect(n * ringLoss({ features: n, onRing, squaredRadius })).toBeCloseTo(summed(points), 10);
  });

  test("tends to the cost of the features at zero", () => {
    expect(ringLoss({ features: 10, onRing: 8, squaredRadius: 1e5 })).toBeCloseTo(0.2 * Math.log(10), 12);
    expect(ringLoss({ features: 10, onRing: 10, squaredRadius: 1e5 })).toBe(0);
  });

  test("rejects more on the ring than there are", () => {
    expect(() => ringLoss({ features: 3, onRing: 4, squaredRadius: 1 })).toThrow(
      /features on the ring: 4; .*at most the 3/,
    );
    expect(() => ringLoss({ features: 3, onRing: 0, squaredRadius: 1 })).toThrow("features on the ring: 0");
    expect(() => ringLoss({ features: 1, onRing: 1, squaredRadius: 1 })).toThrow("invalid features: 1");
    expect(() => ringLoss({ features: 3, onRing: 3, squaredRadius: -1 })).toThrow("squared radius: -1");
  });
});

describe("zeroCurvature", () => {
  test.prop([rings, fc.double({ min: 0, max: 6, noNaN: true })])(
    "is what a feature at zero meets in any direction",
    ({ onRing, rest, squaredRadius }, angle) => {
      const ring = onCircle(even(onRing), squaredRadius);
      const n = onRing + rest;
      const h = 1e-3;
      const model = autoencoder({ features: n, hidden: 2, loss: "cross-entropy" });
      const slope = (t: number) => {
        const moved = [t * Math.cos(angle), t * Math.sin(angle)];
        const g = gradient(model, flat([...ring, ...zeros(rest - 1), moved])).gradient;
        return n * (Math.cos(angle) * g[n - 1]! + Math.sin(angle) * g[2 * n - 1]!);
      };
      expect(slope(0)).toBeCloseTo(0, 10);
      const expected = zeroCurvature({ features: n, onRing, squaredRadius });
      expect(Math.abs((slope(h) - slope(-h)) / (2 * h) - expected)).toBeLessThan(1e-3 * (1 + Math.abs(expected)));
    },
  );

  test("needs a feature at zero and a ring", () => {
    expect(() => zeroCurvature({ features: 5, onRing: 5, squaredRadius: 1 })).toThrow(
      /features on the ring: 5; .*3 to 4/,
    );
    expect(() => zeroCurvature({ features: 5, onRing: 2, squaredRadius: 1 })).toThrow("3 to 4");
  });
});

describe("angularCurvature", () => {
  test.prop([
    fc.integer({ min: 3, max: 9 }),
    fc.integer({ min: 5, max: 80 }).map((k) => k / 10),
    fc.nat(8),
    fc.constantFrom(0, 0.3),
  ])("is the second difference of the loss", (n, s, mode, phase) => {
    const wave = even(n).map((_, i) => Math.cos((2 * Math.PI * mode * i) / n + phase));
    const size = wave.reduce((sum, x) => sum + x * x, 0);
    const at = (h: number) =>
      summed(
        onCircle(
          even(n).map((a, i) => a + h * wave[i]!),
          s,
        ),
      );
    const h = 1e-3;
    const difference = (at(h) - 2 * at(0) + at(-h)) / (h * h * size);
    expect(Math.abs(difference - angularCurvature(n, s, mode))).toBeLessThan(1e-3 * (1 + s * s));
  });

  test("tends to 0 with a large radius, where no feature reaches another", () => {
    expect(angularCurvature(4, 1000, 1)).toBeCloseTo(0, 12);
  });

  test("rejects what is no wave", () => {
    expect(() => angularCurvature(4, 1, 0.5)).toThrow("invalid mode: 0.5");
  });
});
