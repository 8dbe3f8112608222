import { charts, geometry, hypothesis, type Run, type State, scope } from "../../src/index.ts";
import { onSeedsFrom20000 } from "../helpers.ts";
import { firstSteps, tied } from "./setup.ts";

/** Tied, no bias, two hidden dimensions: how fast features are learned under GELU and ReLU (T5). */

/** The first checkpoint at which something is true; Infinity when it never is. */
const firstStep = (run: Run, is: (state: State) => boolean) =>
  run.checkpoints.find(is)?.step ?? Number.POSITIVE_INFINITY;

/** When four directions hold norm 0.8: columns that point the same way, within 1 − cos < 0.001, count together. */
const fourDirectionsStep = (run: Run) => firstStep(run, (state) => fourthDirection(state) >= 0.8);

const fourthDirection = ({ points }: State) =>
  geometry
    .directions(points)
    .directions.map((d) => d.norm)
    .sort((a, b) => b - a)[3] ?? 0;

const everyStep = (nonlinearity: "relu" | "gelu") =>
  scope("n", [10, 20, 50], (n) => onSeedsFrom20000(tied(nonlinearity, n), firstSteps(n, { steps: 400, every: 1 })));

hypothesis("T5 GELU learns faster, direction by direction", {
  row: "T5",
  role: "as printed",
  kind: "dynamics",
  claim:
    "In 2D, with 10, 20 or 50 features, a tied GELU model usually has four directions in fewer steps than a ReLU model with the same initial weights.",
  operationalisation:
    "Seed by seed, at the same constant rate: the first of 400 steps at which four directions hold norm 0.8, the norm of a direction being √Σ‖wᵢ‖² over the features in it (joined when 1 − cos < 0.001, as for T1). With fifty features this depends on the tolerance: at 0.05, which joins columns that are only near one another, ReLU is first in nearly every seed. “Faster” is in more than half of the seeds; a tie counts against the claim.",
  given: everyStep("gelu"),
  versus: everyStep("relu"),
  endPoints: false,
  observe: (run, other) => ({ GELU: fourDirectionsStep(run), ReLU: fourDirectionsStep(other) }),
  expect: { most: "GELU first", when: (o) => o.GELU < o.ReLU },
  control: { name: "GELU on both sides", versus: { model: tied("gelu", 10) } },
  figure: ({ cells }) => ({
    columns: 1,
    panels: cells.map((cell) =>
      charts.trajectory({
        ...thirtyRuns(cell, fourthDirection),
        label: "norm of the fourth-longest direction",
        caption: cell.label,
        levels: [{ value: 0.8, label: "learned" }],
      }),
    ),
  }),
});

/** Norm of the fourth-longest column. */
const fourthNorm = (state: State) => state.points.map((p) => Math.hypot(...p)).sort((a, b) => b - a)[3]!;

const fourFeaturesStep = (run: Run) => firstStep(run, (state) => fourthNorm(state) >= 0.8);

const everyTwelfthStep = (nonlinearity: "relu" | "gelu") =>
  scope("n", [10, 20, 50], (n) => onSeedsFrom20000(tied(nonlinearity, n), firstSteps(n, { steps: 600, every: 12 })));

hypothesis("T5b GELU learns faster, feature by feature", {
  row: "T5",
  role: "supporting",
  kind: "dynamics",
  claim:
    "In 2D, with 10, 20 or 50 features, single features reach their full norm in fewer steps under GELU than under ReLU, where features share directions.",
  operationalisation:
    "Seed by seed, at the same constant rate: the step at which four single features have norm 0.8 or more, seen every twelve steps up to step 600. Under ReLU features share directions, so this may never happen (∞): it says again that they share (T2).",
  given: everyTwelfthStep("gelu"),
  versus: everyTwelfthStep("relu"),
  endPoints: false,
  observe: (run, other) => ({ GELU: fourFeaturesStep(run), ReLU: fourFeaturesStep(other) }),
  expect: { nearlyAll: "GELU first", when: (o) => o.GELU < o.ReLU },
  control: { name: "GELU on both sides", versus: { model: tied("gelu", 10) } },
  figure: ({ cells }) =>
    charts.trajectory({
      ...thirtyRuns(cells[1]!, fourthNorm),
      label: "norm of the fourth-longest column",
      levels: [{ value: 0.8, label: "learned" }],
    }),
});

/** What thirty GELU runs and their ReLU counterparts go through, step by step. */
function thirtyRuns({ runs, others }: Record<"runs" | "others", readonly Run[]>, of: (state: State) => number) {
  const curves = (all: readonly Run[]) => all.slice(0, 30).map((run) => run.checkpoints.map(of));
  return {
    x: "log" as const,
    steps: runs[0]!.checkpoints.map((state) => state.step),
    conditions: [
      { label: "ReLU", runs: curves(others) },
      { label: "GELU, same starts", runs: curves(runs) },
    ],
    width: 720,
  };
}
