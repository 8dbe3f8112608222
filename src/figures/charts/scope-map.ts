import { fail, finite } from "../../util/check.ts";
import {
  type ColourScale,
  colourBar,
  colourBarHeight,
  colourScale,
  readableOn,
} from "../canvas/colour-scale.ts";
import type { Drawing } from "../canvas/drawing.ts";
import { textWidth } from "../canvas/fonts.ts";
import { boxSwatch, legend } from "../canvas/legend.ts";
import { line, paragraph, rectangle, text, wrap } from "../canvas/pen.ts";
import { formatNumber, type Range } from "../canvas/scale.ts";
import { palette, textSize, type VerdictWord, verdictStyle } from "../canvas/style.ts";

export interface ScopeMapOptions {
  readonly caption?: string;
  /** The quantity that varies along each axis, and its values. */
  readonly columns: { readonly label: string; readonly values: readonly (string | number)[] };
  readonly rows: { readonly label: string; readonly values: readonly (string | number)[] };
  /** One a row and column; null where nothing was run. */
  readonly cells: readonly (readonly (ScopeCell | null)[])[];
  /** What the numbers of number cells are. */
  readonly valueLabel?: string;
  /** The numbers that the colours span; by default those that occur. */
  readonly domain?: Range;
}

/** A verdict with the evidence in a few characters ("250/256"), or a number coloured by its size. */
export type ScopeCell =
  | { readonly verdict: VerdictWord; readonly note?: string }
  | { readonly value: number; readonly note?: string };

const cellHeight = 44;
const words = ["holds", "refuted", "inconclusive", "measured"] as const;

/**
 * A grid of what was found in each cell of a hypothesis's scope. Verdicts show as colour and symbol, numbers as colour and
 * text; cells that were not run are crossed out. Throws InputError where the cells do not match the axes.
 */
export function scopeMap(options: ScopeMapOptions): Drawing {
  const { caption, columns, rows, cells } = options;
  check(options);
  const all = cells.flat().filter((cell) => cell !== null);
  const numbers = all.flatMap((cell) => ("value" in cell ? [cell.value] : []));
  const colours = numbers.length > 0 ? colourScale(options.domain ?? numbers) : undefined;
  const label = (value: string | number) => (typeof value === "number" ? formatNumber(value) : value);
  const main = (cell: ScopeCell) =>
    "verdict" in cell ? verdictStyle[cell.verdict].symbol : formatNumber(cell.value);
  const widest = (lines: readonly string[], size: number) =>
    Math.max(0, ...lines.map((l) => textWidth(l, size)));

  const rowLabels = rows.values.map(label);
  const side = Math.ceil(widest(rowLabels, textSize.body)) + 34;
  const cellWidth = Math.ceil(
    Math.max(
      56,
      widest(columns.values.map(label), textSize.body) + 10,
      widest(
        all.map((cell) => cell.note ?? ""),
        textSize.tick,
      ) + 12,
    ),
  );
  const grid = {
    left: side,
    top: 44,
    width: cellWidth * columns.values.length,
    height: cellHeight * rows.values.length,
  };
  const rowLabel = wrap(rows.label, Math.max(grid.height, 60), textSize.body);
  const width = Math.max(grid.left + grid.width + 1, 260);
  const key = legend(
    [
      ...words
        .filter((word) => all.some((cell) => "verdict" in cell && cell.verdict === word))
        .map((word) => ({ swatch: verdictSwatch(word), label: word })),
      ...(cells.flat().includes(null)
        ? [{ swatch: boxSwatch({ stroke: palette.muted, dash: [2, 2] }), label: "not run" }]
        : []),
    ],
    width,
  );
  const below = grid.top + grid.height + 12;

  return {
    width,
    height: below + key.height + (colours ? colourBarHeight + 4 : 0),
    caption,
    draw(ctx) {
      text(ctx, columns.label, [grid.left + grid.width / 2, 9], {
        size: textSize.body,
        align: "center",
        weight: "bold",
      });
      for (const [c, value] of columns.values.entries())
        text(ctx, label(value), [grid.left + (c + 0.5) * cellWidth, 31], {
          size: textSize.body,
          align: "center",
        });
      ctx.save();
      ctx.translate(0, grid.top + Math.round(grid.height / 2));
      ctx.rotate(-Math.PI / 2);
      paragraph(ctx, rowLabel, [0, 0], { size: textSize.body, align: "center", weight: "bold" });
      ctx.restore();
      for (const [r, row] of cells.entries()) {
        const y = grid.top + r * cellHeight;
        text(ctx, rowLabels[r]!, [side - 8, y + cellHeight / 2], { size: textSize.body, align: "right" });
        for (const [c, cell] of row.entries()) {
          const x = grid.left + c * cellWidth;
          const [w, h] = [cellWidth - 3, cellHeight - 3];
          if (cell === null) {
            rectangle(ctx, x + 1.5, y + 1.5, w, h, { stroke: palette.muted, dash: [2, 2] });
            line(ctx, [x + 1.5, y + 1.5 + h], [x + 1.5 + w, y + 1.5], { stroke: palette.faint });
            continue;
          }
          const { fill, ink } = paint(cell, colours);
          rectangle(ctx, x + 1.5, y + 1.5, w, h, { fill });
          const middle = x + cellWidth / 2;
          const up = cell.note === undefined ? 0 : 8;
          text(ctx, main(cell), [middle, y + cellHeight / 2 - up], {
            size: "verdict" in cell ? 17 : textSize.body,
            weight: "bold",
            colour: ink,
            align: "center",
          });
          if (cell.note !== undefined)
            text(ctx, cell.note, [middle, y + cellHeight / 2 + 11], {
              size: textSize.tick,
              colour: ink,
              align: "center",
            });
        }
      }
      key.draw(ctx, [0, below]);
      if (colours)
        colourBar(ctx, colours, options.valueLabel ?? "", [width / 2 - 90, below + key.height + 4], 180);
    },
  };
}

function paint(cell: ScopeCell, colours: ColourScale | undefined): { fill: string; ink: string } {
  if ("verdict" in cell)
    return { fill: verdictStyle[cell.verdict].fill, ink: verdictStyle[cell.verdict].colour };
  const fill = colours!(cell.value);
  return { fill, ink: readableOn(fill) };
}

const verdictSwatch =
  (word: VerdictWord): ReturnType<typeof boxSwatch> =>
  (ctx, [x, y]) => {
    const { fill, colour, symbol } = verdictStyle[word];
    rectangle(ctx, x - 9, y - 8, 18, 16, { fill });
    text(ctx, symbol, [x, y], { size: textSize.tick, weight: "bold", colour, align: "center" });
  };

function check({ rows, columns, cells }: ScopeMapOptions): void {
  if (rows.values.length === 0) fail("rows", rows.values, "at least one");
  if (columns.values.length === 0) fail("columns", columns.values, "at least one");
  if (cells.length !== rows.values.length) fail("rows of cells", cells.length, `${rows.values.length}`);
  for (const [r, row] of cells.entries()) {
    if (row.length !== columns.values.length)
      fail(`cells in row ${r}`, row.length, `${columns.values.length}`);
    for (const [c, cell] of row.entries())
      if (cell !== null && "value" in cell) finite(`value of cell ${r}, ${c}`, cell.value);
  }
}
