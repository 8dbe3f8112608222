import { fail, finite } from "../../util/check.ts";
import type { Drawing } from "../canvas/drawing.ts";
import { textWidth } from "../canvas/fonts.ts";
import { discSwatch, type LegendEntry, legend, lineSwatch } from "../canvas/legend.ts";
import { disc, line, type Point, polygon, text } from "../canvas/pen.ts";
import { fixed } from "../canvas/scale.ts";
import { lighten, mix, palette, textSize, translucent } from "../canvas/style.ts";
import { type Camera, checkSolid, project, type Solid } from "./projection.ts";

export interface PolyhedronOptions extends Solid {
  readonly caption?: string;
  /** Features at each vertex; those above 1 are written beside it. */
  readonly counts?: readonly number[];
  /** An ideal shape, as thick lines behind. */
  readonly ghost?: Solid & { readonly label: string };
  /** Features not learned, mentioned in the legend. */
  readonly atOrigin?: number;
  /** Where the eye is, in degrees; 25 around and 20 above by default. */
  readonly camera?: Camera;
  /** Width of the panel in CSS pixels, 300 by default. */
  readonly width?: number;
}

const byDegree = [
  palette.muted,
  palette.muted,
  palette.muted,
  palette.green,
  palette.gelu,
  palette.relu,
  palette.purple,
];
const degreeColour = (degree: number): string => byDegree[degree] ?? palette.amber;

/**
 * A polyhedron in space, seen by a fixed camera: the far side pale and thin, the faces translucent, vertices coloured by
 * degree (the number of edges that meet there) and larger for a larger norm. The order of vertices and faces does not matter.
 * Throws InputError on coordinates that are not finite and on faces of unknown vertices.
 */
export function polyhedron(options: PolyhedronOptions): Drawing {
  const {
    caption,
    counts,
    ghost,
    width = 300,
    atOrigin = 0,
    camera = { azimuth: 25, elevation: 20 },
  } = options;
  checkSolid("", options);
  if (ghost) checkSolid("ghost ", ghost);
  if (counts && counts.length !== options.vertices.length)
    fail("number of counts", counts.length, `one a vertex, ${options.vertices.length}`);

  const norms = options.vertices.map((v) => Math.hypot(...v));
  const reach = Math.max(...norms, ...(ghost?.vertices ?? []).map((v) => Math.hypot(...v)));
  finite("largest norm of the vertices", reach, 0, true);
  const height = width - 30;
  const unit = (height / 2 - 24) / reach;
  const view = { camera, reach, unit, centre: [width / 2, height / 2] as Point };
  const seen = project(options, view);
  const ideal = ghost && project(ghost, view);
  const mean = norms.reduce((sum, n) => sum + n, 0) / norms.length;

  const key = legend(entries(), width);

  function entries(): LegendEntry[] {
    const degrees = [...new Set(seen.vertices.map((v) => v.degree))].sort((a, b) => a - b);
    const list: LegendEntry[] = degrees.map((degree) => {
      const own = seen.vertices.filter((v) => v.degree === degree).map((v) => norms[v.index]!);
      const [lo, hi] = [Math.min(...own), Math.max(...own)].map((n) => fixed(n, 3));
      const norm = lo === hi ? `norm ${lo}` : `norms ${lo} to ${hi}`;
      const what = degree === 0 ? "inside the hull" : `of degree ${degree}`;
      return {
        swatch: discSwatch({ fill: degreeColour(degree) }, 5),
        label: `${own.length} ${what}, ${norm}`,
      };
    });
    if (ghost) list.push({ swatch: lineSwatch({ stroke: palette.amber, width: 3 }), label: ghost.label });
    if (counts?.some((count) => count > 1))
      list.push({
        swatch: (ctx, at) => text(ctx, "×k", at, { size: textSize.tick, weight: "bold", align: "center" }),
        label: "k features in one direction",
      });
    if (atOrigin > 0)
      list.push({
        swatch: discSwatch({ stroke: palette.ink, width: 1.5 }),
        label: `at the origin: ${atOrigin}`,
      });
    return list;
  }

  return {
    width,
    height: height + 6 + key.height,
    caption,
    draw(ctx) {
      const vertex = (v: (typeof seen.vertices)[number]) => {
        const colour = lighten(degreeColour(v.degree), v.front ? 0 : 0.5);
        // Norms of a learned shape differ by a few per cent: exaggerate, or nobody sees it.
        const radius = 6.5 * Math.max(0.45, Math.min(1.7, 1 + 3 * (norms[v.index]! / mean - 1)));
        disc(ctx, v.at, radius, { fill: colour, stroke: palette.paper, width: 1.25 });
        if (counts && counts[v.index]! > 1) {
          const content = `×${counts[v.index]}`;
          const [dx, dy] = [v.at[0] - width / 2, v.at[1] - height / 2];
          const [cos, sin] = [dx, dy].map((d) => d / Math.max(1, Math.hypot(dx, dy))) as [number, number];
          const half = textWidth(content, textSize.body, "bold") / 2;
          const away = radius + 3 + half * Math.abs(cos) + 7 * Math.abs(sin);
          const label: Point = [v.at[0] + away * cos, v.at[1] + away * sin];
          text(ctx, content, label, {
            size: textSize.body,
            weight: "bold",
            align: "center",
            halo: true,
            colour: v.front ? palette.ink : palette.muted,
          });
        }
      };
      for (const edge of ideal?.edges ?? [])
        line(ctx, edge.from, edge.to, {
          stroke: lighten(palette.amber, edge.front ? 0.1 : 0.55),
          width: edge.front ? 5 : 3,
        });
      for (const edge of seen.edges.filter((e) => !e.front))
        line(ctx, edge.from, edge.to, { stroke: "#a9b1bd", width: 1.1, dash: [4, 3] });
      for (const v of seen.vertices.filter((v) => !v.front)) vertex(v);
      for (const face of seen.faces.filter((f) => f.front))
        polygon(ctx, face.corners, { fill: translucent(mix("#3d5a80", "#cfe0f3", face.light), 0.42) });
      for (const edge of seen.edges.filter((e) => e.front))
        line(ctx, edge.from, edge.to, { stroke: palette.ink, width: 1.8 });
      for (const v of seen.vertices.filter((v) => v.front)) vertex(v);
      key.draw(ctx, [0, height + 6]);
    },
  };
}
