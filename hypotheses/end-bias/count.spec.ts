import { dynamics, hypothesis, type Run } from "../../src/index.ts";
import { overTraining, seedsFrom1000 } from "../helpers.ts";
import {
  bothSchemes,
  directionCount,
  learned,
  nearLosslessCircle,
  noteSchedule,
  older,
  seedsByNumber,
  underBothSchemes,
  withEndBias,
} from "./setup.ts";

/** Tied ReLU models with an end bias: how many features are learned, and in how many directions (B3). */

const counted = (run: Run) => ({ "features learned": learned(run).length, directions: directionCount(run) });
const learnsAllTen = {
  name: "started at the lossless circle of ten, moved by noise of 0.02",
  model: nearLosslessCircle(10, 0.02),
};

hypothesis("B3 most seeds learn exactly six features", {
  row: "B3",
  role: "supporting",
  claim: "In most seeds exactly six of ten features are learned, and of twenty.",
  operationalisation: `A feature is learned where its own output is above 2/3. Most is more than half of the seeds, which asks for more than that six is the most frequent number. The note's schedule, 30,000 steps for ten features and 15,000 for twenty. ${bothSchemes}`,
  given: underBothSchemes(withEndBias, [10, 20], (n) => ({
    recipe: noteSchedule(n),
    seeds: seedsFrom1000(512),
  })),
  endPoints: false,
  observe: counted,
  expect: { most: "six features learned", when: (o) => o["features learned"] === 6 },
  control: learnsAllTen,
  witness: { "features learned": 6, directions: 6 },
  figure: ({ cells }) => seedsByNumber("features learned", cells, (o) => o["features learned"]),
});

hypothesis("B3b a small number of features is learned, eight at most", {
  row: "B3",
  role: "supporting",
  claim: "Of ten or twenty features only a few are learned: never more than eight.",
  operationalisation: `A small number is eight or fewer; never more means in at most 5 % of seeds. Whether six is the most frequent number, as the note says, is not tested. The note's schedule, 30,000 steps for ten features and 15,000 for twenty. ${bothSchemes}`,
  given: underBothSchemes(withEndBias, [10, 20], (n) => ({
    recipe: noteSchedule(n),
    seeds: seedsFrom1000(512),
  })),
  endPoints: false,
  observe: counted,
  expect: { nearlyAll: "eight features learned or fewer", when: (o) => o["features learned"] <= 8 },
  control: learnsAllTen,
  figure: ({ cells }) => seedsByNumber("features learned", cells, (o) => o["features learned"]),
});

hypothesis("B3c most seeds learn six directions of twenty features", {
  row: "B3",
  role: "supporting",
  claim: "In most seeds the features learned out of twenty point in six directions.",
  operationalisation: `The other way to count: the directions of features whose own output is above 1/4 (columns longer than 0.5, joined when 1 − cos < 0.01), so that features that have merged count once. 15,000 steps of the note's schedule. ${bothSchemes}`,
  given: underBothSchemes(withEndBias, [20], (n) => ({ recipe: noteSchedule(n), seeds: seedsFrom1000(512) })),
  endPoints: false,
  observe: counted,
  expect: { most: "six directions", when: (o) => o.directions === 6 },
  control: { name: "ten features", model: withEndBias(10), recipe: noteSchedule(10) },
  figure: ({ cells }) => seedsByNumber("directions", cells, (o) => o.directions),
});

hypothesis("B3d six directions are reached through five", {
  row: "B3",
  role: "supporting",
  kind: "dynamics",
  claim: "With twenty features the number of directions passes five, briefly, before it is six.",
  operationalisation: `In more than half of all seeds there are five directions (as in B3c) at some checkpoint before the first with six. A seed that never has six counts against, and so does one that jumps from four to six between two checkpoints. About 70 checkpoints, evenly spaced in the logarithm of the step. How long a seed stays at five is recorded. ${bothSchemes}`,
  given: underBothSchemes(withEndBias, [20], (n) => ({
    recipe: noteSchedule(n, { checkpoints: 80 }),
    seeds: seedsFrom1000(256),
  })),
  endPoints: false,
  observe: (run) => {
    const counts = run.checkpoints.map(directionCount);
    const six = counts.indexOf(6);
    const fives = run.checkpoints.filter((_, i) => i < six && counts[i] === 5);
    return {
      "reaches six": six >= 0,
      "five before six": dynamics.passesBefore(counts, 5, 6),
      "time at five, in factors of e": fives.length > 0 ? Math.log(fives.at(-1)!.step / fives[0]!.step) : 0,
    };
  },
  expect: { most: "five directions before six", when: (o) => o["five before six"] },
  control: {
    name: "ten features",
    model: withEndBias(10),
    recipe: noteSchedule(10, { checkpoints: 80 }),
    seeds: seedsFrom1000(1024),
  },
  figure: ({ cells }) =>
    overTraining(cells[0]!.runs.slice(0, 40), directionCount, {
      label: "directions",
      seeds: older,
      levels: [
        { value: 5, label: "five" },
        { value: 6, label: "six" },
      ],
      width: 720,
    }),
});
