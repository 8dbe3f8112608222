import fc from "fast-check";
import { exactClaim, statistics } from "../../src/index.ts";
import { close, hundredths, integers, listOf, mean } from "../helpers.ts";

/** The interval of a share of seeds (T1d), and what a fitted line says of itself where T12 fits one (T12b). */

const shares = fc
  .record({
    of: integers(2, 300),
    part: hundredths(0, 100),
    digits: integers(1, 6),
  })
  .map(({ of, part, digits }) => ({ of, count: Math.round(of * part), error: 10 ** -digits }));

/** Whether `from` or more successes of so many have the chance `error`, summed term by term. */
function hasChance(error: number, from: number, of: number, p: number): boolean {
  let [total, logarithm] = [0, of * Math.log1p(-p)];
  for (let k = 0; k <= of; k++) {
    if (k >= from) total += Math.exp(logarithm);
    logarithm += Math.log((of - k) / (k + 1)) + Math.log(p / (1 - p));
  }
  return Math.abs(total / error - 1) < 1e-6;
}

exactClaim("T1d what the interval of a share of seeds is", {
  row: "T1",
  role: "instrument",
  claim:
    "The lower bound is the proportion p at which observing at least this many successes has the error rate for its probability; the upper one is the same for failures.",
  properties: {
    "the lower bound": fc.property(shares, ({ of, count, error }) => {
      const low = statistics.lowerBound(count, of, error);
      return count === 0 ? low === 0 : hasChance(error, count, of, low);
    }),
    "the upper bound": fc.property(shares, ({ of, count, error }) => {
      const high = statistics.upperBound(count, of, error);
      return count === of ? high === 1 : hasChance(error, of - count, of, 1 - high);
    }),
    "where all succeed the lower bound is the n-th root of the error rate": fc.property(shares, ({ of, error }) =>
      close(statistics.lowerBound(of, of, error), error ** (1 / of)),
    ),
  },
  nearMiss: {
    "the interval is as wide at half the error rate": fc.property(shares, ({ of, count, error }) =>
      close(statistics.lowerBound(count, of, error), statistics.lowerBound(count, of, error / 2)),
    ),
  },
});

/** Numbers at 1, 2, 3, … */
const number = integers(-99, 99).map((k) => k / 10);
const total = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0);
const fitted = (y: readonly number[], degree: number) =>
  statistics.polynomialFit([1, 2, 3, 4, 5, 6, 7].slice(0, y.length), y, degree);

exactClaim("T12b what a fitted line says of itself", {
  row: "T12",
  role: "instrument",
  claim:
    "The line's slope is Σ(x − x̄)(y − ȳ)/Σ(x − x̄)², its standard error the root of the residuals' variance over Σ(x − x̄)²; what a further term explains by chance is told by the F-test.",
  operationalisation:
    "The variance is the residual sum of squares over n − 2. With one term more and one or two observations to spare the F-test's probability is 1 − (2/π) arctan √F and 1 − √(F/(F + 2)).",
  properties: {
    "slope and standard error": fc.property(listOf(number, 7), (y) => {
      const fromMean = [-3, -2, -1, 0, 1, 2, 3];
      const square = total(fromMean.map((x) => x * x));
      const slope = total(fromMean.map((x, i) => x * (y[i]! - mean(y)))) / square;
      const residuals = y.map((value, i) => value - mean(y) - slope * fromMean[i]!);
      const variance = total(residuals.map((r) => r * r)) / 5;
      const { coefficients, standardErrors } = fitted(y, 1);
      return close(coefficients[1]!, slope) && close(standardErrors[1]!, Math.sqrt(variance / square));
    }),
    "the F-test with one and two to spare": fc.property(listOf(number, 3), listOf(number, 4), (three, four) =>
      [three, four].every((y, i) => {
        const [flat, line] = [fitted(y, 0), fitted(y, 1)];
        const [from, to] = [flat.residualSumOfSquares, line.residualSumOfSquares];
        if (to < 1e-9) return true;
        // A line without a slope explains nothing, up to rounding.
        const f = (Math.max(0, from - to) / to) * (i + 1);
        const p = i === 0 ? 1 - (2 / Math.PI) * Math.atan(Math.sqrt(f)) : 1 - Math.sqrt(f / (f + 2));
        return Math.abs(statistics.nestedFitPValue(flat, line) - p) < 1e-6;
      }),
    ),
  },
  nearMiss: {
    "the standard error is that of the mean": fc.property(listOf(number, 7), (y) => {
      const { residualSumOfSquares, standardErrors } = fitted(y, 1);
      return close(standardErrors[1]!, Math.sqrt(residualSumOfSquares / 5 / 7));
    }),
  },
});
