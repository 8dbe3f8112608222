import { fail, finite } from "../../util/check.ts";
import { colourBar, colourBarHeight, diverging, readableOn } from "../canvas/colour-scale.ts";
import type { Drawing } from "../canvas/drawing.ts";
import { rectangle, sideways, text } from "../canvas/pen.ts";
import { fixed } from "../canvas/scale.ts";
import { palette, quiet, textSize } from "../canvas/style.ts";

interface HeatMapOptions {
  readonly caption?: string;
  /** Row by row, all rows of one length. */
  readonly matrix: readonly (readonly number[])[];
  /** What an entry is: "wᵢ · wⱼ". */
  readonly label: string;
  /** The size at which colours are deepest, for panels that must share a scale; by default the largest entry's. */
  readonly limit?: number;
  /** What the rows and the columns are; "feature" by default. */
  readonly rows?: string;
  readonly columns?: string;
}

/** Numbers fit into cells at least this wide. */
const cellForNumbers = 36;
const side = 24;

/**
 * A matrix, such as the Gram matrix of an embedding: blue for positive and vermillion for negative entries on a scale that is
 * symmetric around 0; entries are written out where there is room. Rows and columns are drawn as given.
 * Throws InputError on entries that are not finite and on ragged rows.
 */
export function heatMap(options: HeatMapOptions): Drawing {
  const { caption, matrix, label, rows = "feature", columns = "feature" } = options;
  const count = matrix[0]?.length ?? 0;
  if (count === 0) fail("matrix", matrix, "at least one entry");
  for (const [r, row] of matrix.entries()) {
    if (row.length !== count) fail(`length of row ${r}`, row.length, `${count}, as row 0`);
    for (const [c, value] of row.entries()) finite(`entry ${r}, ${c}`, value);
  }
  const largest = Math.max(...matrix.flat().map(Math.abs));
  const limit = finite("limit", options.limit ?? (largest > 0 ? largest : 1), 0, true);
  const colours = diverging(limit);
  // Whole device pixels a cell, or neighbours of one colour would show seams.
  const cell = Math.max(2, Math.floor((300 - side) / count));
  const grid = { width: cell * count, height: cell * matrix.length };
  const width = Math.max(side + grid.width + 1, 200);

  return {
    width,
    height: side + grid.height + 14 + colourBarHeight,
    caption,
    draw(ctx) {
      text(ctx, `${columns} →`, [side, 10], quiet);
      sideways(ctx, [10, side], () => text(ctx, `← ${rows}`, [0, 0], { ...quiet, align: "right" }));
      for (const [r, row] of matrix.entries())
        for (const [c, value] of row.entries()) {
          const [x, y] = [side + c * cell, side + r * cell];
          const fill = colours(value);
          rectangle(ctx, x, y, cell, cell, { fill });
          if (cell >= cellForNumbers)
            text(ctx, fixed(value, 2), [x + cell / 2, y + cell / 2], {
              size: textSize.tick,
              align: "center",
              colour: readableOn(fill),
            });
        }
      rectangle(ctx, side, side, grid.width, grid.height, { stroke: palette.muted });
      colourBar(ctx, colours, label, [side, side + grid.height + 14], Math.min(200, width - side - 12));
    },
  };
}
