import { reading, written } from "../../explore/bottleneck.ts";
import { directions } from "../../geometry/directions.ts";
import { hullFaces } from "../../geometry/polyhedra/hull.ts";
import { apply, type Isometry } from "../../geometry/symmetry/isometry.ts";
import { canonicalOrientation } from "../../geometry/symmetry/orientation.ts";
import { norm, type Point } from "../../geometry/vector.ts";
import { decoded } from "../../models/decoding.ts";
import type { Model } from "../../models/model.ts";
import { chain } from "../../suite/thumbnail.ts";
import type { Run, State } from "../../train/run.ts";
import { matrixOf } from "./matrix.ts";
import type { Frame, Replay, Shape } from "./messages.ts";

/** What a run looks like from its start to its end. Turned as its end is in galleries, all frames the same way, so that nothing jumps. */
export function framesOf(run: Run): Omit<Replay, "remarks"> {
  const { model, recipe, status } = run;
  const states = [...run.checkpoints.filter(({ step }) => step < run.step), run].filter(finite);
  const last = states.at(-1);
  if (!last) throw new Error("nothing of this training is finite");
  const shown = (state: State) => written(state) ?? state.points;
  const readings = (state: State) => (written(state) ? reading(state) : null);
  const end = shown(last);
  const dimensions = end[0]!.length;
  const drawn = dimensions > 3 ? "matrix" : dimensions === 3 ? "space" : "plane";
  const turn = model.tied ? orientation(end) : null;
  const order = drawn === "matrix" ? chain(end) : [...end.keys()];
  const counted = countsDecoded(model) ? "features decoded" : "directions";

  const placed = (point: Point): Point => (turn ? apply(turn, point) : dimensions === 1 ? [...point, 0] : point);
  const paired = readings(last)?.length === end.length;
  const frames = states.map((state): Frame => {
    const points = shown(state).map(placed);
    const read = readings(state)?.map(placed) ?? null;
    const sorted = (all: readonly Point[]) => order.map((i) => all[i]!);
    return {
      step: state.step,
      loss: state.loss,
      gradientNorm: state.gradientNorm,
      learned:
        counted === "directions"
          ? directions(points).directions.length
          : decoded(model, state.parameters).filter(Boolean).length,
      points: sorted(points),
      // Outputs that are not the features (labels, say) have no place beside them in a matrix.
      reading: drawn !== "matrix" ? read : read && paired ? sorted(read) : null,
      shape: drawn === "space" ? shapeOf(points) : null,
    };
  });
  const combined = model.tied && model.loss === "mse";
  const reach = Math.max(...frames.map((frame) => reachOf(frame, drawn, combined)));
  // On the scale of where it diverged to, all that was before would be a point.
  const extent = status === "diverged" ? null : reach || 1;
  return { status, steps: recipe.steps, counted, drawn, combined, extent, frames };
}

const finite = ({ loss, parameters }: State) => Number.isFinite(loss) && parameters.every(Number.isFinite);

/** The orientation of galleries (suite/thumbnail.ts). */
function orientation(points: readonly Point[]): Isometry | null {
  if (points[0]!.length === 2) return canonicalOrientation(points).isometry;
  if (points[0]!.length !== 3) return null;
  const found = directions(points).directions;
  return found.length < 4 ? null : canonicalOrientation(found.map(({ unit }) => unit)).isometry;
}

/** Whether there is a sample for each feature, that asks for one output: the largest logit can be that. */
const countsDecoded = ({ loss, data, sizes }: Model) =>
  loss === "cross-entropy" &&
  data.inputs.length === sizes[0] &&
  data.targets.every((target) => target.filter((t) => t !== 0).length === 1);

function shapeOf(points: readonly Point[]): Shape {
  const found = directions(points);
  const vertices = found.directions.map(({ vector }) => vector);
  const counts = found.directions.map(({ members }) => members.length);
  return { vertices, faces: hullFaces(vertices), counts, atOrigin: found.unlearned.length };
}

function reachOf({ points, reading, shape }: Frame, drawn: Replay["drawn"], combined: boolean): number {
  if (drawn === "matrix") return Math.max(...matrixOf({ points, reading }).flat().map(Math.abs));
  const together = combined ? directions(points).directions.map((direction) => direction.norm) : [];
  return Math.max(0, ...(shape?.vertices ?? points).map(norm), ...(reading ?? []).map(norm), ...together);
}
