import { fail, finite } from "../../util/check.ts";
import { mean } from "../../util/numbers.ts";
import type { Drawing } from "../canvas/drawing.ts";
import { textWidth } from "../canvas/fonts.ts";
import { discSwatch, type LegendEntry, legend } from "../canvas/legend.ts";
import { bold, disc, line, type Point, polygon, text } from "../canvas/pen.ts";
import { fixed } from "../canvas/scale.ts";
import { lighten, mix, palette, textSize, translucent } from "../canvas/style.ts";
import { type Camera, checkSolid, project, type Solid } from "./projection.ts";

interface PolyhedronOptions extends Solid {
  readonly caption?: string;
  /** Features at each vertex; those above 1 are written beside it. */
  readonly counts?: readonly number[];
  /** Features not learned, mentioned in the legend. */
  readonly atOrigin?: number;
  /** Where it is seen from; from a little above, by default. */
  readonly camera?: Camera;
  /** The largest norm that fits, for pictures that must share a scale; by default the largest in this one. */
  readonly extent?: number;
}

const width = 300;
const height = width - 30;
export const usualCamera: Camera = { azimuth: 25, elevation: 20 };

const { muted, green, gelu, relu, purple, amber } = palette;
const degreeColour = (degree: number): string => [muted, muted, muted, green, gelu, relu, purple][degree] ?? amber;

/**
 * A polyhedron in space, seen by a camera: the far side pale and thin, the faces translucent, vertices coloured by
 * degree (the number of edges that meet there) and larger for a larger norm. The order of vertices and faces does not matter.
 * Throws InputError on coordinates that are not finite and on faces of unknown vertices.
 */
export function polyhedron(options: PolyhedronOptions): Drawing {
  const { caption, counts, atOrigin = 0, camera = usualCamera } = options;
  checkSolid(options);
  if (counts && counts.length !== options.vertices.length)
    fail("number of counts", counts.length, `one a vertex, ${options.vertices.length}`);

  const norms = options.vertices.map((v) => Math.hypot(...v));
  const reach = finite("largest norm of the vertices", options.extent ?? Math.max(...norms), 0, true);
  const unit = (height / 2 - 24) / reach;
  const seen = project(options, { camera, reach, unit, centre: [width / 2, height / 2] });
  const usual = mean(norms);

  const degrees = [...new Set(seen.vertices.map((v) => v.degree))].sort((a, b) => a - b);
  const byDegree = degrees.map((degree): LegendEntry => {
    const own = seen.vertices.filter((v) => v.degree === degree).map((v) => norms[v.index]!);
    const [lo, hi] = [Math.min(...own), Math.max(...own)].map((n) => fixed(n, 3));
    const norm = lo === hi ? `norm ${lo}` : `norms ${lo} to ${hi}`;
    const what = degree === 0 ? "inside the hull" : `of degree ${degree}`;
    const swatch = discSwatch({ fill: degreeColour(degree) }, 5);
    return { swatch, label: `${own.length} ${what}, ${norm}` };
  });
  const key = legend(
    [
      ...byDegree,
      counts?.some((count) => count > 1) && {
        swatch: (ctx, at) => text(ctx, "×k", at, { size: textSize.tick, weight: "bold", align: "center" }),
        label: "k features in one direction",
      },
      atOrigin > 0 && {
        swatch: discSwatch({ stroke: palette.ink, width: 1.5 }),
        label: `at the origin: ${atOrigin}`,
      },
    ],
    width,
  );

  return {
    width,
    height: height + 6 + key.height,
    caption,
    draw(ctx) {
      const vertex = (v: (typeof seen.vertices)[number]) => {
        const colour = lighten(degreeColour(v.degree), v.front ? 0 : 0.5);
        // Norms of a learned shape differ by a few per cent: exaggerate, or nobody sees it.
        const radius = 6.5 * Math.max(0.45, Math.min(1.7, 1 + 3 * (norms[v.index]! / usual - 1)));
        disc(ctx, v.at, radius, { fill: colour, stroke: palette.paper, width: 1.25 });
        if (counts && counts[v.index]! > 1) {
          const content = `×${counts[v.index]}`;
          const [dx, dy] = [v.at[0] - width / 2, v.at[1] - height / 2];
          const [cos, sin] = [dx, dy].map((d) => d / Math.max(1, Math.hypot(dx, dy))) as [number, number];
          const half = textWidth(content, textSize.body, "bold") / 2;
          const away = radius + 3 + half * Math.abs(cos) + 7 * Math.abs(sin);
          const label: Point = [v.at[0] + away * cos, v.at[1] + away * sin];
          text(ctx, content, label, { ...bold, size: textSize.body, colour: v.front ? palette.ink : muted });
        }
      };
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
