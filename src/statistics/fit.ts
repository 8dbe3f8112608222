import { inverse, Matrix, QrDecomposition } from "ml-matrix";
import { fail, finite, wholeNumber } from "../util/check.ts";
import { indices, mean } from "../util/numbers.ts";
import { regularisedBeta } from "./beta.ts";

interface Residuals {
  readonly residualSumOfSquares: number;
  /** Observations − coefficients. */
  readonly degreesOfFreedom: number;
}

interface Fit extends Residuals {
  /** From the constant term up. */
  readonly coefficients: readonly number[];
  /** Standard error of each coefficient, for independent errors of equal variance. */
  readonly standardErrors: readonly number[];
  /** Share of the variance of y that the fit explains. */
  readonly rSquared: number;
}

/** Ordinary least squares for y = Σ_k c_k x^k up to `degree`, by QR. Needs more observations than coefficients. */
export function polynomialFit(x: readonly number[], y: readonly number[], degree: number): Fit {
  wholeNumber("degree", degree, 0);
  if (x.length !== y.length) fail("observations", `${x.length} x and ${y.length} y`, "as many of either");
  for (const value of [...x, ...y]) finite("observation", value);
  if (x.length <= degree + 1) fail("observations", x.length, `at least ${degree + 2} for degree ${degree}`);
  if (new Set(x).size <= degree) fail("x", x, `at least ${degree + 1} different values`);
  const design = new Matrix(x.map((value) => indices(degree + 1).map((k) => value ** k)));
  const qr = new QrDecomposition(design);
  const coefficients = qr.solve(Matrix.columnVector([...y])).to1DArray();
  const middle = mean(y);
  let residualSumOfSquares = 0;
  let total = 0;
  y.forEach((value, i) => {
    const fitted = coefficients.reduce((sum, c, k) => sum + c * x[i]! ** k, 0);
    residualSumOfSquares += (value - fitted) ** 2;
    total += (value - middle) ** 2;
  });
  const degreesOfFreedom = x.length - degree - 1;
  const variance = residualSumOfSquares / degreesOfFreedom;
  // The coefficients' covariance is variance · (RᵀR)⁻¹, so coefficient k's is the squared norm of row k of R⁻¹.
  const standardErrors = inverse(qr.upperTriangularMatrix)
    .to2DArray()
    .map((row) => Math.sqrt(variance * row.reduce((sum, e) => sum + e * e, 0)));
  return {
    coefficients,
    standardErrors,
    residualSumOfSquares,
    degreesOfFreedom,
    rSquared: total === 0 ? 1 : 1 - residualSumOfSquares / total,
  };
}

/**
 * Each group's own mean: the fullest fit to observations that come in groups of equal x. Against it the F-test of a line tests
 * the line's lack of fit by the scatter within the groups (Draper and Smith, Applied Regression Analysis, 2.1).
 */
export function groupMeansFit(groups: readonly (readonly number[])[]): Residuals {
  const observations = groups.reduce((sum, group) => sum + group.length, 0);
  if (observations <= groups.length) fail("observations", observations, `more than the ${groups.length} groups`);
  const within = groups.map((group) => group.reduce((sum, y) => sum + (y - mean(group)) ** 2, 0));
  return {
    residualSumOfSquares: within.reduce((a, b) => a + b, 0),
    degreesOfFreedom: observations - groups.length,
  };
}

/**
 * The F-test of a fit against a fuller one that contains it (a line against a parabola): the probability, were the
 * simpler one true, that the fuller one would bring the residuals down at least so far.
 */
export function nestedFitPValue(simple: Residuals, full: Residuals): number {
  const added = simple.degreesOfFreedom - full.degreesOfFreedom;
  if (added < 1) fail("terms added by the fuller fit", added, "at least 1");
  // P(F > f) = I_{ν/(ν + added·f)}(ν/2, added/2), where the argument is the ratio of the residuals.
  const ratio = full.residualSumOfSquares / simple.residualSumOfSquares;
  return regularisedBeta(Number.isNaN(ratio) ? 1 : Math.min(ratio, 1), full.degreesOfFreedom / 2, added / 2);
}
