import type { SKRSContext2D } from "canvas";
import { textWidth } from "./fonts.ts";
import { diamond, disc, line, type Paint, type Point, paragraph, paragraphHeight, rectangle, wrap } from "./pen.ts";
import { palette, textSize } from "./style.ts";

/** Paints a sample, at most 22 wide and 14 high, around the given centre. */
type Swatch = (ctx: SKRSContext2D, centre: Point) => void;

export interface LegendEntry {
  readonly swatch: Swatch;
  readonly label: string;
}

export function discSwatch(paint: Paint, radius = 4.5): Swatch {
  return (ctx, centre) => disc(ctx, centre, radius, paint);
}

export function diamondSwatch(paint: Paint): Swatch {
  return (ctx, centre) => diamond(ctx, centre, 5, paint);
}

export function lineSwatch(paint: Paint): Swatch {
  return (ctx, [x, y]) => line(ctx, [x - 11, y], [x + 11, y], paint);
}

export function boxSwatch(paint: Paint): Swatch {
  return (ctx, [x, y]) => rectangle(ctx, x - 8, y - 6, 16, 12, paint);
}

const swatchWidth = 28;
const between = 18;
const size = textSize.tick;

/**
 * Sets entries, those that there are, in rows of at most `width` CSS pixels; the height is known before anything is drawn.
 */
export function legend(entries: readonly (LegendEntry | false | undefined)[], width: number) {
  const placed: { entry: LegendEntry; lines: string[]; x: number; y: number }[] = [];
  let [x, y, rowHeight] = [0, 0, 0];
  for (const entry of entries) {
    if (!entry) continue;
    const lines = wrap(entry.label, width - swatchWidth, size);
    const entryWidth = swatchWidth + Math.max(...lines.map((line) => textWidth(line, size)));
    if (x > 0 && x + entryWidth > width) {
      y += rowHeight;
      [x, rowHeight] = [0, 0];
    }
    placed.push({ entry, lines, x, y });
    x += entryWidth + between;
    rowHeight = Math.max(rowHeight, paragraphHeight(lines.length, size) + 2);
  }
  const middle = paragraphHeight(1, size) / 2;
  return {
    height: y + rowHeight,
    draw(ctx: SKRSContext2D, [left, top]: Point): void {
      for (const { entry, lines, x, y } of placed) {
        entry.swatch(ctx, [left + x + 11, top + y + middle]);
        paragraph(ctx, lines, [left + x + swatchWidth, top + y], { size, colour: palette.ink });
      }
    },
  };
}
