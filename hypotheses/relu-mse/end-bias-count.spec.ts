import {
  always,
  compose,
  hypothesis,
  often,
  type PopulationResult,
  passesBefore,
  proportions,
  type Run,
  trajectory,
  verdictLine,
} from "../../src/index.ts";
import {
  asNoted,
  biased,
  bothCodes,
  fresh,
  learned,
  nearCircle,
  noted,
  numberName,
  numbers,
  type Scheme,
  section,
  shown,
  tally,
} from "./end-bias-setup.ts";

/**
 * Tied, end bias: how many features are learned, and in how many directions (B3). A direction is one of features whose own
 * output is above 1/4 and whose column is longer than 0.5; columns join when 1 − cos < 0.01.
 */

type Counts = { "features learned": number; directions: number };
const counts = (run: Run): Counts => ({ "features learned": learned(run).length, directions: shown(run) });
const countsFigure = (title: string, which: keyof Counts) => (result: PopulationResult<Counts>) =>
  compose({ title, subtitle: verdictLine(result) }, [
    proportions({
      label: which,
      categories: numbers,
      conditions: result.cells.map((o) => ({
        label: o.label,
        seeds: o.values.length,
        of: tally(numbers, o.values, (v) => numberName(v[which])),
      })),
    }),
  ]);

hypothesis("B3 a small number of features is learned, often six", {
  claim: "A small number of features is learned: often six.",
  section,
  reading:
    "As printed: more than half of the seeds learn exactly six features, at ten and twenty features, after the note's schedule (30,000 and 15,000 steps), whichever way the end bias is drawn.",
  given: bothCodes([10, 20], asNoted),
  endPoints: false,
  observe: counts,
  expect: often((o: Counts) => o["features learned"] === 6, "six features learned"),
  control: {
    name: "started at the lossless circle of ten, moved by noise of 0.02",
    model: nearCircle(10, 0.02),
  },
  witness: { "features learned": 6, directions: 6 },
  figure: countsFigure("How many features are learned", "features learned"),
});

hypothesis("B3b a small number of features is learned, eight at most", {
  claim: "Of ten or twenty features only a few are learned: never more than eight.",
  section,
  reading:
    "The part of the claim that does not name a number: at most eight features, in at least 95 % of seeds.",
  given: bothCodes([10, 20], asNoted),
  endPoints: false,
  observe: counts,
  expect: always((o: Counts) => o["features learned"] <= 8, "eight features or fewer"),
  control: {
    name: "started at the lossless circle of ten, moved by noise of 0.02",
    model: nearCircle(10, 0.02),
  },
  figure: countsFigure("Never more than eight features are learned", "features learned"),
});

hypothesis("B3c often six directions of twenty features", {
  claim: "With twenty features the learned ones often point in six directions.",
  section,
  reading:
    "The other way to count: directions of the features whose own output is above 1/4 (columns longer than 0.5, joined when 1 − cos < 0.01), so that features that have merged count once; more than half of the seeds, after 15,000 steps of the note's schedule.",
  given: bothCodes([20], asNoted),
  endPoints: false,
  observe: counts,
  expect: often((o: Counts) => o.directions === 6, "six directions"),
  control: { name: "ten features", model: biased(10), recipe: noted(30_000, 2, 12) },
  figure: countsFigure("In how many directions learned features point", "directions"),
});

const watched = (features: number, scheme: Scheme) => ({
  model: biased(features, scheme),
  recipe: noted(features === 10 ? 30_000 : 15_000, 2, 80),
  seeds: fresh(256),
});

type Passing = {
  "reaches six": boolean;
  "five before six": boolean;
  "time at five, in factors of e": number;
};

function passing(run: Run): Passing {
  const counts = run.checkpoints.map(shown);
  const at = counts.indexOf(6);
  const fives = run.checkpoints.filter((_, i) => i < at && counts[i] === 5).map((state) => state.step);
  return {
    "reaches six": at >= 0,
    "five before six": passesBefore(counts, 5, 6),
    "time at five, in factors of e": fives.length > 0 ? Math.log(fives.at(-1)! / fives[0]!) : 0,
  };
}

hypothesis("B3d six is reached through five", {
  claim: "With twenty features the number of points on the polygon passes five, briefly, before it is six.",
  section,
  kind: "dynamics",
  reading:
    "In more than half of all seeds the number of directions is five at some checkpoint before the first at which it is six; a seed that never has six counts against, and so does one that jumps from four to six between two checkpoints (a tie). About 70 checkpoints, evenly spaced in the logarithm of the step; how long it stays at five is recorded.",
  given: bothCodes([20], watched),
  endPoints: false,
  observe: passing,
  expect: often((o: Passing) => o["five before six"], "five directions before six"),
  control: { name: "ten features", model: biased(10), recipe: noted(30_000, 2, 80), seeds: fresh(1024) },
  figure: (result) => {
    const runs = result.cells[0]!.ensemble.runs.slice(0, 40);
    return compose({ title: "Directions of twenty features over training", subtitle: verdictLine(result) }, [
      trajectory({
        label: "directions",
        x: "log",
        steps: runs[0]!.checkpoints.map((state) => state.step),
        conditions: [
          {
            label: "older code",
            runs: runs.map((run) => run.checkpoints.map(shown)),
          },
        ],
        levels: [
          { value: 5, label: "five" },
          { value: 6, label: "six" },
        ],
        width: 720,
      }),
    ]);
  },
});
