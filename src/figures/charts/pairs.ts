import type { SKRSContext2D } from "canvas";
import { fail, finite } from "../../util/check.ts";
import { indices } from "../../util/numbers.ts";
import { cross } from "../canvas/axes.ts";
import type { Drawing } from "../canvas/drawing.ts";
import { diamondSwatch, discSwatch, legend, lineSwatch } from "../canvas/legend.ts";
import { bold, diamond, disc, line, type Point, polyline, text } from "../canvas/pen.ts";
import { palette, textSize, translucent } from "../canvas/style.ts";

type Vector = readonly number[];

interface PairsOptions {
  readonly caption?: string;
  /** Vectors of ℝ² along which features are written, and along which they are read, in the same order. */
  readonly written: readonly Vector[];
  readonly reading: readonly Vector[];
  /**
   * Lengths are drawn to the power 1/3, so that long and short vectors show in one picture, which the legend says; 1 draws
   * them as they are.
   */
  readonly power?: 1;
}

const width = 300;
const rim = 34;
const subscripts = "₀₁₂₃₄₅₆₇₈₉";
const subscript = (k: number) => [...String(k)].map((digit) => subscripts[Number(digit)]!).join("");

/**
 * Written and reading vectors in one plane: pairs are numbered from the longest written vector down, and an arc joins the
 * two of a pair, so that its length shows how far apart they point. The picture is turned so that the longest written
 * vector points right and the second lies above it.
 * Throws InputError on coordinates that are not finite.
 */
export function pairs(options: PairsOptions): Drawing {
  const { caption, power = 1 / 3 } = options;
  if (options.reading.length !== options.written.length || options.written.length === 0)
    fail("reading vectors", options.reading.length, `${options.written.length}, and at least one`);
  for (const x of [...options.written, ...options.reading].flat()) finite("coordinate", x);
  const order = indices(options.written.length).sort(
    (i, j) => length(options.written[j]!) - length(options.written[i]!),
  );
  const turn = upright(order.map((i) => options.written[i]!));
  const shown = (vector: Vector) => ({
    angle: turn(Math.atan2(vector[1]!, vector[0]!)),
    size: length(vector) ** power,
  });
  const all = order.map((i) => ({
    written: shown(options.written[i]!),
    reading: shown(options.reading[i]!),
  }));
  const extent = Math.max(1, ...all.flatMap(({ written, reading }) => [written.size, reading.size]));
  const unit = (width / 2 - rim) / extent;
  const at = (angle: number, size: number): Point => [
    width / 2 + unit * size * Math.cos(angle),
    width / 2 - unit * size * Math.sin(angle),
  ];
  const key = legend(
    [
      { swatch: discSwatch({ fill: palette.relu }), label: "written, v" },
      { swatch: diamondSwatch({ fill: palette.gelu }), label: "read, u" },
      { swatch: lineSwatch({ stroke: palette.green, width: 2 }), label: "one feature" },
      power !== 1 && { swatch: () => {}, label: "lengths: cube roots" },
    ],
    width,
  );

  return {
    width,
    height: width + key.height + 6,
    caption,
    draw(ctx) {
      cross(ctx, width, unit);
      for (const [k, { written, reading }] of all.entries()) {
        // Each pair's arc has a radius of its own, or arcs would run into one another.
        const radius = (width / 2 - rim) * (0.22 + (0.5 * k) / all.length);
        arc(ctx, written.angle, reading.angle, radius / unit, at);
      }
      for (const [k, { written, reading }] of all.entries()) {
        // Where the two coincide the disc shows around the diamond, and the second label stands further out.
        const close =
          Math.hypot(...at(written.angle, written.size).map((x, i) => x - at(reading.angle, reading.size)[i]!)) < 12;
        ray(ctx, written, palette.relu, disc, 5.5, `v${subscript(k + 1)}`, 14);
        ray(ctx, reading, palette.gelu, diamond, 4.5, `u${subscript(k + 1)}`, close ? 28 : 14);
      }
      key.draw(ctx, [0, width + 6]);
    },
  };

  function ray(
    ctx: SKRSContext2D,
    { angle, size }: { angle: number; size: number },
    colour: string,
    mark: typeof disc,
    radius: number,
    label: string,
    clear: number,
  ): void {
    line(ctx, at(0, 0), at(angle, size), { stroke: translucent(colour, 0.55), width: 1.5 });
    mark(ctx, at(angle, size), radius, { fill: colour, stroke: palette.paper });
    text(ctx, label, at(angle, size + clear / unit), { ...bold, size: textSize.tick, colour });
  }
}

const length = (vector: Vector) => Math.hypot(...vector);

/** Takes angles to where the first vector's is 0 and the second's at most π. */
function upright(ordered: readonly Vector[]): (angle: number) => number {
  const angleOf = ([x, y]: Vector) => Math.atan2(y!, x!);
  const base = angleOf(ordered[0]!);
  const sign = ordered[1] && Math.sin(angleOf(ordered[1]) - base) < 0 ? -1 : 1;
  return (angle) => sign * (angle - base);
}

/** Along the circle of a radius from one angle to another, the short way round. */
function arc(
  ctx: SKRSContext2D,
  from: number,
  to: number,
  radius: number,
  at: (angle: number, size: number) => Point,
): void {
  const apart = ((((to - from + Math.PI) % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI)) - Math.PI;
  const points = Array.from({ length: 25 }, (_, i) => at(from + (apart * i) / 24, radius));
  polyline(ctx, points, { stroke: palette.green, width: 2 });
}
