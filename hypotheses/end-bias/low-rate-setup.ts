import { dynamics, type Run, type State } from "../../src/index.ts";
import { summedLoss } from "../helpers.ts";
import { outline } from "./setup.ts";

/** What a run at a low rate goes through (B7). */

/** Time is rate/n² × step, the step's size on the summed loss, so that it means the same at every n. */
export const timeOf = (run: Run, state: State) => state.step * (run.recipe.rate.max / run.model.sizes[0]! ** 2);

export const lowRateWords =
  "At a constant rate of 0.2 n, 50,000 steps, about 75 checkpoints evenly spaced in the logarithm of the step. The first polygon is that of the checkpoint of least |dL/d ln t| between times 5 and 50 (rate/n² × step).";

/** Several hypotheses observe the same runs, each its own copy of them: kept by the whole condition and the seed. */
const histories = new Map<string, ReturnType<typeof readHistory>>();

export function historyOf(run: Run) {
  const key = JSON.stringify([run.model, run.recipe, run.seed]);
  const history = histories.get(key) ?? readHistory(run);
  histories.set(key, history);
  return history;
}

/** From time 3 on. `plateau` and `newPoints` are positions in the lists of checkpoints, losses and polygons. */
function readHistory(run: Run) {
  const states = run.checkpoints.filter((state) => timeOf(run, state) >= 3);
  const times = states.map((state) => timeOf(run, state));
  const losses = states.map(summedLoss);
  const polygons = states.map(outline);
  const counts = polygons.map((polygon) => polygon.vertices.length);
  /** Where the first polygon stands. */
  const plateau = dynamics.plateau(times, losses, [5, 50]) ?? states.length - 1;
  /** Where there are more points than at any checkpoint since the first polygon. */
  const newPoints = dynamics.newHighs(counts, plateau);
  return { states, losses, polygons, plateau, newPoints };
}
