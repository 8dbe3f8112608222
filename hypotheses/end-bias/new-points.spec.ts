import { charts, dynamics, openQuestion, type Run } from "../../src/index.ts";
import { indices, medianWithin, pointAt, seedsFrom20000, shareWithin } from "../helpers.ts";
import { atLowRate, courseWords, historyOf } from "./low-rate-setup.ts";
import { bothSchemes, timeAtTheEnd } from "./setup.ts";

/** Tied ReLU models with an end bias, at a low rate: when new points appear, and with what drop in loss (B7f, B7g). */

const times = [50, 100, 200, 500, 1000, 2000, 5000, 7000];

/** 256 seeds of ten features, 64 of twenty, which cost a second or more each. */
const given = Object.fromEntries(
  Object.entries(atLowRate()).map(([label, condition]) => [
    label,
    { ...condition, seeds: seedsFrom20000(label.startsWith("n = 10") ? 256 : 64) },
  ]),
);

function hasNewPointBy(run: Run, time: number) {
  const { times: at, newPoints } = historyOf(run);
  return newPoints.some((i) => at[i]! <= time);
}

openQuestion("B7g when new points appear on the polygon", {
  row: "B7",
  role: "supporting",
  question: "By what time has a new point appeared on the polygon, and does it do so in most seeds in the end?",
  operationalisation: `The share of seeds in which a checkpoint up to that time has more directions than any earlier one from the first polygon on; 256 seeds of ten features and 64 of twenty. Exact bounds at 1e-4. ${courseWords} ${bothSchemes}`,
  given,
  measure: (populations) => {
    const shares = Object.entries(populations).flatMap(([label, { runs }]) =>
      times
        .filter((time) => time <= timeAtTheEnd(runs[0]!.model.sizes[0]!))
        .map((time) => {
          const count = runs.filter((run) => hasNewPointBy(run, time)).length;
          return [`${label}, by time ${time}`, shareWithin(count, runs.length)] as const;
        }),
    );
    const values = Object.fromEntries(shares);
    const show = (name: string) => `${Math.round(100 * values[name]!.value)} %`;
    const [ten, twenty] = [timeAtTheEnd(10), timeAtTheEnd(20)];
    return {
      answer: `Late. Of ten features in ${show("n = 10, older code, by time 100")} of seeds by time 100 and ${show(`n = 10, older code, by time ${ten}`)} in the end under the older initialisation scheme, in ${show("n = 10, newer code, by time 100")} and ${show(`n = 10, newer code, by time ${ten}`)} under the newer. Of twenty in ${show("n = 20, older code, by time 100")} and ${show(`n = 20, older code, by time ${twenty}`)}, and in ${show("n = 20, newer code, by time 100")} and ${show(`n = 20, newer code, by time ${twenty}`)}.`,
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
const reach = 3;
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
  operationalisation: `The fall of the summed loss from three checkpoints before to three after a new point appears, over all seeds, against windows of the same length after the first polygon in which none appears. A drop is a fall of 0.2 or more. 256 seeds of ten features and 64 of twenty. Exact bounds at 1e-4. ${courseWords} ${bothSchemes}`,
  given,
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
      label: "fall of the summed loss over six checkpoints",
      conditions: [
        { label: "a new point appears", values: dropsAtNewPoints(runs) },
        { label: "none appears", values: dropsElsewhere(runs).filter((_, i) => i % 20 === 0) },
      ],
      marks: [{ value: leastDrop, label: "a drop" }],
      width: 680,
    });
  },
});
