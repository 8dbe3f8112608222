import type { SKRSContext2D } from "canvas";
import { fail, finite } from "../../util/check.ts";
import { indices } from "../../util/numbers.ts";
import { type Box, bottomAxis, bottomAxisHeight, leftAxis, leftAxisWidth } from "../canvas/axes.ts";
import type { Drawing } from "../canvas/drawing.ts";
import { type LegendEntry, legend, lineSwatch } from "../canvas/legend.ts";
import { diamond, disc, line, type Point, polyline } from "../canvas/pen.ts";
import { extent, type Range, type ScaleKind, scale } from "../canvas/scale.ts";
import { conditionStyle, palette } from "../canvas/style.ts";

export interface SeriesOptions {
  readonly caption?: string;
  /** What x and y are, with their units. */
  readonly x: string;
  readonly y: string;
  readonly xScale?: ScaleKind;
  readonly yScale?: ScaleKind;
  readonly series: readonly Series[];
  /** Curves to compare with, evaluated at the x of the points and in between: "2d", a closed form. */
  readonly references?: readonly { readonly label: string; readonly at: (x: number) => number }[];
  /** Size of the panel in CSS pixels, 600 × 380 by default. */
  readonly width?: number;
  readonly height?: number;
}

export interface Series {
  readonly label: string;
  readonly points: readonly SeriesPoint[];
  /** A fit, drawn as a line over the range of x in the colour of its points. */
  readonly fit?: { readonly label: string; readonly at: (x: number) => number };
}

interface SeriesPoint {
  readonly x: number;
  readonly y: number;
  /** From and to, drawn as an error bar. */
  readonly interval?: Range;
}

const dashes = [
  [6, 4],
  [2, 3],
  [9, 3, 2, 3],
];

/**
 * Points with error bars against x, with fitted lines and references: the answer to an open question.
 * Throws InputError on numbers that are not finite.
 */
export function series(options: SeriesOptions): Drawing {
  const { caption, references = [], width = 600, height = 380 } = options;
  const kinds = { x: options.xScale ?? "linear", y: options.yScale ?? "linear" } as const;
  check(options.series);
  const points = options.series.flatMap((s) => s.points);
  const [lo, hi] = extent(
    points.map((p) => p.x),
    "linear",
  );
  const room = 0.04 * (hi - lo || 1);
  const xDomain: Range = kinds.x === "linear" ? [lo - room, hi + room] : [lo / 1.1, hi * 1.1];
  const curve = (at: (x: number) => number, what: string) =>
    indices(65).map((i) => {
      const share = i / 64;
      const x = kinds.x === "linear" ? lo + share * (hi - lo) : lo * (hi / lo) ** share;
      return [x, finite(`${what} at x = ${x}`, at(x))] as const;
    });
  const lines = [
    ...references.map(({ label, at }, i) => ({
      label,
      curve: curve(at, label),
      paint: { stroke: palette.muted, width: 1.75, dash: dashes[i % dashes.length]! },
    })),
    ...options.series.flatMap(({ fit }, i) => {
      if (!fit) return [];
      const paint = { stroke: conditionStyle(i).colour, width: 2 };
      return [{ label: fit.label, curve: curve(fit.at, fit.label), paint }];
    }),
  ];
  const values = [
    ...points.flatMap((p) => [p.y, ...(p.interval ?? [])]),
    ...lines.flatMap((l) => l.curve.map(([, y]) => y)),
  ];
  const yDomain = valueDomain(values, kinds.y);

  const marks = [disc, diamond];
  const mark = (ctx: SKRSContext2D, at: Point, i: number) =>
    marks[i % marks.length]!(ctx, at, 4, { fill: conditionStyle(i).colour, stroke: palette.paper });
  const entries: LegendEntry[] = [
    ...options.series.map((s, i) => ({
      swatch: (ctx: SKRSContext2D, at: Point) => mark(ctx, at, i),
      label: s.label,
    })),
    ...lines.map(({ label, paint }) => ({ swatch: lineSwatch(paint), label })),
  ];
  const key = legend(entries, width);
  const left = leftAxisWidth(scale(kinds.y, yDomain, [1, 0]), options.y);
  const box: Box = { left, right: width - 8, top: 8, bottom: height - bottomAxisHeight - key.height - 4 };
  const x = scale(kinds.x, xDomain, [box.left, box.right], 8);
  const y = scale(kinds.y, yDomain, [box.bottom, box.top]);

  return {
    width,
    height,
    caption,
    draw(ctx) {
      leftAxis(ctx, y, box, options.y);
      bottomAxis(ctx, x, box, options.x);
      for (const { curve, paint } of lines)
        polyline(
          ctx,
          curve.map(([vx, vy]): Point => [x(vx), y(vy)]),
          paint,
        );
      for (const [i, s] of options.series.entries())
        for (const p of [...s.points].sort((a, b) => a.x - b.x || a.y - b.y)) {
          const at = x(p.x);
          if (p.interval) {
            const [from, to] = [y(p.interval[0]), y(p.interval[1])];
            const bar = { stroke: conditionStyle(i).colour, width: 1.75 };
            line(ctx, [at, from], [at, to], bar);
            for (const end of [from, to]) line(ctx, [at - 5, end], [at + 5, end], bar);
          }
          mark(ctx, [at, y(p.y)], i);
        }
      key.draw(ctx, [0, height - key.height]);
    },
  };
}

/** Linear axes of positive values start at 0 when that costs little room, so that "linear in x" can be judged. */
function valueDomain(values: readonly number[], kind: ScaleKind): Range {
  const [lo, hi] = extent(values, kind);
  if (kind === "log") return [lo / 1.15, hi * 1.15];
  const span = hi - lo || Math.abs(hi) || 1;
  return [lo >= 0 && lo < span ? 0 : lo - 0.06 * span, hi + 0.06 * span];
}

function check(series: readonly Series[]): void {
  if (series.length === 0) fail("series", series, "at least one");
  for (const { label, points } of series) {
    if (points.length === 0) fail(`points of "${label}"`, points, "at least one");
    for (const [i, { x, y, interval = [] }] of points.entries()) {
      const where = `point ${i} of "${label}"`;
      finite(`x of ${where}`, x);
      finite(`y of ${where}`, y);
      for (const end of interval) finite(`interval of ${where}`, end);
    }
  }
}
