import { inside, leftOutline, newHighs, plateau, type Run, type State } from "../../src/index.ts";
import { shape, steady, summedLoss } from "./end-bias-setup.ts";

/**
 * What the hypotheses about training at a low rate share (B7): what a run goes through. A point on the polygon ("vertex") is a
 * direction of features whose own output is above 1/4 and whose column is longer than 0.5; columns join when 1 − cos < 0.01.
 * Time is rate/n² × step, the step's size on the summed loss, so that it means the same at every n.
 */

/** What a run at a low rate went through. The plateau is the checkpoint of least |dL/d ln t| between times 5 and 50. */
interface History {
  /** The checkpoints from time 3 on, to which the indices below refer. */
  readonly states: readonly State[];
  readonly plateau: number;
  readonly first: { readonly vertices: number; readonly regular: boolean };
  readonly gapOpens: boolean;
  readonly appearances: readonly number[];
  readonly losses: readonly number[];
  /** Features that were vertices at some checkpoint from the plateau on and in the end are inside the polygon, or none. */
  readonly sentInside: number;
}

export const timeOf = (run: Run, state: State) => state.step * rateOf(run);
const rateOf = (run: Run) => steady(run.model.sizes[0]!).rate.max / run.model.sizes[0]! ** 2;

/** Every history is needed by several hypotheses; a model of theirs is trained at a low rate in one way only. */
const histories = new Map<string, History>();

export function historyOf(run: Run): History {
  const { nonlinearity } = run.model.layers[1]!;
  const key = `${run.model.sizes[0]} ${run.model.initialisation.scheme} ${nonlinearity} ${run.seed}`;
  const known = histories.get(key);
  if (known) return known;
  const states = run.checkpoints.filter((state) => timeOf(run, state) >= 3);
  const outlines = states.map(shape);
  const vertices = outlines.map((o) => o.vertices.length);
  const losses = states.map(summedLoss);
  const at =
    plateau(
      states.map((state) => timeOf(run, state)),
      losses,
      [5, 50],
    ) ?? states.length - 1;
  const later = outlines.slice(at);
  const ended = shape(run).vertices.flatMap((v) => v.members);
  const within = inside(ended.map((f) => run.points[f]!)).map((f) => ended[f]!);
  const outlineOf = (o: (typeof later)[number]) => o.vertices.flatMap((v) => v.members);
  const history = {
    states,
    plateau: at,
    first: { vertices: vertices[at]!, regular: outlines[at]!.angleError < 0.15 },
    gapOpens: later.some((o) => o.vertices.length >= 3 && o.gap > 1.25),
    appearances: newHighs(vertices, at),
    losses,
    sentInside: leftOutline([...later.map(outlineOf), ended.filter((f) => !within.includes(f))]).length,
  };
  histories.set(key, history);
  return history;
}

export const lowReading =
  "At a constant rate of 0.2 n, 50,000 steps, about 75 checkpoints evenly spaced in the logarithm of the step. The first polygon is the one at the checkpoint of least |dL/d ln t| between times 5 and 50 (rate/n² × step).";
