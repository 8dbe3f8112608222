import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { nonlinearities } from "./model.ts";
import { erf, scalars } from "./nonlinearity.ts";

// 17 digits, correctly rounded from a 40-digit computation; 2.5 and 6 are where erf changes its method. The series for
// small arguments would be off by more than 1e-15 at 4.03 and 5.11.
const known: [number, number][] = [
  [1e-10, 1.1283791670955126e-10],
  [0.001, 0.0011283787909692365],
  [0.1, 0.1124629160182849],
  [0.25, 0.27632639016823696],
  [0.5, 0.5204998778130465],
  [0.75, 0.7111556336535151],
  [1, 0.8427007929497149],
  [1.5, 0.9661051464753108],
  [2, 0.9953222650189527],
  [2.4375, 0.9994334567454198],
  [2.5, 0.999593047982555],
  [2.5625, 0.9997098311383266],
  [3, 0.9999779095030014],
  [3.5, 0.9999992569016276],
  [4, 0.9999999845827421],
  [4.03, 0.9999999879685986],
  [5, 0.9999999999984626],
  [5.11, 0.9999999999995048],
  [5.5, 0.9999999999999927],
  [5.9375, 1.0],
  [6, 1.0],
];

describe("erf", () => {
  test.each(known)("erf(%d) = %d, and it is odd", (x, value) => {
    expect(Math.abs(erf(x) - value)).toBeLessThanOrEqual(1e-15 * Math.max(Math.abs(value), 1e-300));
    expect(erf(-x)).toBe(-erf(x));
  });

  test("at its limits", () => {
    expect(erf(0)).toBe(0);
    expect(erf(Number.POSITIVE_INFINITY)).toBe(1);
    expect(erf(Number.NEGATIVE_INFINITY)).toBe(-1);
    expect(erf(Number.NaN)).toBeNaN();
  });

  test.prop([fc.double({ min: -7, max: 7, noNaN: true }), fc.double({ min: 1e-3, max: 1, noNaN: true })])(
    "never falls",
    (x, step) => {
      expect(erf(x + step)).toBeGreaterThanOrEqual(erf(x));
    },
  );
});

describe.each(nonlinearities)("%s", (name) => {
  const { value, slope, curvature } = scalars[name];
  const h = 1e-3;
  // Five-point differences; ReLU is compared where the points lie on one side of its kink.
  const difference = (f: (x: number) => number, x: number) =>
    (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h);

  test.prop([fc.double({ min: -8, max: 8, noNaN: true })])("slope and curvature are its derivatives", (x) => {
    fc.pre(name !== "relu" || Math.abs(x) > 2 * h);
    expect(Math.abs(slope(x) - difference(value, x))).toBeLessThan(1e-10);
    expect(Math.abs(curvature(x) - difference(slope, x))).toBeLessThan(1e-10);
  });

  test("NaN stays NaN", () => {
    expect(value(Number.NaN)).toBeNaN();
  });
});

test("values", () => {
  const at = (x: number) => nonlinearities.map((name) => scalars[name].value(x));
  expect(at(-2)).toEqual([-2, 0, expect.closeTo(-0.04550026389635842, 15)]);
  expect(at(2)).toEqual([2, 2, expect.closeTo(1.9544997361036416, 15)]);
});

test("both derivatives of ReLU are 0 at its kink", () => {
  expect(scalars.relu.slope(0)).toBe(0);
  expect(scalars.relu.curvature(0)).toBe(0);
});
