import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { groupMeansFit, nestedFitPValue, polynomialFit } from "./fit.ts";

// The first of Anscombe's four sets (The American Statistician, 1973).
const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];

describe("polynomialFit", () => {
  test("a straight line through Anscombe's first set", () => {
    const fit = polynomialFit(x, y, 1);
    // R: summary(lm(y1 ~ x1, anscombe)).
    expect(fit.coefficients[0]).toBeCloseTo(3.0000909, 6);
    expect(fit.coefficients[1]).toBeCloseTo(0.5000909, 6);
    expect(fit.standardErrors[0]).toBeCloseTo(1.1247468, 6);
    expect(fit.standardErrors[1]).toBeCloseTo(0.1179055, 6);
    expect(fit.rSquared).toBeCloseTo(0.6665425, 6);
    expect(fit.residualSumOfSquares).toBeCloseTo(13.76269, 5);
    expect(fit.degreesOfFreedom).toBe(9);
  });

  test.prop([fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 4 })])(
    "finds a polynomial again",
    (coefficients) => {
      const at = [-2, -1, 0, 1, 2, 3, 4];
      const values = at.map((v) => coefficients.reduce((sum, c, k) => sum + c * v ** k, 0));
      const fit = polynomialFit(at, values, coefficients.length - 1);
      fit.coefficients.forEach((c, k) => {
        expect(c).toBeCloseTo(coefficients[k]!, 9);
      });
      expect(fit.residualSumOfSquares).toBeLessThan(1e-20);
      expect(fit.rSquared).toBeCloseTo(1, 12);
    },
  );

  test("refuses what it cannot fit", () => {
    expect(() => polynomialFit([1, 2], [1, 2], 1)).toThrow("invalid observations: 2; expected at least 3 for degree 1");
    expect(() => polynomialFit([1, 2, 3], [1, 2], 1)).toThrow(
      'invalid observations: "3 x and 2 y"; expected as many of either',
    );
    expect(() => polynomialFit([2, 2, 2], [1, 2, 3], 1)).toThrow(
      "invalid x: [2,2,2]; expected at least 2 different values",
    );
    expect(() => polynomialFit([1, 2, Number.NaN], [1, 2, 3], 1)).toThrow("invalid observation: NaN");
    expect(() => polynomialFit([1, 2], [1, 2], 0.5)).toThrow("invalid degree: 0.5");
  });
});

describe("groupMeansFit", () => {
  test("leaves the scatter within groups, by hand", () => {
    const groups = [
      [1, 2],
      [2, 4],
      [5, 5],
    ];
    const means = groupMeansFit(groups);
    expect(means).toEqual({ residualSumOfSquares: 2.5, degreesOfFreedom: 3 });
    // The group means 1.5, 3, 5 miss their line, of slope 1.75, by 1/12, −1/6, 1/12: F = (2 · 6/144) / (2.5/3) = 0.1 on (1, 3).
    const line = polynomialFit([0, 0, 1, 1, 2, 2], groups.flat(), 1);
    expect(line.residualSumOfSquares - 2.5).toBeCloseTo(12 / 144, 12);
    expect(nestedFitPValue(line, means)).toBeCloseTo(0.7725, 3);
  });

  test("needs a group with scatter", () => {
    expect(() => groupMeansFit([[1], [2]])).toThrow("invalid observations: 2; expected more than the 2 groups");
  });
});

describe("nestedFitPValue", () => {
  test("is the F-test: line against parabola, constant against line", () => {
    // R: anova(lm(y1 ~ 1), lm(y1 ~ x1)) and anova(lm(y1 ~ x1), lm(y1 ~ x1 + I(x1^2))).
    const [constant, line, parabola] = [0, 1, 2].map((degree) => polynomialFit(x, y, degree));
    expect(nestedFitPValue(constant!, line!)).toBeCloseTo(0.00216963, 8);
    const t = parabola!.coefficients[2]! / parabola!.standardErrors[2]!;
    expect(nestedFitPValue(line!, parabola!)).toBeCloseTo(0.486649298, 8);
    expect(t).toBeCloseTo(-0.729247, 6);
  });

  test("is 1 when the fuller fit adds nothing, 0 when it explains all", () => {
    const flat = [1, -1, -1, 1, 1, -1, -1, 1];
    const at = [0, 1, 2, 3, 4, 5, 6, 7];
    const square = at.map((v) => v * v);
    expect(nestedFitPValue(polynomialFit(at, square, 1), polynomialFit(at, square, 2))).toBeLessThan(1e-12);
    expect(nestedFitPValue(polynomialFit(at, flat, 0), polynomialFit(at, flat, 1))).toBeCloseTo(1, 9);
    expect(() => nestedFitPValue(polynomialFit(at, flat, 1), polynomialFit(at, flat, 1))).toThrow(
      "invalid terms added by the fuller fit: 0; expected at least 1",
    );
  });
});
