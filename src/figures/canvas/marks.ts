import type { SKRSContext2D } from "canvas";
import { finite } from "../../util/check.ts";
import type { Box } from "./axes.ts";
import { textWidth } from "./fonts.ts";
import { line, text } from "./pen.ts";
import type { Scale } from "./scale.ts";
import { palette, textSize } from "./style.ts";

/** A value worth a line across the panel: a threshold, a closed form, an event. */
export interface Mark {
  readonly value: number;
  readonly label: string;
}

const rowHeight = 17;

export function checkMarks(what: string, marks: readonly Mark[]): void {
  for (const mark of marks) finite(`${what} "${mark.label}"`, mark.value);
}

interface Flag {
  readonly mark: Mark;
  /** Where the line is, and the label from and to. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** 0 is next to the box. */
  readonly row: number;
}

/**
 * Dashed vertical lines with their labels as flags above the box, in rows in which no label meets another or is crossed by
 * a line, and between 0 and `width`. The height above the box is known before anything is drawn.
 */
export function verticalMarks(marks: readonly Mark[], x: Scale, width: number) {
  const sorted = [...marks].sort((a, b) => a.value - b.value || (a.label < b.label ? -1 : 1));
  // Flags that part to both sides of one place never meet: try every such place.
  const splits = Array.from({ length: sorted.length + 1 }, (_, k) => [
    ...stack(sorted.slice(0, k), x, -1),
    ...stack(sorted.slice(k).reverse(), x, 1),
  ]);
  const cost = (flags: readonly Flag[]) => {
    const outside = flags.reduce((sum, f) => sum + Math.max(0, -f.from) + Math.max(0, f.to - width), 0);
    return outside * 1000 + rowsOf(flags);
  };
  const flags = splits.reduce((best, split) => (cost(split) < cost(best) ? split : best));
  return {
    flags,
    height: rowsOf(flags) * rowHeight,
    draw(ctx: SKRSContext2D, box: Box): void {
      for (const { at, row } of flags)
        line(ctx, [at, box.top - (row + 1) * rowHeight + 2], [at, box.bottom], {
          stroke: palette.ink,
          width: 1.25,
          dash: [5, 3],
        });
      for (const { mark, from, row } of flags)
        text(ctx, mark.label, [from, box.top - (row + 0.5) * rowHeight], { size: textSize.tick, halo: true });
    },
  };
}

const rowsOf = (flags: readonly Flag[]) => Math.max(0, ...flags.map((flag) => flag.row + 1));

/** Flags to one side (1: right), from the outermost inwards: each stands above those whose line its label would meet. */
function stack(marks: readonly Mark[], x: Scale, side: 1 | -1): Flag[] {
  const flags: Flag[] = [];
  for (const mark of marks) {
    const at = x(mark.value);
    const near = at + 5 * side;
    const far = near + textWidth(mark.label, textSize.tick) * side;
    const [from, to] = side === 1 ? [near, far] : [far, near];
    const below = flags.filter((flag) => flag.at > from - 12 && flag.at < to + 12);
    flags.push({ mark, at, from, to, row: rowsOf(below) });
  }
  return flags;
}
