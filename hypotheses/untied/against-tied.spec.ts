import { charts, hypothesis, openQuestion, type Result, type Run, statistics } from "../../src/index.ts";
import { named, ofEach, onSeedsFrom20000, summedLoss } from "../helpers.ts";
import { span, verdictMap } from "./observations.ts";
import { annealed, eachSize, nonlinearities, sizeLabel, tied, untied } from "./setup.ts";

/** Untied, no bias, two hidden dimensions: whether trained untied models do better than tied ones (U2). */

const seedBySeed =
  "Seed by seed, from the same initial embedding: “better” is a summed loss at the end of training that is lower by more than 0.001.";

const losses = (run: Run, other: Run) => ({ untied: summedLoss(run), tied: summedLoss(other) });

hypothesis("U2 untied models do better than tied ones, at every n", {
  row: "U2",
  role: "supporting",
  claim:
    "In 2D an untied ReLU or GELU model usually ends at a lower loss than a tied one, whatever the number of features from 4 to 20.",
  operationalisation: `${seedBySeed} With four features a tied ReLU model already reaches 0.`,
  given: eachSize([4, 5, 6, 8, 10, 20], (nonlinearity, n) => onSeedsFrom20000(untied(nonlinearity, n), annealed(n))),
  versus: eachSize([4, 5, 6, 8, 10, 20], (nonlinearity, n) =>
    onSeedsFrom20000(tied(nonlinearity, n), annealed(n, 3000)),
  ),
  endPoints: false,
  observe: losses,
  expect: { most: "a lower loss untied", when: (o) => o.untied < o.tied - 1e-3 },
  control: {
    name: "no nonlinearity",
    model: untied("identity", 5),
    recipe: annealed(5),
    versus: { model: tied("identity", 5), recipe: annealed(5, 3000) },
  },
  figure: (result) => ({
    columns: 1,
    panels: [
      verdictMap(
        result,
        [4, 5, 6, 8, 10, 20],
        "In how many seeds is the untied model's loss lower? (✓: clearly more than half)",
      ),
      drawLossesOfFive(result),
    ],
  }),
});

hypothesis("U2b untied models do better where many features compete", {
  row: "U2",
  role: "as printed",
  claim:
    "In 2D an untied model usually ends at a lower loss than a tied one: under ReLU with ten features or more, under GELU with five or more.",
  operationalisation: `${seedBySeed} The note says that untied models can do better, not at which n. With fewer features an untied ReLU model loses more to readers that die than it gains (U2).`,
  given: eachSize({ relu: [10, 20], gelu: [5, 6, 8, 10, 20] }, (nonlinearity, n) =>
    onSeedsFrom20000(untied(nonlinearity, n), annealed(n)),
  ),
  versus: eachSize({ relu: [10, 20], gelu: [5, 6, 8, 10, 20] }, (nonlinearity, n) =>
    onSeedsFrom20000(tied(nonlinearity, n), annealed(n, 3000)),
  ),
  endPoints: false,
  observe: losses,
  expect: { most: "a lower loss untied", when: (o) => o.untied < o.tied - 1e-3 },
  control: {
    name: "no nonlinearity",
    model: untied("identity", 10),
    versus: { model: tied("identity", 10) },
  },
});

const sizes = [5, 6, 8, 10, 20];

openQuestion("U2d how far below tied models the better untied ones get", {
  row: "U2",
  role: "supporting",
  question: "In 2D, how far below tied models do the better untied ones get?",
  operationalisation:
    "The summed loss at the end of training that one seed in twenty stays below: the 5 % quantile over 256 seeds, with exact bounds. The infimum of untied models is 0 (U2a).",
  given: {
    ...eachSize(sizes, (nonlinearity, n) => onSeedsFrom20000(untied(nonlinearity, n), annealed(n), 256)),
    ...eachSize(sizes, (nonlinearity, n) => onSeedsFrom20000(tied(nonlinearity, n), annealed(n, 3000), 256), ", tied"),
  },
  measure: (populations) => {
    const values = ofEach(populations, (runs) => {
      const all = runs.map(summedLoss);
      const { lower, upper } = statistics.quantileBounds(all, 0.05, 1e-7);
      return { value: statistics.quantile(all, 0.05), low: Math.max(0, lower), high: upper };
    });
    const labels = Object.keys(populations).filter((label) => !label.endsWith(", tied"));
    const gains = labels.map((label) => values[`${label}, tied`]!.value - values[label]!.value);
    return {
      answer: `By ${span(gains)} in the ${gains.length} cells, in the loss that one seed in twenty stays below.`,
      values,
    };
  },
  figure: (_, { values }) =>
    nonlinearities.map((nonlinearity) =>
      charts.series({
        caption: named[nonlinearity],
        x: "features n",
        y: "n − summed loss: features recovered",
        width: 440,
        series: ["", ", tied"].map((suffix) => ({
          label: suffix === "" ? "untied" : "tied",
          points: sizes.map((n) => ({ x: n, y: n - values[sizeLabel(nonlinearity, n) + suffix]!.value })),
        })),
      }),
    ),
});

function drawLossesOfFive({ cells }: Result<unknown>) {
  return charts.distribution({
    caption: "Five features: ReLU often loses rows for good (loss 1, 2, …), but its best beat every tied model",
    label: "summed loss",
    conditions: nonlinearities.flatMap((nonlinearity) => {
      const { runs, others } = cells.find(({ label }) => label === sizeLabel(nonlinearity, 5))!;
      return [
        { label: `${named[nonlinearity]} untied`, values: runs.map(summedLoss) },
        { label: `${named[nonlinearity]} tied`, values: others.map(summedLoss) },
      ];
    }),
    width: 760,
  });
}
