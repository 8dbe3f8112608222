import { charts, geometry, openQuestion, type Run, recipe, type State, scope, statistics } from "../../src/index.ts";
import { meanWithin, onSeedsFrom1000, pointAt } from "../helpers.ts";
import { tied, untilConverged } from "./setup.ts";

/** Tied ReLU, no bias: how many directions are learned in d dimensions, at convergence (T12) and as the note trains (T12c). */

const dimensions = [2, 3, 4, 5, 6, 7, 8, 9, 10];
const everyOther = [2, 4, 6, 8, 10];

/** At a tolerance fit for higher dimensions: columns within 8 degrees (1 − cos < 0.01) are one direction. */
const directionCount = (run: State) => geometry.directions(run.points, { tolerance: 0.01 }).directions.length;

openQuestion("T12 directions learned against dimensions", {
  row: "T12",
  role: "answer",
  question:
    "How many directions does a tied ReLU model with 100 features learn in d dimensions, and is the growth linear?",
  operationalisation:
    "Columns longer than 0.01, joined when 1 − cos < 0.01, over 32 seeds for each d. That is enough: intervals of four standard errors are at most three quarters of a direction either way, where the range is 5 to 39. The fit is by least squares through the means.",
  given: scope("d", dimensions, (d) => onSeedsFrom1000(32, tied("relu", 100, d), untilConverged(100))),
  measure: (populations) => growth(dimensions, populations),
  figure: (_, { values }) => meansWithLine(dimensions, values),
});

openQuestion("T12c directions learned against dimensions, as the note trains", {
  row: "T12",
  role: "answer",
  question:
    "How many directions does a tied ReLU model with 100 features have in d dimensions after 40,000 steps at a rate of 0.02 up to 3 and down to 1, as the note trains?",
  operationalisation:
    "As T12, but at the end of the note's recipe rather than at convergence. Beside T12 this shows how far the count depends on how long one trains.",
  given: scope("d", everyOther, (d) =>
    onSeedsFrom1000(
      32,
      tied("relu", 100, d),
      recipe({ steps: 40_000, rate: { initial: 0.02, max: 3, final: 1, warmup: 0.05 } }),
    ),
  ),
  measure: (populations) => growth(everyOther, populations),
  figure: (_, { values }) => meansWithLine(everyOther, values),
});

/** The mean count at each d, and the slope of a line through the means. */
function growth(
  dimensions: readonly number[],
  populations: Readonly<Record<string, { readonly runs: readonly Run[] }>>,
) {
  const counts = scope("directions at d", dimensions, (d) =>
    meanWithin(populations[`d = ${d}`]!.runs.map(directionCount)),
  );
  const means = Object.values(counts).map(({ value }) => value);
  const line = statistics.polynomialFit(dimensions, means, 1);
  const [slope, error] = [line.coefficients[1]!, line.standardErrors[1]!];
  const p = statistics.nestedFitPValue(line, statistics.polynomialFit(dimensions, means, 2));
  return {
    answer: `From ${means[0]!.toFixed(1)} at d = 2 to ${means.at(-1)!.toFixed(1)} at d = 10: a line of slope ${slope.toFixed(2)} ± ${error.toFixed(2)} explains ${(100 * line.rSquared).toFixed(1)} % of the variance; a parabola is ${p < 0.01 ? "" : "not "}significantly better (F-test, p = ${p.toPrecision(2)}).`,
    values: { ...counts, "slope of the line": { value: slope, low: slope - 4 * error, high: slope + 4 * error } },
  };
}

function meansWithLine(dimensions: readonly number[], values: Readonly<Record<string, Parameters<typeof pointAt>[1]>>) {
  const points = dimensions.map((d) => pointAt(d, values[`directions at d = ${d}`]!));
  const means = points.map(({ y }) => y);
  const [constant, slope] = statistics.polynomialFit(dimensions, means, 1).coefficients;
  const fit = { label: "least-squares line", at: (d: number) => constant! + slope! * d };
  return charts.series({
    x: "hidden dimensions d",
    y: "directions learned",
    width: 720,
    series: [{ label: "mean of 32 seeds, ± 4 standard errors", points, fit }],
  });
}
