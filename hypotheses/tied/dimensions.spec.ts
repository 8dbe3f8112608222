import { charts, geometry, openQuestion, type Run, recipe, type State, scope, statistics } from "../../src/index.ts";
import { meanWithin, onSeedsFrom20000, pointAt } from "../helpers.ts";
import { tied, untilConverged } from "./setup.ts";

/** Tied ReLU, no bias: how many directions are learned in d dimensions, at convergence (T12) and as the note trains (T12c). */

const dimensions = [2, 3, 4, 5, 6, 7, 8, 9, 10];
const everyOther = [2, 4, 6, 8, 10];

/** Fit for higher dimensions: columns within 8 degrees (1 − cos < 0.01) are one direction. */
const joined = 0.01;
const directionCount = (run: State, tolerance: number) =>
  geometry.directions(run.points, { tolerance }).directions.length;

openQuestion("T12 directions learned against dimensions", {
  row: "T12",
  role: "answer",
  question:
    "How many directions does a tied ReLU model with 100 features learn in d dimensions, and is the growth linear?",
  operationalisation:
    "Columns longer than 0.01, joined when 1 − cos < 0.01, over 32 seeds for each d. That is enough: intervals are at most three quarters of a direction either way, where the range is 5 to 39. The fit is by least squares through all counts. Where all seeds of a d agree, the interval allows for the share of others that none of 32 leaves possible. All of this at an end: where the note's own recipe stops, long before, there are more, and their number grows faster (T12c).",
  given: scope("d", dimensions, (d) => onSeedsFrom20000(tied("relu", 100, d), untilConverged(100), 32)),
  measure: (populations) => growth(dimensions, populations),
  figure: (_, { values }) => meansWithLine(dimensions, values),
});

openQuestion("T12c directions learned against dimensions, as the note trains", {
  row: "T12",
  role: "answer",
  question:
    "How many directions does a tied ReLU model with 100 features have in d dimensions after 40,000 steps at a rate of 0.02 up to 3 and down to 1, as the note trains?",
  operationalisation:
    "As T12, but at the end of the note's recipe rather than at convergence. Beside T12 this shows how far the count depends on how long one trains; and, since columns that will share a direction are still coming together, on which of them count as one. So the slope is also measured with columns joined when 1 − cos < 0.001 or 0.1.",
  given: scope("d", everyOther, (d) =>
    onSeedsFrom20000(
      tied("relu", 100, d),
      recipe({ steps: 40_000, rate: { initial: 0.02, max: 3, final: 1, warmup: 0.05 } }),
      32,
    ),
  ),
  measure: (populations) => {
    const { answer, values } = growth(everyOther, populations);
    const [finer, coarser] = [0.001, 0.1].map((by) => growth(everyOther, populations, by).values["slope of the line"]);
    const runs = Object.values(populations).flatMap((population) => population.runs);
    const converged = runs.filter(({ status }) => status === "converged").length;
    return {
      answer: `${answer} ${converged} of ${runs.length} seeds have converged: with columns joined when 1 − cos < 0.001 the slope is ${finer!.value.toFixed(2)}, with 0.1 it is ${coarser!.value.toFixed(2)}. T12 has it at an end.`,
      values: { ...values, "slope, joined below 0.001": finer!, "slope, joined below 0.1": coarser! },
    };
  },
  figure: (_, { values }) => meansWithLine(everyOther, values),
});

/** The mean count at each d, and a line through all counts, tested against the scatter of the counts within each d. */
function growth(
  dimensions: readonly number[],
  populations: Readonly<Record<string, { readonly runs: readonly Run[] }>>,
  tolerance = joined,
) {
  const countsAt = (d: number) => populations[`d = ${d}`]!.runs.map((run) => directionCount(run, tolerance));
  const means = scope("directions at d", dimensions, (d) => meanWithin(countsAt(d), { least: 1 }));
  const all = dimensions.flatMap((d) => countsAt(d).map((count) => ({ d, count })));
  const line = statistics.polynomialFit(
    all.map(({ d }) => d),
    all.map(({ count }) => count),
    1,
  );
  const [slope, error] = [line.coefficients[1]!, line.standardErrors[1]!];
  const p = statistics.nestedFitPValue(line, statistics.groupMeansFit(dimensions.map(countsAt)));
  const [first, last] = [
    means[`directions at d = ${dimensions[0]}`]!,
    means[`directions at d = ${dimensions.at(-1)}`]!,
  ];
  return {
    answer: `From ${first.value.toFixed(1)} at d = ${dimensions[0]} to ${last.value.toFixed(1)} at d = ${dimensions.at(-1)}: a line of slope ${slope.toFixed(2)} ± ${error.toFixed(2)} explains ${(100 * line.rSquared).toFixed(1)} % of the variance. The growth is ${p < 1e-3 ? "close to a line but not exactly one" : "a line, as far as these seeds can tell"} (lack of fit against the scatter within each d: F-test, p = ${p.toPrecision(2)}).`,
    values: { ...means, "slope of the line": { value: slope, low: slope - 4 * error, high: slope + 4 * error } },
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
