import { type DirectionOptions, directions } from "../../geometry/directions.ts";
import { polyhedron as hull } from "../../geometry/polyhedra/polyhedron.ts";
import { canonicalOrientation } from "../../geometry/symmetry/orientation.ts";
import { dot } from "../../geometry/vector.ts";
import type { State } from "../../train/run.ts";
import type { Drawing } from "../canvas/drawing.ts";
import { heatMap } from "../charts/heat-map.ts";
import { plane } from "./plane.ts";
import { polyhedron } from "./polyhedron.ts";

/**
 * The configuration that a run has learned, the same picture for the same configuration up to rotation, reflection and the
 * numbering of features: the plane for two hidden dimensions, the polyhedron of the directions for three, and the Gram
 * matrix of the embedding for others.
 */
export function configuration(
  state: Pick<State, "points">,
  { grouping = {}, ...caption }: { readonly caption?: string; readonly grouping?: DirectionOptions },
): Drawing {
  const hidden = state.points[0]!.length;
  if (hidden === 2)
    return plane({ ...caption, points: canonicalOrientation(state.points).points, combined: true, grouping });
  if (hidden === 3) {
    const found = directions(state.points, grouping);
    if (found.directions.length > 3) {
      const { points, features } = canonicalOrientation(found.directions.map((direction) => direction.vector));
      return polyhedron({
        ...caption,
        vertices: points,
        faces: hull(points).faces,
        counts: features.map((i) => found.directions[i]!.members.length),
        atOrigin: found.unlearned.length,
      });
    }
  }
  const gram = state.points.map((a) => state.points.map((b) => dot(a, b)));
  return heatMap({ ...caption, matrix: gram, label: "wᵢ · wⱼ" });
}
