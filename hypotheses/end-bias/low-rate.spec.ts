import { charts, hypothesis, type Result, type Run } from "../../src/index.ts";
import { overTraining, seedsFrom20000, summedLoss } from "../helpers.ts";
import {
  atBothRates,
  atLowRate,
  course,
  courseWords,
  eventsAfter,
  historyOf,
  oneStart,
  shortCourseWords,
  timeOf,
} from "./low-rate-setup.ts";
import {
  besideHexagon,
  bothSchemes,
  columnsWithBias,
  directionCount,
  highRate,
  lowRate,
  seedsBy,
  underBothSchemes,
  withEndBias,
} from "./setup.ts";

/** Tied ReLU models with an end bias, at a constant rate: what happens in what order (B7 to B7e, B7i). */

const underGelu = { name: "GELU", model: withEndBias(10, "torch", "gelu"), seeds: seedsFrom20000() };
/** It stays as it is. */
const settled = {
  name: "started at the exact hexagon, with four silent features, moved by noise of 0.05",
  model: besideHexagon(-0.5),
  recipe: lowRate(10),
};
const rates =
  "The low rate is 0.25 at ten features, an eighth of the note's high one, and 1 at twenty. The high one is 2 at ten and 4 at twenty.";
const gapWords =
  "A gap beside a point: its angles to its two neighbours are in the mean more than 1.25 times 2π over the number of points.";
const insideWords =
  "Sent inside: a feature that was on the polygon is not at the end, and lies inside the convex hull by more than 2 % of the longest column, or is not one of its points at all.";

hypothesis("B7 a polygon, a gap, new points, some sent inside, in every seed", {
  row: "B7",
  role: "as printed",
  kind: "dynamics",
  claim:
    "At a low rate every seed of ten or twenty features goes through the same outline: first a regular polygon; it shifts away from one of its points; then further points appear on it; then some are sent inside.",
  operationalisation: `The four in this order, each at a later checkpoint than the one before. ${gapWords} New points: more directions than at any earlier checkpoint since the first polygon. ${insideWords} At the high rate too, because the note does not say how low is low. ${rates} ${courseWords} ${bothSchemes}`,
  given: atBothRates,
  endPoints: false,
  observe: course,
  expect: {
    nearlyAll: "a regular polygon, a gap beside a point, a new point, a point sent inside, in this order",
    when: (o) => o["regular, then a gap, then a new point, then one sent inside"],
  },
  control: underGelu,
  positiveControl: oneStart,
  figure: ({ positiveControl }) => ({ columns: 3, panels: courseOfOne(positiveControl!.runs[0]!) }),
});

hypothesis("B7b the first polygon is a hexagon", {
  row: "B7",
  role: "as printed",
  kind: "dynamics",
  claim: "At a low rate a model with ten, twenty or forty features first learns a regular polygon, normally a hexagon.",
  operationalisation: `Normally is in more than half of the seeds. A regular hexagon has six points at angles within 0.15 rad of 60°. Trained to time 60, at a rate of n²/400. ${shortCourseWords} ${bothSchemes}`,
  given: underBothSchemes(withEndBias, [10, 20, 40], (n) => ({
    recipe: lowRate(n, { time: 60, checkpoints: 200, after: eventsAfter }),
    seeds: seedsFrom20000(),
  })),
  endPoints: false,
  observe: course,
  expect: { most: "first a regular hexagon", when: (o) => o["first polygon"] === "regular 6-gon" },
  control: underGelu,
  positiveControl: {
    name: "started at the exact hexagon, with four silent features",
    model: besideHexagon(-0.5),
  },
  figure: ({ cells, control }) =>
    seedsBy(
      "regular polygons by their number of points, at the plateau of the loss",
      [...cells, control],
      ["3", "4", "5", "6", "7", "8", "not regular"],
      (o) => [/^regular (\d+)/.exec(o["first polygon"])?.[1] ?? "not regular"],
    ),
});

hypothesis("B7c the polygon shifts away from one of its points", {
  row: "B7",
  role: "supporting",
  kind: "dynamics",
  claim:
    "At a low rate the polygon of twenty features usually distorts: it shifts away from one of its points, which gets more room than the others.",
  operationalisation: `At some checkpoint after the first polygon. ${gapWords} ${rates} ${courseWords} ${bothSchemes}`,
  given: atLowRate([20]),
  endPoints: false,
  observe: course,
  expect: {
    most: "a gap beside one of the points",
    when: (o) => o["what happens first, in order"].includes("gap"),
  },
  control: settled,
  figure: shares("seeds in which the polygon shifts away from a point"),
});

hypothesis("B7d new points appear on the polygon", {
  row: "B7",
  role: "supporting",
  kind: "dynamics",
  claim: "At a low rate further points usually appear on the polygon of twenty features, after it has stood.",
  operationalisation: `Some checkpoint has more directions than any earlier one from the first polygon on. ${rates} ${courseWords} ${bothSchemes}`,
  given: atLowRate([20]),
  endPoints: false,
  observe: course,
  expect: { most: "new points on the polygon", when: (o) => o["new points"] > 0 },
  control: settled,
  figure: shares("seeds in which new points appear"),
});

hypothesis("B7e some points are sent inside the polygon", {
  row: "B7",
  role: "supporting",
  kind: "dynamics",
  claim: "The model usually sends some points inside the polygon, at ten and at twenty features.",
  operationalisation: `${insideWords} ${rates} ${courseWords} ${bothSchemes}`,
  given: atBothRates,
  endPoints: false,
  observe: course,
  expect: { most: "points sent inside the polygon", when: (o) => o["points sent inside"] > 0 },
  control: underGelu,
  positiveControl: oneStart,
  figure: shares("seeds in which a point of the polygon ends inside"),
});

hypothesis("B7i where the step is small no point is sent inside", {
  row: "B7",
  role: "repaired",
  kind: "dynamics",
  claim:
    "At a low rate no point of the polygon of ten features is sent inside: that takes steps too large for the curvature, which grows with the polygon.",
  operationalisation: `${insideWords} The control has the same seeds at eight times the rate; there the loss rises where a point is sent inside. ${rates} ${courseWords} ${bothSchemes}`,
  // The newer code first, under which more points are sent inside at the high rate.
  given: Object.fromEntries(Object.entries(atLowRate([10])).reverse()),
  endPoints: false,
  observe: (run) => ({ ...course(run), "largest rise of the loss": largestRise(run) }),
  expect: { nearlyAll: "no point sent inside", when: (o) => o["points sent inside"] === 0 },
  control: { name: "the high rate, eight times as large", recipe: highRate(10), seeds: seedsFrom20000() },
  figure: ({ cells, control }) =>
    charts.distribution({
      label: "largest rise of the summed loss between two checkpoints",
      conditions: [cells[0]!, control].flatMap(({ label, runs }) =>
        [true, false].map((sent) => ({
          label: `${label === "n = 10, newer code" ? "low rate" : "high rate"}, ${sent ? "a point sent inside" : "none"}`,
          values: runs.filter((run) => historyOf(run).left.length > 0 === sent).map(largestRise),
        })),
      ),
      width: 720,
    }),
});

/** Between two checkpoints after the first polygon. */
function largestRise(run: Run): number {
  const { losses, plateau } = historyOf(run);
  return Math.max(0, ...losses.slice(plateau + 1).map((loss, i) => loss - losses[plateau + i]!));
}

/** The columns of a run at six moments, then its loss and its number of points over training. */
function courseOfOne(run: Run) {
  const { checkpoints } = run;
  const moments = [1, 20, 100, 400, 1200, 5000].map(
    (time) => checkpoints.find((state) => timeOf(run, state) >= time) ?? checkpoints.at(-1)!,
  );
  const extent = Math.max(...moments.flatMap((state) => state.points.map((p) => Math.hypot(...p))));
  const columns = moments.map((state) =>
    columnsWithBias(state, {
      caption: `time ${timeOf(run, state).toFixed(0)}: ${directionCount(state)} points, loss ${summedLoss(state).toFixed(2)}`,
      extent,
      hull: false,
      width: 220,
      grouping: { tolerance: 0.01 },
    }),
  );
  const { steps, plateau, newPoints, left } = historyOf(run);
  const size = { seeds: "this seed", width: 330, height: 260 };
  const loss = overTraining([run], summedLoss, {
    ...size,
    label: "summed loss",
    events: [
      { value: steps[plateau]!, label: "first polygon" },
      ...newPoints.map((i) => ({ value: steps[i]!, label: "new point" })),
      ...[...new Set(left)].map((i) => ({ value: steps[i]!, label: "sent inside" })),
    ],
  });
  return [...columns, loss, overTraining([run], directionCount, { ...size, label: "points on the polygon" })];
}

/** The share of seeds that meets the criterion in each condition. */
function shares(label: string) {
  return <T>({ cells, control, positiveControl }: Result<T>) =>
    charts.proportions({
      label: "share of seeds",
      categories: [label],
      conditions: [...cells, control, ...(positiveControl ? [positiveControl] : [])].map((o) => ({
        label: o.label.replace(/^(positive control|control).*/, "$1"),
        seeds: o.of,
        of: { [label]: { count: o.satisfied, interval: o.interval } },
      })),
      marks: [{ value: 0.5, label: "half" }],
    });
}
