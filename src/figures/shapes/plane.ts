import type { SKRSContext2D } from "canvas";
import type { DirectionOptions } from "../../geometry/directions.ts";
import { convexHull } from "../../geometry/plane/convex-layers.ts";
import { fail, finite } from "../../util/check.ts";
import { cross } from "../canvas/axes.ts";
import { colourBar, colourBarHeight, colourScale } from "../canvas/colour-scale.ts";
import type { Drawing } from "../canvas/drawing.ts";
import { textWidth } from "../canvas/fonts.ts";
import { diamondSwatch, discSwatch, legend, lineSwatch } from "../canvas/legend.ts";
import { bold, diamond, disc, line, type Paint, type Point, polygon, text } from "../canvas/pen.ts";
import { lighten, palette, textSize, translucent } from "../canvas/style.ts";
import { type Ray, rays, type Vector } from "./plane-layout.ts";

export interface PlaneOptions {
  readonly caption?: string;
  /** One [x, y] a feature: the columns of a 2 × features embedding. */
  readonly points: readonly Vector[];
  /** What a point is, for the legend; "feature" by default. */
  readonly label?: string;
  /** A second set in another colour and mark, such as the directions that the unembedding reads. */
  readonly second?: { readonly points: readonly Vector[]; readonly label: string };
  /** One number a point (a bias, say), shown as its colour. */
  readonly values?: { readonly of: readonly number[]; readonly label: string };
  /** An ideal construction, outlined behind the points. */
  readonly ghost?: { readonly points: readonly Vector[]; readonly label: string };
  /**
   * Where several features share a direction, ring the norm √Σ‖w‖² they have together, and draw the hull through
   * these: for a ReLU model only this sum is determined. Off by default.
   */
  readonly combined?: boolean;
  /** Outline the convex hull of the points (not of the second set); on by default. */
  readonly hull?: boolean;
  /** How points are grouped into directions; as `directions` does by default. */
  readonly grouping?: DirectionOptions;
  /** The largest norm that fits, for panels that must share a scale; by default the largest in this one, at least 1. */
  readonly extent?: number;
  /** Width of the panel in CSS pixels, 300 by default. */
  readonly width?: number;
}

/** Room around the largest norm for marks and counts. */
const rim = 30;

/** Where a count may stand, outwards and aside of its place, best first. */
const spots: readonly Point[] = [0, 8, -8, 16, -16, 24, -24, 32, -32, 40, -40, 48, -48].flatMap((aside): Point[] => [
  [0, aside],
  [12, aside],
]);

/**
 * A configuration in the plane: a ray from the origin for each direction, a tick at each member's norm, a count
 * where several features share the direction, and those at the origin counted in the legend.
 * Throws InputError on coordinates that are not finite.
 */
export function plane(options: PlaneOptions): Drawing {
  const { second, ghost, values, caption, width = 300, combined = false, grouping = {} } = options;
  if (values && values.of.length !== options.points.length)
    fail("number of values", values.of.length, `one a point, ${options.points.length}`);
  for (const [i, value] of (values?.of ?? []).entries()) finite(`value of point ${i}`, value);
  const first = rays(options.points, values?.of, grouping);
  const other = second && rays(second.points, undefined, grouping);
  const behind = ghost && rays(ghost.points, undefined, grouping);

  /** What the hull goes through. */
  const ends = ({ angle, combinedNorm, members }: Ray): Vector[] =>
    combined ? [[combinedNorm * Math.cos(angle), combinedNorm * Math.sin(angle)]] : members.map((m) => [m.x, m.y]);
  const reach = (ray: Ray) => Math.max(ray.members.at(-1)!.norm, combined ? ray.combinedNorm : 0);
  const all = [...first.rays, ...(other?.rays ?? []), ...(behind?.rays ?? [])];
  const extent = finite("extent", options.extent ?? Math.max(1, ...all.map(reach)), 0, true);
  const unit = (width / 2 - rim) / extent;
  const at = (x: number, y: number): Point => [width / 2 + x * unit, width / 2 - y * unit];
  const along = (angle: number, norm: number) => at(norm * Math.cos(angle), norm * Math.sin(angle));

  const outline = (points: readonly Vector[]) => convexHull(points).map((i) => at(points[i]![0]!, points[i]![1]!));
  const sets = [
    { rays: first.rays, colour: (values ? palette.muted : palette.relu) as string, mark: disc, radius: 4.5 },
    ...(other ? [{ rays: other.rays, colour: palette.gelu as string, mark: diamond, radius: 5 }] : []),
  ];
  const colours = values && colourScale(values.of);
  const ring: Paint = { stroke: palette.relu, width: 1.5, dash: [2, 2] };
  const open = (stroke: string): Paint => ({ fill: palette.paper, stroke, width: 1.5 });
  const isShared = (ray: Ray) => ray.members.length > 1;
  const counted = sets.some((set) => set.rays.some(isShared)) ? " (×k: k in one direction)" : "";
  const key = legend(
    [
      {
        swatch: discSwatch(values ? { fill: palette.faint, stroke: palette.ink } : { fill: palette.relu }),
        label: `${options.label ?? "feature"}${counted}`,
      },
      second && { swatch: diamondSwatch({ fill: palette.gelu }), label: second.label },
      combined && first.rays.some(isShared) && { swatch: discSwatch(ring, 6), label: "together: √Σ‖w‖²" },
      first.atOrigin > 0 && {
        swatch: discSwatch(open(palette.ink)),
        label: `at the origin: ${first.atOrigin}`,
      },
      other &&
        other.atOrigin > 0 && {
          swatch: discSwatch(open(palette.gelu)),
          label: `${second!.label} at the origin: ${other.atOrigin}`,
        },
      { swatch: lineSwatch({ stroke: palette.muted, dash: [3, 3] }), label: "norm 1" },
      ghost && { swatch: lineSwatch({ stroke: palette.amber, width: 2.5 }), label: ghost.label },
    ],
    width,
  );

  function background(ctx: SKRSContext2D): void {
    cross(ctx, width, unit);
    if (ghost) {
      const ideal = outline(ghost.points);
      polygon(ctx, ideal, { stroke: palette.amber, width: 3 });
      for (const corner of ideal) disc(ctx, corner, 8, { fill: lighten(palette.amber, 0.6), stroke: palette.amber });
    }
    if (options.hull ?? true)
      polygon(ctx, outline(first.rays.flatMap(ends)), {
        fill: translucent(palette.relu, 0.1),
        stroke: lighten(palette.relu, 0.45),
        width: 1.5,
      });
  }

  function drawRay(ctx: SKRSContext2D, ray: Ray, { colour, mark, radius }: (typeof sets)[number]): void {
    const tip = along(ray.angle, ray.members.at(-1)!.norm);
    line(ctx, at(0, 0), tip, { stroke: translucent(colour, 0.55), width: 1.5 });
    for (const member of ray.members) {
      const [x, y] = at(member.x, member.y);
      if (isShared(ray)) {
        const [dx, dy] = [8 * Math.sin(ray.angle), 8 * Math.cos(ray.angle)];
        line(ctx, [x - dx, y - dy], [x + dx, y + dy], { stroke: colour, width: 1.5 });
      }
      const fill = colours && member.value !== undefined ? colours(member.value) : colour;
      const rim = colours && member.value !== undefined ? palette.ink : palette.paper;
      mark(ctx, [x, y], radius, { fill, stroke: rim, width: 1 });
    }
    if (combined && isShared(ray)) disc(ctx, along(ray.angle, ray.combinedNorm), 7, ring);
  }

  /** Counts stand outside their ray's last mark, and move outwards or aside where another count is in the way. */
  function drawCounts(ctx: SKRSContext2D): void {
    const taken: Point[] = [];
    for (const { rays, colour } of sets)
      for (const ray of rays) {
        if (!isShared(ray)) continue;
        const label = `×${ray.members.length}`;
        const half = textWidth(label, textSize.body, "bold") / 2;
        const clear = (combined ? 10 : 8) + half * Math.abs(Math.cos(ray.angle)) + 7 * Math.abs(Math.sin(ray.angle));
        const [x, y] = along(ray.angle, reach(ray));
        const [cos, sin] = [Math.cos(ray.angle), Math.sin(ray.angle)];
        const place = ([out, aside]: Point): Point => [
          Math.max(half, Math.min(width - half, x + (clear + out) * cos - aside * sin)),
          Math.max(7, Math.min(width - 7, y - (clear + out) * sin - aside * cos)),
        ];
        const free = spots
          .map(place)
          .find((p) => taken.every((q) => Math.abs(p[0] - q[0]) > 26 || Math.abs(p[1] - q[1]) > 14));
        const spot = free ?? place([0, 0]);
        taken.push(spot);
        text(ctx, label, spot, { ...bold, size: textSize.body, colour });
      }
  }

  return {
    width,
    height: width + key.height + 6 + (colours ? colourBarHeight : 0),
    caption,
    draw(ctx) {
      background(ctx);
      for (const set of sets) for (const ray of set.rays) drawRay(ctx, ray, set);
      if (first.atOrigin + (other?.atOrigin ?? 0) > 0)
        disc(ctx, at(0, 0), 5, open(first.atOrigin > 0 ? palette.ink : palette.gelu));
      drawCounts(ctx);
      key.draw(ctx, [0, width + 6]);
      if (colours) colourBar(ctx, colours, values!.label, [width / 2 - 90, width + key.height + 6], 180);
    },
  };
}
