import { createCanvas, type SKRSContext2D } from "canvas";
import { fail, wholeNumber } from "../../util/check.ts";
import { encodeOnce } from "./encode-once.ts";
import { paragraph, paragraphHeight, rectangle, wrap } from "./pen.ts";
import { deviceScale, gap, margin, palette, textSize } from "./style.ts";

/** A picture that can be put beside others: `draw` paints it with its top left corner at the context's origin. */
export interface Drawing {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** What this panel shows, set above it. */
  readonly caption?: string | undefined;
  draw(ctx: SKRSContext2D): void;
}

export interface ComposeOptions {
  /** What the figure is about: the claim, in a few words. */
  readonly title: string;
  /** The reading aid: what the reader should see, with its numbers ("256 of 256 seeds: regular pentagon"). */
  readonly subtitle?: string;
  /** Panels a row; all in one row by default. */
  readonly columns?: number;
}

const leastWidth = 480;

/** Opaque RGBA pixels, row by row. */
export interface Sheet {
  readonly pixels: Uint8ClampedArray;
  /** Device pixels. */
  readonly width: number;
  readonly height: number;
}

/** `arrange`, as PNG. The same drawings give the same bytes. */
export function compose(options: ComposeOptions, drawings: readonly Drawing[]): Buffer {
  return encoded(arrange(options, drawings));
}

export function encoded({ pixels, width, height }: Sheet): Buffer {
  return encodeOnce(pixels, width, height);
}

/** Sets drawings in rows under a title and a subtitle, 2 device pixels a CSS pixel. */
export function arrange(options: ComposeOptions, drawings: readonly Drawing[]): Sheet {
  if (drawings.length === 0) fail("drawings", drawings, "at least one");
  const columns = wholeNumber("columns", options.columns ?? drawings.length, 1);
  const rows = Array.from({ length: Math.ceil(drawings.length / columns) }, (_, r) =>
    drawings.slice(r * columns, (r + 1) * columns),
  );
  const columnWidths = rows[0]!.map((_, c) => Math.max(...rows.map((row) => row[c]?.width ?? 0)));
  const panelsWidth = columnWidths.reduce((sum, width) => sum + width, gap * (columnWidths.length - 1));
  const inner = Math.ceil(Math.max(panelsWidth, leastWidth - 2 * margin));

  const head = [
    { lines: wrap(options.title, inner, textSize.title, "bold"), size: textSize.title, weight: "bold" },
    {
      lines: wrap(options.subtitle ?? "", inner, textSize.subtitle),
      size: textSize.subtitle,
      weight: "regular",
    },
  ] as const;
  const captions = drawings.map((d) => wrap(d.caption ?? "", d.width, textSize.caption, "bold"));
  const captionHeights = rows.map((row, r) => {
    const most = Math.max(...row.map((_, c) => captions[r * columns + c]!.length));
    return most === 0 ? 0 : paragraphHeight(most, textSize.caption) + 6;
  });
  const rowHeights = rows.map((row) => Math.ceil(Math.max(...row.map((d) => d.height))));

  const headHeight = head.reduce((sum, h) => sum + paragraphHeight(h.lines.length, h.size), 0) + 4 + 12;
  const bodyHeight = rowHeights.reduce((sum, h, r) => sum + h + captionHeights[r]!, gap * (rows.length - 1));
  const [width, height] = [inner + 2 * margin, headHeight + bodyHeight + 2 * margin];
  const canvas = createCanvas(width * deviceScale, height * deviceScale);
  const ctx = canvas.getContext("2d");
  ctx.scale(deviceScale, deviceScale);
  rectangle(ctx, 0, 0, width, height, { fill: palette.paper });

  let y = margin;
  for (const { lines, size, weight } of head) {
    paragraph(ctx, lines, [margin, y], { size, weight });
    y += paragraphHeight(lines.length, size) + (weight === "bold" ? 4 : 12);
  }
  const left = margin + Math.floor((inner - panelsWidth) / 2);
  for (const [r, row] of rows.entries()) {
    let x = left;
    for (const [c, drawing] of row.entries()) {
      const at = x + Math.floor((columnWidths[c]! - drawing.width) / 2);
      paragraph(ctx, captions[r * columns + c]!, [at, y], { size: textSize.caption, weight: "bold" });
      ctx.save();
      ctx.translate(at, y + captionHeights[r]!);
      drawing.draw(ctx);
      ctx.restore();
      x += columnWidths[c]! + gap;
    }
    y += captionHeights[r]! + rowHeights[r]! + gap;
  }
  const { data } = ctx.getImageData(0, 0, canvas.width, canvas.height);
  return { pixels: data, width: canvas.width, height: canvas.height };
}
