import {
  always,
  compose,
  hypothesis,
  often,
  type PopulationResult,
  plane,
  proportions,
  type Run,
  trajectory,
  verdictLine,
} from "../../src/index.ts";
import { historyOf, lowReading, timeOf } from "./end-bias-low-rate-setup.ts";
import {
  atLowRate,
  biased,
  bothCodes,
  fresh,
  section,
  shown,
  steady,
  summedLoss,
  tally,
} from "./end-bias-setup.ts";

/** Tied, end bias, at a low rate: what happens in what order (B7 to B7e). */

type Outline = {
  "points of the first polygon": number;
  "first polygon regular": boolean;
  "a gap opens": boolean;
  "new points": number;
  "points sent inside": number;
};

function course(run: Run): Outline {
  const h = historyOf(run);
  return {
    "points of the first polygon": h.first.vertices,
    "first polygon regular": h.first.regular,
    "a gap opens": h.gapOpens,
    "new points": h.appearances.length,
    "points sent inside": h.sentInside,
  };
}

const judged = `${lowReading} The control, in which no seed comes near, is decided by 64 seeds.`;
const underGelu = {
  name: "GELU, 64 seeds, 10,000 steps",
  model: biased(20, "torch", "gelu"),
  recipe: { ...steady(20), steps: 10_000 },
  seeds: fresh(64),
};
const witness: Outline = {
  "points of the first polygon": 6,
  "first polygon regular": true,
  "a gap opens": true,
  "new points": 1,
  "points sent inside": 0,
};

const strip = (title: string) => (result: PopulationResult<Outline>) => {
  const sample = result.cells[0]!;
  const all = (v: Outline | null) => Boolean(v?.["a gap opens"] && v["new points"] > 0);
  const index = Math.max(0, sample.values.findIndex(all));
  const run = sample.ensemble.runs[index]!;
  const h = historyOf(run);
  const moments = [1, 10, 60, 150, 300, 500].map(
    (time) => run.checkpoints.find((state) => timeOf(run, state) >= time) ?? run.checkpoints.at(-1)!,
  );
  const extent = Math.max(...moments.flatMap((state) => state.points.map((p) => Math.hypot(...p))));
  return compose({ title: `${title} (seed ${run.seed})`, subtitle: verdictLine(result), columns: 3 }, [
    ...moments.map((state) =>
      plane({
        caption: `time ${timeOf(run, state).toFixed(0)}: ${shown(state)} points, loss ${summedLoss(state).toFixed(2)}`,
        points: state.points,
        values: { of: state.outputBias!, label: "end bias" },
        extent,
        hull: false,
        width: 220,
        grouping: { tolerance: 0.01 },
      }),
    ),
    trajectory({
      label: "summed loss",
      x: "log",
      steps: run.checkpoints.map((state) => state.step),
      conditions: [{ label: "this seed", runs: [run.checkpoints.map(summedLoss)] }],
      events: [
        { value: h.states[h.plateau]!.step, label: "first polygon" },
        ...h.appearances.map((i) => ({ value: h.states[i]!.step, label: "new point" })),
      ],
      width: 330,
      height: 260,
    }),
    trajectory({
      label: "points on the polygon",
      x: "log",
      steps: run.checkpoints.map((state) => state.step),
      conditions: [{ label: "this seed", runs: [run.checkpoints.map(shown)] }],
      width: 330,
      height: 260,
    }),
  ]);
};

hypothesis("B7 at a low rate: a polygon, a gap, new points, some sent inside, in every seed", {
  claim:
    "At a low rate every seed goes through the same outline: first a polygon; it opens a gap; further points appear on it; then some are sent inside.",
  section,
  kind: "dynamics",
  reading: `As printed, all of it in at least 95 % of seeds. ${judged} A gap: some later checkpoint at which the largest angle between neighbours is more than 1.25 times 2π over their number. New points: more directions than at any earlier checkpoint since the first polygon. Sent inside: a feature that was a vertex and in the end is none, or lies inside the convex hull of the vertices by more than 2 % of the longest.`,
  given: bothCodes([20], atLowRate),
  endPoints: false,
  observe: course,
  expect: always(
    (o: Outline) =>
      o["first polygon regular"] && o["a gap opens"] && o["new points"] > 0 && o["points sent inside"] > 0,
    "polygon, gap, new points, points sent inside",
  ),
  control: underGelu,
  witness: { ...witness, "points sent inside": 1 },
  figure: strip("Twenty features at a low rate"),
});

const polygons = ["3", "4", "5", "6", "7", "8", "not regular"];

hypothesis("B7b the first polygon is a hexagon", {
  claim: "At a low rate the model first learns a regular polygon, normally a hexagon.",
  section,
  kind: "dynamics",
  reading: `Six points with angles within 0.15 rad of 60°, in more than half of the seeds, at ten and twenty features. ${judged}`,
  given: bothCodes([10, 20], atLowRate),
  endPoints: false,
  observe: course,
  expect: often(
    (o: Outline) => o["points of the first polygon"] === 6 && o["first polygon regular"],
    "first a regular hexagon",
  ),
  control: underGelu,
  witness,
  figure: (result) =>
    compose({ title: "Points of the first polygon", subtitle: verdictLine(result) }, [
      proportions({
        label: "regular polygons by their number of points, at the plateau of the loss",
        categories: polygons,
        conditions: [...result.cells, result.control].map((o) => ({
          label: o.label,
          seeds: o.values.length,
          of: tally(polygons, o.values, (v) =>
            v["first polygon regular"] ? String(v["points of the first polygon"]) : "not regular",
          ),
        })),
      }),
    ]),
});

const shareFigure =
  (title: string, what: string, is: (o: Outline) => boolean) => (result: PopulationResult<Outline>) =>
    compose({ title, subtitle: verdictLine(result) }, [
      proportions({
        label: what,
        categories: [...result.cells, result.control].map((o) => o.label),
        conditions: [
          {
            label: "share of its seeds",
            seeds: 256,
            of: Object.fromEntries(
              [...result.cells, result.control].map((o) => [
                o.label,
                {
                  count: Math.round((256 * o.values.filter((v) => v && is(v)).length) / o.values.length),
                  interval: o.proportion,
                },
              ]),
            ),
          },
        ],
        marks: [{ value: 0.5, label: "half" }],
      }),
    ]);

hypothesis("B7c the polygon opens a gap", {
  claim:
    "At a low rate the polygon of twenty features then distorts and opens a gap beside one of its points.",
  section,
  kind: "dynamics",
  reading: `In more than half of the seeds some checkpoint after the first polygon has a largest angle between neighbours above 1.25 times 2π over their number. ${judged}`,
  given: bothCodes([20], atLowRate),
  endPoints: false,
  observe: course,
  expect: often((o: Outline) => o["a gap opens"], "a gap"),
  control: underGelu,
  figure: shareFigure("A gap opens in the polygon", "seeds in which a gap opens", (o) => o["a gap opens"]),
});

hypothesis("B7d new points appear on the polygon", {
  claim: "At a low rate further points appear on the polygon of twenty features after it has stood.",
  section,
  kind: "dynamics",
  reading: `In more than half of the seeds, within 50,000 steps, some checkpoint has more directions than any since the first polygon. ${judged}`,
  given: bothCodes([20], atLowRate),
  endPoints: false,
  observe: course,
  expect: often((o: Outline) => o["new points"] > 0, "new points"),
  control: underGelu,
  witness,
  figure: shareFigure(
    "New points on the polygon within 50,000 steps",
    "seeds in which new points appear",
    (o) => o["new points"] > 0,
  ),
});

hypothesis("B7e some points are sent inside", {
  claim: "At a low rate the model, having learned too many, sends some points inside the polygon.",
  section,
  kind: "dynamics",
  reading: `In more than half of the seeds a feature that was on the polygon after it first stood is not on it in the end: either inside the convex hull of the vertices by more than 2 % of the longest, or no vertex any more (own output below 1/4, or column shorter than 0.5); at ten features, where most runs reach an end, and at twenty. ${judged}`,
  given: bothCodes([10, 20], atLowRate),
  endPoints: false,
  observe: course,
  expect: often((o: Outline) => o["points sent inside"] > 0, "points sent inside"),
  control: underGelu,
  witness: { ...witness, "points sent inside": 1 },
  figure: shareFigure(
    "Points sent inside the polygon",
    "seeds in which a point of the polygon ends inside",
    (o) => o["points sent inside"] > 0,
  ),
});
