import type { SKRSContext2D } from "canvas";
import { textWidth } from "./fonts.ts";
import { disc, line, sideways, text } from "./pen.ts";
import type { Scale } from "./scale.ts";
import { palette, quiet, textSize } from "./style.ts";

/** A rectangle on the sheet, in CSS pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Height that `bottomAxis` takes below the box. */
export const bottomAxisHeight = 44;

/** Width that `leftAxis` takes left of the box. */
export function leftAxisWidth(y: Scale, label: string): number {
  const widest = Math.max(0, ...y.ticks.map((t) => textWidth(t.label, textSize.tick)));
  return Math.ceil(widest) + 8 + (label === "" ? 0 : 22);
}

/** Light grid lines at the ticks, tick labels below, and what the axis measures. */
export function bottomAxis(ctx: SKRSContext2D, x: Scale, box: Box, label: string): void {
  for (const tick of x.ticks) {
    line(ctx, [x(tick.value), box.top], [x(tick.value), box.bottom], { stroke: palette.faint });
    text(ctx, tick.label, [x(tick.value), box.bottom + 12], { ...quiet, align: "center" });
  }
  line(ctx, [box.left, box.bottom], [box.right, box.bottom], { stroke: palette.muted });
  text(ctx, label, [(box.left + box.right) / 2, box.bottom + 32], { size: textSize.body, align: "center" });
}

export function leftAxis(ctx: SKRSContext2D, y: Scale, box: Box, label: string): void {
  for (const tick of y.ticks) {
    line(ctx, [box.left, y(tick.value)], [box.right, y(tick.value)], { stroke: palette.faint });
    text(ctx, tick.label, [box.left - 6, y(tick.value)], { ...quiet, align: "right" });
  }
  const place = [box.left - leftAxisWidth(y, label) + 8, Math.round((box.top + box.bottom) / 2)] as const;
  sideways(ctx, place, () => text(ctx, label, [0, 0], { size: textSize.body, align: "center" }));
}

/** The axes of a square panel through its middle, and the circle of radius 1. */
export function cross(ctx: SKRSContext2D, width: number, unit: number): void {
  const half = width / 2;
  line(ctx, [8, half], [width - 8, half], { stroke: palette.faint });
  line(ctx, [half, 8], [half, width - 8], { stroke: palette.faint });
  disc(ctx, [half, half], unit, { stroke: palette.muted, dash: [3, 3] });
}
