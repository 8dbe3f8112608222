import { dynamics, geometry, models, type Run, type State } from "../../src/index.ts";
import { indices, seedsFrom20000, summedLoss } from "../helpers.ts";
import { highRate, lowRate, near, outline, timeAtTheEnd, underBothSchemes, withEndBias } from "./setup.ts";

/** What a run at a constant rate goes through (B7). */

export const timeOf = (run: Run, state: State) => state.step * (run.recipe.rate.max / run.model.sizes[0]! ** 2);

const courseOf = (training: string) =>
  `Time is rate/n² × step. ${training}, evenly spaced in the logarithm of the step. The points of a polygon are the directions of features whose own output is above 1/4 and whose column is longer than 0.5. The first polygon is that of the checkpoint of least |dL/d ln t| between times 5 and 50.`;
export const courseWords = courseOf(
  `Ten features are trained to time ${timeAtTheEnd(10).toLocaleString("en")}, when nearly all have converged, twenty to ${timeAtTheEnd(20).toLocaleString("en")}; 160 checkpoints`,
);

/** Of twenty features a seed costs a second or so. */
const seeds = seedsFrom20000(256);
/** Populations of ten and twenty features under both initialisation schemes: "n = 10, older code". */
export const atLowRate = (sizes: readonly number[] = [10, 20]) =>
  underBothSchemes(withEndBias, sizes, (n) => ({ recipe: lowRate(n), seeds }));
const atHighRate = underBothSchemes(withEndBias, [10, 20], (n) => ({ recipe: highRate(n), seeds }));
const labelled = <T>(suffix: string, cells: Readonly<Record<string, T>>) =>
  Object.fromEntries(Object.entries(cells).map(([label, cell]) => [`${label}, ${suffix}`, cell]));
/** "n = 10, older code, low rate" and so on. */
export const atBothRates = { ...labelled("low rate", atLowRate()), ...labelled("high rate", atHighRate) };

/** The random start of one seed among the first 256, which goes through all that the note describes. */
const [x, y, bias1] = [0, 10, 20].map((from) =>
  [...models.initialise(withEndBias(10, "torch-tied-bias"), 35)].slice(from, from + 10),
);
export const oneStart = {
  name: "the random start of one seed that does so, moved by noise of 0.001, at the high rate",
  model: near({ weight0: [...x!, ...y!], bias1: bias1! }, 0.001),
  recipe: highRate(10),
  seeds: seedsFrom20000(),
};

/** Several hypotheses observe the same runs, each its own copy of them: kept by the whole condition and the seed. */
const histories = new Map<string, ReturnType<typeof readHistory>>();

export function historyOf(run: Run) {
  const key = JSON.stringify([run.model, run.recipe, run.seed]);
  const history = histories.get(key) ?? readHistory(run);
  histories.set(key, history);
  return history;
}

const never = Number.POSITIVE_INFINITY;

/** The time from which on events are looked for. */
export const eventsAfter = 3;
export const shortCourseWords = courseOf(`200 checkpoints, of which those before time ${eventsAfter} are left out`);

/**
 * From then on. Events are positions in the list of checkpoints. `gap`: where the polygon has shifted away from one of its
 * points. `left`: for each feature that was on the polygon and is not at the end, where it was gone for good.
 */
function readHistory(run: Run) {
  const states = run.checkpoints.filter((state) => timeOf(run, state) >= eventsAfter);
  const times = states.map((state) => timeOf(run, state));
  const losses = states.map(summedLoss);
  const polygons = states.map(outline);
  const counts = polygons.map((polygon) => polygon.vertices.length);
  /** Where the first polygon stands. */
  const plateau = dynamics.plateau(times, losses, [5, 50]) ?? states.length - 1;
  /** Where there are more points than at any checkpoint since the first polygon. */
  const newPoints = dynamics.newHighs(counts, plateau);
  const gap = polygons.findIndex((polygon, i) => i > plateau && roomBesideAPoint(polygon.vertices) > 1.25);
  const corners = states.map((state, i) => cornersOf(state, polygons[i]!));
  const last = indices(run.points.length).map((feature) => corners.findLastIndex((on) => on.has(feature)));
  const left = last.filter((at) => at >= plateau && at < states.length - 1).map((at) => at + 1);
  const { vertices, angleError } = polygons[plateau]!;
  return {
    steps: states.map((state) => state.step),
    times,
    losses,
    counts,
    plateau,
    firstPolygon: { points: vertices.length, regular: angleError < 0.15 },
    gap: gap < 0 ? never : gap,
    newPoints,
    left,
  };
}

/** The largest mean of a point's angles to its two neighbours, in units of 2π over the number of points; 0 for fewer than three. */
function roomBesideAPoint(vertices: readonly { readonly angle: number }[]): number {
  const k = vertices.length;
  if (k < 3) return 0;
  const angle = (i: number) => vertices[i % k]!.angle + 2 * Math.PI * Math.floor(i / k);
  return Math.max(...indices(k).map((i) => (angle(i + 2) - angle(i)) / 2)) / ((2 * Math.PI) / k);
}

/** The features on the polygon, without those that lie inside the convex hull of all of them by more than 2 % of the longest column. */
function cornersOf(state: State, { vertices }: ReturnType<typeof outline>): ReadonlySet<number> {
  const on = vertices.flatMap(({ members }) => members);
  const inside = geometry.inside(on.map((feature) => state.points[feature]!));
  return new Set(on.filter((_, i) => !inside.includes(i)));
}

/** What happens to the first polygon, and in what order. */
export function course(run: Run) {
  const { firstPolygon, gap, newPoints, left } = historyOf(run);
  const events = [
    { name: "gap", at: gap },
    { name: "new point", at: newPoints[0] ?? never },
    { name: "sent inside", at: Math.min(never, ...left) },
  ];
  const happened = events.filter(({ at }) => at < never).sort((a, b) => a.at - b.at);
  const pointAfterGap = newPoints.find((at) => at > gap) ?? never;
  return {
    "first polygon": `${firstPolygon.regular ? "regular" : "irregular"} ${firstPolygon.points}-gon`,
    "what happens first, in order": happened.map(({ name }) => name).join(", ") || "nothing",
    "new points": newPoints.length,
    "points sent inside": left.length,
    "regular, then a gap, then a new point, then one sent inside":
      firstPolygon.regular && left.some((at) => at > pointAfterGap),
  };
}
