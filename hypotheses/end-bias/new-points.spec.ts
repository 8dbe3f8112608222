import { charts, dynamics, openQuestion, type Run } from "../../src/index.ts";
import { indices, medianWithin, pointAt, seedsFrom1000, shareWithin } from "../helpers.ts";
import { historyOf, lowRateWords, timeOf } from "./low-rate-setup.ts";
import { bothSchemes, lowRate, underBothSchemes, withEndBias } from "./setup.ts";

/** Tied ReLU models with an end bias, at a low rate: when new points appear, and with what drop in loss (B7f, B7g). */

const times = [50, 100, 200, 500, 1000];

function hasNewPointBy(run: Run, time: number) {
  const { states, newPoints } = historyOf(run);
  return newPoints.some((i) => timeOf(run, states[i]!) <= time);
}

openQuestion("B7g when new points appear on the polygon", {
  row: "B7",
  role: "supporting",
  question: "By what time has a new point appeared on the polygon, and does it do so in most seeds in the end?",
  operationalisation: `The share of 256 seeds in which a checkpoint up to that time has more directions than any earlier one from the first polygon on. Ten features reach time 1,000, twenty time 500. Exact bounds at 1e-4. ${lowRateWords} ${bothSchemes}`,
  given: underBothSchemes(withEndBias, [10, 20], (n) => ({ recipe: lowRate(n), seeds: seedsFrom1000(256) })),
  measure: (populations) => {
    const shares = Object.entries(populations).flatMap(([label, { runs }]) =>
      times
        .filter((time) => time <= timeOf(runs[0]!, runs[0]!) + 1)
        .map((time) => {
          const count = runs.filter((run) => hasNewPointBy(run, time)).length;
          return [`${label}, by time ${time}`, shareWithin(count, runs.length)] as const;
        }),
    );
    const values = Object.fromEntries(shares);
    const show = (name: string) => `${Math.round(100 * values[name]!.value)} %`;
    return {
      answer: `Late, and still rising when training stops. Under the older initialisation scheme in ${show("n = 20, older code, by time 100")} of seeds by time 100 and ${show("n = 20, older code, by time 500")} by 500 (twenty features), and in ${show("n = 10, older code, by time 1000")} by time 1,000 (ten); under the newer in ${show("n = 20, newer code, by time 500")} by 500 and ${show("n = 10, newer code, by time 1000")} by 1,000.`,
      values,
    };
  },
  figure: (populations, { values }) =>
    charts.series({
      x: "time, rate/n² × step",
      y: "share of seeds with a new point",
      xScale: "log",
      series: Object.keys(populations).map((label) => ({
        label,
        points: times.flatMap((time) => {
          const share = values[`${label}, by time ${time}`];
          return share ? [pointAt(time, share)] : [];
        }),
      })),
    }),
});

/** Checkpoints on either side over which a loss is compared: together about 60 % more steps. */
const reach = 2;
const leastDrop = 0.2;

/** By how much the loss falls about each new point. */
const dropsAtNewPoints = (runs: readonly Run[]) =>
  runs.flatMap((run) => {
    const { losses, newPoints } = historyOf(run);
    return newPoints.map((i) => dynamics.dropAround(losses, i, reach));
  });

/** The same in windows as long, one after the other from the first polygon on, in which none appears. */
const dropsElsewhere = (runs: readonly Run[]) =>
  runs.flatMap((run) => {
    const { losses, plateau, newPoints } = historyOf(run);
    const centres = indices(losses.length - reach).filter((i) => i > plateau && (i - plateau) % (2 * reach + 1) === 0);
    const quiet = centres.filter((i) => newPoints.every((point) => Math.abs(point - i) > 2 * reach));
    return quiet.map((i) => dynamics.dropAround(losses, i, reach));
  });

openQuestion("B7f the drop in loss that comes with each new point", {
  row: "B7",
  role: "supporting",
  question:
    "Does each point that appears on the polygon come with a drop in loss, and how large is it beside the drops at other times?",
  operationalisation: `The fall of the summed loss from two checkpoints before to two after a new point appears, over all seeds (twenty features under both initialisation schemes, ten under the older), against windows of the same length after the first polygon in which none appears. A drop is a fall of 0.2 or more. Exact bounds at 1e-4. ${lowRateWords} ${bothSchemes}`,
  given: {
    ...underBothSchemes(withEndBias, [20], (n) => ({ recipe: lowRate(n), seeds: seedsFrom1000(256) })),
    "n = 10, older code": { model: withEndBias(10), recipe: lowRate(10), seeds: seedsFrom1000(256) },
  },
  measure: (populations) => {
    const runs = Object.values(populations).flatMap((population) => population.runs);
    const [appearing, otherwise] = [dropsAtNewPoints(runs), dropsElsewhere(runs)];
    const share = (all: readonly number[]) => shareWithin(all.filter((drop) => drop >= leastDrop).length, all.length);
    const [withPoint, without, typical] = [share(appearing), share(otherwise), medianWithin(appearing)];
    return {
      answer: `Yes: ${(100 * withPoint.value).toFixed(1)} % of ${appearing.length} new points come with a drop of 0.2 or more (median ${typical.value.toFixed(2)}), against ${(100 * without.value).toFixed(1)} % of the windows without one.`,
      values: {
        "new points that come with a drop": withPoint,
        "windows without a new point that have one": without,
        "median drop at a new point": typical,
      },
    };
  },
  figure: (populations) => {
    const runs = Object.values(populations).flatMap((population) => population.runs);
    return charts.distribution({
      label: "fall of the summed loss over four checkpoints",
      conditions: [
        { label: "a new point appears", values: dropsAtNewPoints(runs) },
        { label: "none appears", values: dropsElsewhere(runs).filter((_, i) => i % 20 === 0) },
      ],
      marks: [{ value: leastDrop, label: "a drop" }],
      width: 680,
    });
  },
});
