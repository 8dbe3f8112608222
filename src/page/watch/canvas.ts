import { useEffect, useRef } from "preact/hooks";
import type { Drawing } from "../../figures/canvas/drawing.ts";
import { palette } from "../../figures/canvas/style.ts";
import { html, type Part } from "../../verification/atlas/markup.ts";

interface CanvasProps {
  readonly drawing: Drawing;
  /** In CSS pixels of the drawing: as high as the highest of its kind, so that nothing moves below it. */
  readonly height: number;
  readonly label: string;
  /** What makes it answer to pointer and keys. */
  readonly handlers?: Readonly<Record<string, unknown>>;
}

/** Margin, and the least width of what is within it: drawings side by side have letters of one size. */
const paper = 8;
const least = 300;

/** A drawing on white paper, as sharp as the screen. */
export function Canvas({ drawing, height, label, handlers = {} }: CanvasProps): Part {
  const place = useRef<HTMLCanvasElement>(null);
  // A drawing may be shown larger than it is.
  const density = 2 * Math.max(1, devicePixelRatio);
  const width = Math.max(least, drawing.width) + 2 * paper;
  useEffect(() => {
    const ctx = place.current?.getContext("2d");
    if (!ctx) return;
    ctx.setTransform(density, 0, 0, density, 0, 0);
    ctx.fillStyle = palette.paper;
    ctx.fillRect(0, 0, width, height + 2 * paper);
    ctx.translate((width - drawing.width) / 2, paper);
    drawing.draw(ctx as never);
  });
  return html`<canvas ref=${place} width=${Math.round(width * density)} height=${Math.round((height + 2 * paper) * density)} role="img" aria-label=${label} ...${handlers}></canvas>`;
}
