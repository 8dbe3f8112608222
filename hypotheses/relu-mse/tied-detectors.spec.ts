import fc from "fast-check";
import {
  hypothesis,
  lowerBound,
  nestedFitPValue,
  polynomialFit,
  regularPolygon,
  regularPolygonPoints,
  upperBound,
} from "../../src/index.ts";
import { section } from "./tied-setup.ts";

/**
 * Tied, no bias: what "a regular polygon" means where hypotheses say that training ends in one (T1, B4, S6), what the
 * interval of a share of seeds is (T1d), and what the fit of T12 says of itself (T12b).
 */

/** A regular k-gon of any size, turned by any angle, its corners from any one on. */
const polygons = fc
  .record({
    k: fc.integer({ min: 3, max: 12 }),
    size: fc.integer({ min: 10, max: 300 }),
    degrees: fc.integer({ min: 0, max: 359 }),
    corner: fc.nat(11),
  })
  .map(({ k, size, degrees, corner }) => {
    const points = regularPolygonPoints(k, size / 100).map((p) => turned(p, (degrees * Math.PI) / 180));
    return { k, points: [...points.slice(corner % k), ...points.slice(0, corner % k)] };
  });
const turned = ([x, y]: readonly number[], by: number) => [
  Math.cos(by) * x! - Math.sin(by) * y!,
  Math.sin(by) * x! + Math.cos(by) * y!,
];
/** In radians, and as a share of the norm. */
const slips = fc.integer({ min: 11, max: 300 }).map((k) => k / 1000);
const close = (a: number, b: number) => Math.abs(a - b) < 1e-9;

hypothesis("T1c what a regular polygon is", {
  claim:
    "Points count as a regular polygon when all angles between neighbours, the last and the first included, are equal to 0.01 rad and all norms to 1 %; by how much they miss it is measured.",
  section,
  properties: {
    "a regular k-gon is one, however turned and numbered": fc.property(polygons, ({ k, points }) => {
      const shape = regularPolygon(points);
      return shape.regular && shape.k === k && shape.angleError < 1e-9 && shape.normSpread < 1e-9;
    }),
    "with one corner turned by an angle it is not, and that angle is the error": fc.property(
      polygons,
      slips,
      ({ points }, slip) => {
        const shape = regularPolygon([turned(points[0]!, slip), ...points.slice(1)]);
        return !shape.regular && close(shape.angleError, slip) && shape.normSpread < 1e-9;
      },
    ),
    "without one corner it is not, and the gap there is the error, wherever it lies": fc.property(
      polygons.filter(({ k }) => k > 3),
      ({ k, points }) => {
        const { regular, angleError } = regularPolygon(points.slice(1));
        return !regular && close(angleError, (2 * Math.PI * (k - 2)) / (k * (k - 1)));
      },
    ),
    "with one corner longer it is not, and the spread is relative to the mean norm": fc.property(
      polygons,
      slips,
      ({ k, points }, slip) => {
        const shape = regularPolygon([points[0]!.map((x) => (1 + slip) * x), ...points.slice(1)]);
        const spread = slip / (1 + slip / k);
        return shape.regular === spread <= 0.01 && close(shape.normSpread, spread) && shape.angleError < 1e-9;
      },
    ),
    "less than a hundredth in either is let pass": fc.property(
      polygons,
      fc.integer({ min: 0, max: 9 }),
      ({ points }, slip) => {
        const corner = turned(points[0]!, slip / 1000).map((x) => (1 + slip / 1000) * x);
        return regularPolygon([corner, ...points.slice(1)]).regular;
      },
    ),
  },
  nearMiss: {
    "two opposite points are one": fc.property(polygons, ({ points }) => {
      const [p] = points;
      return regularPolygon([p!, p!.map((x) => -x)]).regular;
    }),
  },
});

/** Numbers at 1, 2, 3, … */
const numbers = (count: number) =>
  fc.array(
    fc.integer({ min: -99, max: 99 }).map((k) => k / 10),
    { minLength: count, maxLength: count },
  );
const places = (y: readonly number[]) => y.map((_, i) => i + 1);
const mean = (y: readonly number[]) => y.reduce((a, b) => a + b, 0) / y.length;
const sum = (y: readonly number[]) => y.reduce((a, b) => a + b, 0);

hypothesis("T12b what a fitted line says of itself", {
  claim:
    "The line's slope is Σ(x − x̄)(y − ȳ)/Σ(x − x̄)², its standard error the root of the residuals' variance over Σ(x − x̄)²; what a further term explains by chance is told by the F-test.",
  section,
  reading:
    "The variance is the residual sum of squares over n − 2. With one term more and one or two observations to spare the F-test's probability is 1 − (2/π) arctan √F and 1 − √(F/(F + 2)).",
  properties: {
    "slope and standard error": fc.property(numbers(7), (y) => {
      const x = places(y);
      const fit = polynomialFit(x, y, 1);
      const square = sum(x.map((a) => (a - mean(x)) ** 2));
      const slope = sum(x.map((a, i) => (a - mean(x)) * (y[i]! - mean(y)))) / square;
      const residuals = sum(x.map((a, i) => (y[i]! - mean(y) - slope * (a - mean(x))) ** 2));
      return (
        close(fit.coefficients[1]!, slope) && close(fit.standardErrors[1]!, Math.sqrt(residuals / 5 / square))
      );
    }),
    "the F-test with one and two to spare": fc.property(numbers(3), numbers(4), (three, four) =>
      [three, four].every((y, i) => {
        const [flat, line] = [0, 1].map((degree) => polynomialFit(places(y), y, degree));
        const [from, to] = [flat!.residualSumOfSquares, line!.residualSumOfSquares];
        if (to < 1e-9) return true;
        const f = ((from - to) / to) * (i + 1);
        const p = i === 0 ? 1 - (2 / Math.PI) * Math.atan(Math.sqrt(f)) : 1 - Math.sqrt(f / (f + 2));
        return Math.abs(nestedFitPValue(flat!, line!) - p) < 1e-6;
      }),
    ),
  },
  nearMiss: {
    "the standard error is that of the mean": fc.property(numbers(7), (y) => {
      const { residualSumOfSquares, standardErrors } = polynomialFit(places(y), y, 1);
      return close(standardErrors[1]!, Math.sqrt(residualSumOfSquares / 5 / 7));
    }),
  },
});

const shares = fc
  .record({
    of: fc.integer({ min: 2, max: 300 }),
    part: fc.integer({ min: 0, max: 100 }),
    digits: fc.integer({ min: 1, max: 6 }),
  })
  .map(({ of, part, digits }) => ({ of, count: Math.round((of * part) / 100), error: 10 ** -digits }));
/** The chance of `from` or more successes, term by term. */
function chance(from: number, of: number, p: number): number {
  let [total, logarithm] = [0, of * Math.log1p(-p)];
  for (let k = 0; k <= of; k++) {
    if (k >= from) total += Math.exp(logarithm);
    logarithm += Math.log((of - k) / (k + 1)) + Math.log(p / (1 - p));
  }
  return total;
}

hypothesis("T1d what the interval of a share of seeds is", {
  claim:
    "The lower bound is the share at which so many successes or more have just the error rate for a probability; the upper one is the same for failures.",
  section,
  properties: {
    "the lower bound": fc.property(shares, ({ of, count, error }) => {
      const low = lowerBound(count, of, error);
      return count === 0 ? low === 0 : Math.abs(chance(count, of, low) / error - 1) < 1e-6;
    }),
    "the upper bound": fc.property(shares, ({ of, count, error }) => {
      const high = upperBound(count, of, error);
      return count === of ? high === 1 : Math.abs(chance(of - count, of, 1 - high) / error - 1) < 1e-6;
    }),
    "where all succeed the lower bound is the n-th root of the error rate": fc.property(
      shares,
      ({ of, error }) => close(lowerBound(of, of, error), error ** (1 / of)),
    ),
  },
  nearMiss: {
    "the interval is as wide at half the error rate": fc.property(shares, ({ of, count, error }) =>
      close(lowerBound(count, of, error), lowerBound(count, of, error / 2)),
    ),
  },
});
