import { fail, finite } from "../../util/check.ts";
import { type ColourScale, colourBar, colourBarHeight, colourScale, readableOn } from "../canvas/colour-scale.ts";
import type { Drawing } from "../canvas/drawing.ts";
import { textWidth } from "../canvas/fonts.ts";
import { boxSwatch, legend } from "../canvas/legend.ts";
import { line, paragraph, rectangle, sideways, text, wrap } from "../canvas/pen.ts";
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
type ScopeCell =
  | { readonly verdict: VerdictWord; readonly note?: string }
  | { readonly value: number; readonly note?: string };

const cellHeight = 44;

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
  const main = (cell: ScopeCell) => ("verdict" in cell ? verdictStyle[cell.verdict].symbol : formatNumber(cell.value));
  const widest = (lines: readonly string[], size: number) => Math.max(0, ...lines.map((l) => textWidth(l, size)));
  const notes = all.map((cell) => cell.note ?? "");

  const rowLabels = rows.values.map(label);
  const side = Math.ceil(widest(rowLabels, textSize.body)) + 34;
  const columnWidth = widest(columns.values.map(label), textSize.body) + 10;
  const cellWidth = Math.ceil(Math.max(56, columnWidth, widest(notes, textSize.tick) + 12));
  const [gridWidth, gridHeight] = [cellWidth * columns.values.length, cellHeight * rows.values.length];
  const grid = { left: side, top: 44, width: gridWidth, height: gridHeight };
  const rowLabel = wrap(rows.label, Math.max(grid.height, 60), textSize.body);
  const width = Math.max(grid.left + grid.width + 1, 260);
  const key = legend(
    [
      ...(Object.keys(verdictStyle) as VerdictWord[])
        .filter((word) => all.some((cell) => "verdict" in cell && cell.verdict === word))
        .map((word) => ({ swatch: verdictSwatch(word), label: word })),
      cells.flat().includes(null) && {
        swatch: boxSwatch({ stroke: palette.muted, dash: [2, 2] }),
        label: "not run",
      },
    ],
    width,
  );
  const below = grid.top + grid.height + 12;

  return {
    width,
    height: below + key.height + (colours ? colourBarHeight + 4 : 0),
    caption,
    draw(ctx) {
      const centred = { size: textSize.body, align: "center" } as const;
      text(ctx, columns.label, [grid.left + grid.width / 2, 9], { ...centred, weight: "bold" });
      for (const [c, value] of columns.values.entries())
        text(ctx, label(value), [grid.left + (c + 0.5) * cellWidth, 31], centred);
      sideways(ctx, [0, grid.top + Math.round(grid.height / 2)], () =>
        paragraph(ctx, rowLabel, [0, 0], { ...centred, weight: "bold" }),
      );
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
          const { fill, colour } = paint(cell, colours);
          rectangle(ctx, x + 1.5, y + 1.5, w, h, { fill });
          const [middle, centre] = [x + cellWidth / 2, y + cellHeight / 2];
          const up = cell.note === undefined ? 0 : 8;
          const size = "verdict" in cell ? 17 : textSize.body;
          text(ctx, main(cell), [middle, centre - up], { ...centred, size, colour, weight: "bold" });
          text(ctx, cell.note ?? "", [middle, centre + 11], { ...centred, size: textSize.tick, colour });
        }
      }
      key.draw(ctx, [0, below]);
      if (colours) colourBar(ctx, colours, options.valueLabel ?? "", [width / 2 - 90, below + key.height + 4], 180);
    },
  };
}

function paint(cell: ScopeCell, colours: ColourScale | undefined): { fill: string; colour: string } {
  if ("verdict" in cell) return verdictStyle[cell.verdict];
  const fill = colours!(cell.value);
  return { fill, colour: readableOn(fill) };
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
    if (row.length !== columns.values.length) fail(`cells in row ${r}`, row.length, `${columns.values.length}`);
    for (const [c, cell] of row.entries())
      if (cell !== null && "value" in cell) finite(`value of cell ${r}, ${c}`, cell.value);
  }
}
