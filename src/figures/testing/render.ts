import { createCanvas, loadImage, type SKRSContext2D } from "canvas";
import type { Drawing } from "../canvas/drawing.ts";
import { palette } from "../canvas/style.ts";

/** Pixels of a picture: `at` gives `#rrggbb`. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Buffer;
  at(x: number, y: number): string;
  /** How many pixels have a colour, in a part of the picture or in all of it. */
  count(colour: string, part?: readonly [left: number, top: number, right: number, bottom: number]): number;
}

function pixels(ctx: SKRSContext2D, width: number, height: number): Pixels {
  const data = Buffer.from(ctx.getImageData(0, 0, width, height).data);
  const at = (x: number, y: number) => `#${data.toString("hex", 4 * (y * width + x), 4 * (y * width + x) + 3)}`;
  return {
    width,
    height,
    data,
    at,
    count(colour, [left, top, right, bottom] = [0, 0, width, height]) {
      let found = 0;
      for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) if (at(x, y) === colour) found++;
      return found;
    },
  };
}

/** A drawing by itself at one device pixel a CSS pixel, so that coordinates are the drawing's own. */
export function render(drawing: Drawing): Pixels {
  const [width, height] = [Math.ceil(drawing.width), Math.ceil(drawing.height)];
  const ctx = createCanvas(width, height).getContext("2d");
  ctx.fillStyle = palette.paper;
  ctx.fillRect(0, 0, width, height);
  drawing.draw(ctx);
  return pixels(ctx, width, height);
}

/** What a PNG shows. */
export async function decode(png: Buffer): Promise<Pixels> {
  const image = await loadImage(png);
  const ctx = createCanvas(image.width, image.height).getContext("2d");
  ctx.drawImage(image, 0, 0);
  return pixels(ctx, image.width, image.height);
}

/** The text that a drawing writes, in order. */
export function words(drawing: Drawing): string[] {
  const ctx = createCanvas(1, 1).getContext("2d");
  const written: string[] = [];
  ctx.fillText = (line: string) => void written.push(line);
  drawing.draw(ctx);
  return written;
}
