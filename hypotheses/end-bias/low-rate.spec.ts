import { charts, geometry, hypothesis, type Result, type Run } from "../../src/index.ts";
import { byLabel, overTraining, seedsFrom1000, summedLoss } from "../helpers.ts";
import { historyOf, lowRateWords, timeOf } from "./low-rate-setup.ts";
import {
  bothSchemes,
  columnsWithBias,
  directionCount,
  lowRate,
  outline,
  seedsBy,
  underBothSchemes,
  withEndBias,
} from "./setup.ts";

/**
 * Tied ReLU models with an end bias, at a low rate: what happens in what order (B7 to B7e). The points of a polygon are the
 * directions of features whose own output is above 1/4 and whose column is longer than 0.5.
 */

function course(run: Run) {
  const { polygons, plateau, newPoints } = historyOf(run);
  const [first, later] = [polygons[plateau]!, polygons.slice(plateau)];
  const featuresOn = (polygon: typeof first) => polygon.vertices.flatMap((vertex) => vertex.members);
  const last = featuresOn(outline(run));
  const inside = geometry.inside(last.map((feature) => run.points[feature]!));
  // Not those that lie inside the convex hull of all of them.
  const corners = last.filter((_, i) => !inside.includes(i));
  return {
    "points of the first polygon": first.vertices.length,
    "first polygon regular": first.angleError < 0.15,
    "a gap opens": later.some((polygon) => polygon.vertices.length >= 3 && polygon.gap > 1.25),
    "new points": newPoints.length,
    "points sent inside": geometry.leftOutline([...later.map(featuresOn), corners]).length,
  };
}

const conditions = `${lowRateWords} ${bothSchemes} The control, in which no seed comes near, is decided by 64 seeds.`;
const underGelu = {
  name: "GELU, 64 seeds, 10,000 steps",
  model: withEndBias(20, "torch", "gelu"),
  recipe: { ...lowRate(20), steps: 10_000 },
  seeds: seedsFrom1000(64),
};
const wholeCourse = {
  "points of the first polygon": 6,
  "first polygon regular": true,
  "a gap opens": true,
  "new points": 1,
  "points sent inside": 1,
};

hypothesis("B7 at a low rate: a polygon, a gap, new points, some sent inside, in every seed", {
  row: "B7",
  role: "as printed",
  kind: "dynamics",
  claim:
    "At a low rate every seed of twenty features goes through the same outline: first a polygon; it opens a gap; further points appear on it; then some are sent inside.",
  operationalisation: `All of it within 50,000 steps, which most seeds need more of to converge. A gap: at some later checkpoint the largest angle between neighbours is more than 1.25 times 2π over their number. New points: more directions than at any earlier checkpoint since the first polygon. Sent inside: a feature that was on the polygon and at the end is not, or lies inside the convex hull by more than 2 % of the longest column. ${conditions}`,
  given: underBothSchemes(withEndBias, [20], (n) => ({ recipe: lowRate(n), seeds: seedsFrom1000(256) })),
  endPoints: false,
  observe: course,
  expect: {
    nearlyAll: "polygon, gap, new points, points sent inside",
    when: (o) => o["first polygon regular"] && o["a gap opens"] && o["new points"] > 0 && o["points sent inside"] > 0,
  },
  control: underGelu,
  witness: wholeCourse,
  figure: ({ cells }) => {
    const { runs, values } = cells[0]!;
    const grows = values.findIndex((v) => v?.["a gap opens"] && v["new points"] > 0);
    return { columns: 3, panels: courseOfOne(runs[Math.max(0, grows)]!) };
  },
});

hypothesis("B7b at a low rate the first polygon is a hexagon", {
  row: "B7",
  role: "as printed",
  kind: "dynamics",
  claim: "At a low rate a model with ten or twenty features first learns a regular polygon, normally a hexagon.",
  operationalisation: `Normally is in more than half of the seeds, at ten and at twenty features. A regular hexagon has six points at angles within 0.15 rad of 60°. ${conditions}`,
  given: underBothSchemes(withEndBias, [10, 20], (n) => ({ recipe: lowRate(n), seeds: seedsFrom1000(256) })),
  endPoints: false,
  observe: course,
  expect: {
    most: "first a regular hexagon",
    when: (o) => o["points of the first polygon"] === 6 && o["first polygon regular"],
  },
  control: underGelu,
  witness: wholeCourse,
  figure: ({ cells, control }) =>
    seedsBy(
      "regular polygons by their number of points, at the plateau of the loss",
      [...cells, control],
      ["3", "4", "5", "6", "7", "8", "not regular"],
      (o) => [o["first polygon regular"] ? String(o["points of the first polygon"]) : "not regular"],
    ),
});

hypothesis("B7c at a low rate the polygon opens a gap", {
  row: "B7",
  role: "supporting",
  kind: "dynamics",
  claim: "At a low rate the polygon of twenty features usually distorts and opens a gap beside one of its points.",
  operationalisation: `At some checkpoint after the first polygon the largest angle between neighbours is above 1.25 times 2π over their number. ${conditions}`,
  given: underBothSchemes(withEndBias, [20], (n) => ({ recipe: lowRate(n), seeds: seedsFrom1000(256) })),
  endPoints: false,
  observe: course,
  expect: { most: "a gap in the polygon", when: (o) => o["a gap opens"] },
  control: underGelu,
  figure: shares("seeds in which a gap opens"),
});

hypothesis("B7d at a low rate new points appear on the polygon", {
  row: "B7",
  role: "supporting",
  kind: "dynamics",
  claim:
    "At a low rate further points usually appear on the polygon of twenty features within 50,000 steps, after it has stood.",
  operationalisation: `Some checkpoint has more directions than any earlier one from the first polygon on. ${conditions}`,
  given: underBothSchemes(withEndBias, [20], (n) => ({ recipe: lowRate(n), seeds: seedsFrom1000(256) })),
  endPoints: false,
  observe: course,
  expect: { most: "new points on the polygon", when: (o) => o["new points"] > 0 },
  control: underGelu,
  witness: wholeCourse,
  figure: shares("seeds in which new points appear"),
});

hypothesis("B7e at a low rate some points are sent inside the polygon", {
  row: "B7",
  role: "supporting",
  kind: "dynamics",
  claim:
    "At a low rate the model usually sends some points inside the polygon within 50,000 steps, at ten and at twenty features.",
  operationalisation: `A feature that was on the polygon is not on it at the end: its own output is below 1/4, or its column shorter than 0.5, or it lies inside the convex hull by more than 2 % of the longest column. With ten features most runs converge within the steps, with twenty few. ${conditions}`,
  given: underBothSchemes(withEndBias, [10, 20], (n) => ({ recipe: lowRate(n), seeds: seedsFrom1000(256) })),
  endPoints: false,
  observe: course,
  expect: { most: "points sent inside the polygon", when: (o) => o["points sent inside"] > 0 },
  control: underGelu,
  witness: wholeCourse,
  figure: shares("seeds in which a point of the polygon ends inside"),
});

/** The columns of a run at six moments, then its loss and its number of points over training. */
function courseOfOne(run: Run) {
  const { checkpoints } = run;
  const moments = [1, 10, 60, 150, 300, 500].map(
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
  const { states, plateau, newPoints } = historyOf(run);
  const size = { seeds: "this seed", width: 330, height: 260 };
  const loss = overTraining([run], summedLoss, {
    ...size,
    label: "summed loss",
    events: [
      { value: states[plateau]!.step, label: "first polygon" },
      ...newPoints.map((i) => ({ value: states[i]!.step, label: "new point" })),
    ],
  });
  return [...columns, loss, overTraining([run], directionCount, { ...size, label: "points on the polygon" })];
}

/** The share of seeds that meets the criterion; that of the control as if it had as many seeds as the cells. */
function shares(label: string) {
  return <T>({ cells, control }: Result<T>) => {
    const [all, seeds] = [[...cells, control], cells[0]!.of];
    const share = ({ satisfied, of, interval }: (typeof all)[number]) => ({
      count: Math.round((seeds * satisfied) / of),
      interval,
    });
    return charts.proportions({
      label,
      categories: all.map((o) => o.label),
      conditions: [{ label: "share of its seeds", seeds, of: byLabel(all, (o) => o.label, share) }],
      marks: [{ value: 0.5, label: "half" }],
    });
  };
}
