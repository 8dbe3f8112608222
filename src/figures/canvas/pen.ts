import type { SKRSContext2D } from "canvas";
import { font, textWidth, type Weight } from "./fonts.ts";
import { lineHeight, palette } from "./style.ts";

/** A position on the sheet in CSS pixels, x to the right and y down. */
export type Point = readonly [x: number, y: number];

export interface Paint {
  readonly fill?: string | undefined;
  readonly stroke?: string | undefined;
  /** Width of the stroke, 1 by default. */
  readonly width?: number;
  readonly dash?: readonly number[];
}

/**
 * Positions are rounded to 1/16 of a pixel before they reach the rasteriser: the last bits of sines and logarithms
 * differ between versions of Node, and rounding errors of training should not show in a picture.
 */
export function snap(value: number): number {
  return Math.round(value * 16) / 16;
}

function apply(ctx: SKRSContext2D, { fill, stroke, width = 1, dash = [] }: Paint): void {
  if (fill !== undefined) {
    ctx.fillStyle = fill;
    ctx.fill();
  }
  if (stroke !== undefined) {
    ctx.strokeStyle = stroke;
    ctx.lineWidth = width;
    ctx.lineJoin = "round";
    ctx.setLineDash([...dash]);
    ctx.stroke();
  }
}

function trace(ctx: SKRSContext2D, points: readonly Point[]): void {
  ctx.beginPath();
  for (const [x, y] of points) ctx.lineTo(snap(x), snap(y));
}

export function line(ctx: SKRSContext2D, from: Point, to: Point, paint: Paint): void {
  polyline(ctx, [from, to], paint);
}

export function polyline(ctx: SKRSContext2D, points: readonly Point[], paint: Paint): void {
  trace(ctx, points);
  apply(ctx, paint);
}

export function polygon(ctx: SKRSContext2D, points: readonly Point[], paint: Paint): void {
  trace(ctx, points);
  ctx.closePath();
  apply(ctx, paint);
}

export function rectangle(ctx: SKRSContext2D, x: number, y: number, width: number, height: number, paint: Paint) {
  ctx.beginPath();
  ctx.rect(snap(x), snap(y), snap(width), snap(height));
  apply(ctx, paint);
}

export function disc(ctx: SKRSContext2D, [x, y]: Point, radius: number, paint: Paint): void {
  ctx.beginPath();
  ctx.arc(snap(x), snap(y), snap(radius), 0, 2 * Math.PI);
  apply(ctx, paint);
}

/** A square standing on its corner: the mark of a second set beside discs. */
export function diamond(ctx: SKRSContext2D, [x, y]: Point, radius: number, paint: Paint): void {
  const corners: Point[] = [
    [x, y - radius],
    [x + radius, y],
    [x, y + radius],
    [x - radius, y],
  ];
  polygon(ctx, corners, paint);
}

interface TextStyle {
  readonly size: number;
  readonly weight?: Weight;
  readonly colour?: string;
  readonly align?: "left" | "center" | "right";
  /** A rim of paper colour, so that text over lines stays readable. */
  readonly halo?: boolean;
}

/** Text that stands out from the lines it lies on. */
export const bold = { weight: "bold", align: "center", halo: true } as const;

/** One line of text; `y` is the middle of its height. */
export function text(ctx: SKRSContext2D, line: string, [x, y]: Point, style: TextStyle): void {
  ctx.font = font(style.size, style.weight ?? "regular");
  ctx.textAlign = style.align ?? "left";
  ctx.textBaseline = "alphabetic";
  // The middle of DejaVu's capitals and digits lies 0.36 em above the baseline.
  const baseline = snap(y + 0.36 * style.size);
  if (style.halo) {
    ctx.strokeStyle = palette.paper;
    ctx.lineWidth = 3.5;
    ctx.lineJoin = "round";
    ctx.setLineDash([]);
    ctx.strokeText(line, snap(x), baseline);
  }
  ctx.fillStyle = style.colour ?? palette.ink;
  ctx.fillText(line, snap(x), baseline);
}

/** What `draw` paints around the origin, at a place and turned so that text runs upwards. */
export function sideways(ctx: SKRSContext2D, [x, y]: Point, draw: () => void): void {
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(-Math.PI / 2);
  draw();
  ctx.restore();
}

/** Lines of a paragraph, top down from `y`. */
export function paragraph(ctx: SKRSContext2D, lines: readonly string[], [x, y]: Point, style: TextStyle) {
  for (const [i, line] of lines.entries()) text(ctx, line, [x, y + (i + 0.5) * style.size * lineHeight], style);
}

/** Height of `count` lines of a paragraph. */
export function paragraphHeight(count: number, size: number): number {
  return Math.ceil(count * size * lineHeight);
}

/** Breaks text between words, or within a word that alone is too wide, into lines of at most `width` CSS pixels. */
export function wrap(content: string, width: number, size: number, weight: Weight = "regular"): string[] {
  const fits = (line: string) => textWidth(line, size, weight) <= width;
  const lines: string[] = [];
  let line = "";
  for (let word of content.split(/[ \t\n]+/).filter((w) => w !== "")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    while (!fits(word) && word.length > 1) {
      let cut = word.length - 1;
      while (cut > 1 && !fits(word.slice(0, cut))) cut--;
      lines.push(word.slice(0, cut));
      word = word.slice(cut);
    }
    line = word;
  }
  if (line !== "") lines.push(line);
  return lines;
}
