import type { SKRSContext2D } from "canvas";
import { line, type Point, rectangle, text } from "./pen.ts";
import { formatNumber, type Range } from "./scale.ts";
import { channels, lighten, mix, palette, quiet, textSize } from "./style.ts";

/** Colours for numbers, with the domain they cover. */
export interface ColourScale {
  (value: number): string;
  readonly domain: Range;
}

/** White at 0, vermillion for negative and blue for positive numbers, the same depth on both sides. */
export function diverging(limit: number): ColourScale {
  const depth = (value: number) => Math.min(1, Math.abs(value) / limit);
  const colour = (value: number) => mix(palette.paper, value < 0 ? "#b04a00" : "#00598c", depth(value));
  return Object.assign(colour, { domain: [-limit, limit] as const });
}

/** From pale to dark blue. */
function sequential(lo: number, hi: number): ColourScale {
  const share = (value: number) => (hi > lo ? Math.max(0, Math.min(1, (value - lo) / (hi - lo))) : 0.5);
  const colour = (value: number) => mix(lighten(palette.sky, 0.8), "#00436b", share(value));
  return Object.assign(colour, { domain: [lo, hi] as const });
}

/** Diverging where the values lie on both sides of 0, sequential otherwise. */
export function colourScale(values: readonly number[]): ColourScale {
  const [lo, hi] = [Math.min(...values), Math.max(...values)];
  return lo < 0 && hi > 0 ? diverging(Math.max(-lo, hi)) : sequential(lo, hi);
}

/** Height that `colourBar` takes. */
export const colourBarHeight = 46;

/** A horizontal bar of the scale's colours with its ends, its middle and what it measures. */
export function colourBar(ctx: SKRSContext2D, colours: ColourScale, label: string, [x, y]: Point, width: number) {
  const [lo, hi] = colours.domain;
  const steps = 64;
  text(ctx, label, [x + width / 2, y + 8], { size: textSize.tick, align: "center" });
  for (let i = 0; i < steps; i++)
    rectangle(ctx, x + (i * width) / steps, y + 18, width / steps + 0.5, 10, {
      fill: colours(lo + ((i + 0.5) / steps) * (hi - lo)),
    });
  rectangle(ctx, x, y + 18, width, 10, { stroke: palette.muted, width: 0.75 });
  const centre = { value: (lo + hi) / 2, at: x + width / 2, align: "center" } as const;
  const ends = [
    { value: lo, at: x, align: "left" },
    { value: hi, at: x + width, align: "right" },
  ] as const;
  for (const { value, at, align } of hi > lo ? [...ends, centre] : [centre]) {
    line(ctx, [at, y + 28], [at, y + 31], { stroke: palette.muted });
    text(ctx, formatNumber(value), [at, y + 39], { ...quiet, align });
  }
}

/** Ink or paper, whichever stands out from a `#rrggbb` ground (perceived brightness, Rec. 601). */
export function readableOn(ground: string): string {
  const [r, g, b] = channels(ground);
  return 0.299 * r + 0.587 * g + 0.114 * b > 140 ? palette.ink : palette.paper;
}
