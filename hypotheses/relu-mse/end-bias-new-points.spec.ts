import {
  compose,
  distribution,
  dropAround,
  hypothesis,
  quantile,
  quantileBounds,
  type Run,
  series,
} from "../../src/index.ts";
import { historyOf, lowReading, timeOf } from "./end-bias-low-rate-setup.ts";
import { atLowRate, bothCodes, section, shareOf } from "./end-bias-setup.ts";

/** Tied, end bias, at a low rate: when new points appear on the polygon, and with what drop in loss (B7f, B7g). */

const moments = [50, 100, 200, 500, 1000];

hypothesis("B7g when new points appear", {
  question:
    "By what time has a new point appeared on the polygon, and does it do so in most seeds in the end?",
  section,
  reading: `The share of 256 seeds in which a checkpoint up to that time has more directions than any since the first polygon; ten features reach time 1,000, twenty time 500. Exact bounds at 1e-4. ${lowReading}`,
  given: bothCodes([10, 20], atLowRate),
  measure: (ensembles) => {
    const shares = Object.entries(ensembles).flatMap(([name, { runs }]) =>
      moments
        .filter((time) => time <= timeOf(runs[0]!, runs[0]!) + 1)
        .map((time) => {
          const count = runs.filter((run) => {
            const h = historyOf(run);
            return h.appearances.some((i) => timeOf(run, h.states[i]!) <= time);
          }).length;
          return [`${name}, by time ${time}`, shareOf(count, runs.length)] as const;
        }),
    );
    const values = Object.fromEntries(shares);
    const show = (name: string) => `${Math.round(100 * values[name]!.value)} %`;
    return {
      answer: `Late, and still rising when training stops: in ${show("n = 20, older code, by time 100")} of seeds by time 100 and ${show("n = 20, older code, by time 500")} by 500 (twenty features), ${show("n = 10, older code, by time 1000")} by time 1,000 (ten); ${show("n = 20, newer code, by time 500")} and ${show("n = 10, newer code, by time 1000")} in the newer code.`,
      values,
    };
  },
  figure: (_, { answer, values }) =>
    compose({ title: "New points on the polygon, by time", subtitle: answer }, [
      series({
        x: "time, rate/n² × step",
        y: "share of seeds with a new point",
        xScale: "log",
        series: ["n = 10, older code", "n = 10, newer code", "n = 20, older code", "n = 20, newer code"].map(
          (label) => ({
            label,
            points: moments.flatMap((x) => {
              const found = values[`${label}, by time ${x}`];
              return found ? [{ x, y: found.value, interval: [found.low, found.high] as const }] : [];
            }),
          }),
        ),
      }),
    ]),
});

/** Checkpoints on either side over which a loss is compared: together about 60 % more steps. */
const reach = 2;
const enough = 0.2;

const dropsOf = (run: Run) => {
  const h = historyOf(run);
  const drop = (i: number) => dropAround(h.losses, i, reach);
  const windows = h.losses.flatMap((_, i) =>
    i > h.plateau + reach && i + reach < h.losses.length && (i - h.plateau) % (2 * reach + 1) === 0
      ? [i]
      : [],
  );
  const quiet = windows.filter((i) => h.appearances.every((a) => Math.abs(a - i) > 2 * reach));
  return { appearing: h.appearances.map(drop), otherwise: quiet.map(drop) };
};

hypothesis("B7f each new point comes with a drop in loss", {
  question:
    "Does each point that appears on the polygon come with a drop in loss, and how large is it beside the drops at other times?",
  section,
  reading: `The fall of the summed loss from two checkpoints before to two after a new point appears, in all seeds (twenty features, both versions of the initialisation; ten, older), against windows of the same length after the first polygon in which none appears. A drop is a fall of 0.2 or more. Exact bounds at 1e-4. ${lowReading}`,
  given: {
    "n = 20, older code": atLowRate(20, "torch"),
    "n = 20, newer code": atLowRate(20, "torch-tied-bias"),
    "n = 10, older code": atLowRate(10, "torch"),
  },
  measure: (ensembles) => {
    const found = Object.values(ensembles).flatMap((e) => e.runs.map(dropsOf));
    const appearing = found.flatMap((f) => f.appearing);
    const otherwise = found.flatMap((f) => f.otherwise);
    const share = (drops: readonly number[]) =>
      shareOf(drops.filter((d) => d >= enough).length, drops.length);
    const { lower, upper } = quantileBounds(appearing, 0.5, 1e-4);
    const [a, b] = [share(appearing), share(otherwise)];
    return {
      answer: `Yes: ${(100 * a.value).toFixed(1)} % of ${appearing.length} new points come with a drop of 0.2 or more (median ${quantile(appearing, 0.5).toFixed(2)}), against ${(100 * b.value).toFixed(1)} % of the windows without one.`,
      values: {
        "new points that come with a drop": a,
        "windows without a new point that have one": b,
        "median drop at a new point": { value: quantile(appearing, 0.5), low: lower, high: upper },
      },
    };
  },
  figure: (ensembles, { answer }) => {
    const found = Object.values(ensembles).flatMap((e) => e.runs.map(dropsOf));
    return compose({ title: "Drops in loss when points appear", subtitle: answer }, [
      distribution({
        label: "fall of the summed loss over four checkpoints",
        conditions: [
          { label: "a new point appears", values: found.flatMap((f) => f.appearing) },
          { label: "none appears", values: found.flatMap((f) => f.otherwise).filter((_, i) => i % 20 === 0) },
        ],
        marks: [{ value: enough, label: "a drop" }],
        width: 680,
      }),
    ]);
  },
});
