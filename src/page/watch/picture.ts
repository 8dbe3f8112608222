import type { Drawing } from "../../figures/canvas/drawing.ts";
import { text } from "../../figures/canvas/pen.ts";
import { textSize } from "../../figures/canvas/style.ts";
import { heatMap } from "../../figures/charts/heat-map.ts";
import { plane } from "../../figures/shapes/plane.ts";
import { polyhedron } from "../../figures/shapes/polyhedron.ts";
import type { Camera } from "../../figures/shapes/projection.ts";
import { matrixOf } from "./matrix.ts";
import type { Frame, Replay } from "./messages.ts";

/** The configuration in a frame, on the scale that all frames share. */
export function picture({ drawn, combined, extent }: Replay, frame: Frame, camera: Camera): Drawing {
  const { points, reading, shape } = frame;
  if (drawn === "matrix") {
    const label = reading ? "uᵢ · wⱼ" : "wᵢ · wⱼ";
    return heatMap({ matrix: matrixOf(frame), label, ...(extent !== null && { limit: extent }) });
  }
  const scale = extent !== null && { extent };
  if (shape) return shape.vertices.length > 0 ? polyhedron({ ...shape, camera, ...scale }) : empty;
  const both = reading && { label: "written", second: { points: reading, label: "read" } };
  return plane({ points, combined, ...scale, ...both });
}

/** What has no direction has no place in space. */
const empty: Drawing = {
  width: 300,
  height: 300,
  draw: (ctx) => text(ctx, "every feature is at the origin", [150, 150], { size: textSize.body, align: "center" }),
};
