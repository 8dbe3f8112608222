import { crc32 } from "node:zlib";
import { zlibSync } from "fflate";

/**
 * A PNG of at most 256 colours from opaque RGBA pixels: a third of the size that the canvas's own encoder gives for
 * drawings. Compression is fflate's rather than Node's, whose bytes change with its version of zlib.
 * Layout: PNG specification, third edition (w3.org/TR/png-3), colour type 3, no filter.
 */
export function encodePng(pixels: Uint8ClampedArray, width: number, height: number): Buffer {
  const { colours, indices } = indexed(pixels);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);

  const rows = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; y++) rows.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(colours.flatMap(channels))),
    chunk("IDAT", zlibSync(rows, { level: 4 })),
    chunk("IEND", new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

const channels = (colour: number) => [colour >> 16, (colour >> 8) & 255, colour & 255] as const;

/**
 * The palette, as 0xrrggbb, and the place in it of every pixel. Drawings are mostly runs of one colour, so pixels are read as
 * words, and looked up only where they differ from the one before.
 */
function indexed(pixels: Uint8ClampedArray): { colours: number[]; indices: Uint8Array } {
  const words = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4);
  const uses = new Map<number, number>();
  const runs: number[] = [];
  for (let start = 0, end = 0; start < words.length; start = end) {
    const word = words[start]!;
    while (end < words.length && words[end] === word) end++;
    const colour = (pixels[4 * start]! << 16) | (pixels[4 * start + 1]! << 8) | pixels[4 * start + 2]!;
    uses.set(colour, (uses.get(colour) ?? 0) + end - start);
    runs.push(colour, end);
  }
  const byUse = [...uses].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([colour]) => colour);
  const colours = paletteOf(byUse);
  const place = new Map(byUse.map((colour) => [colour, nearest(colours, colour).at]));
  const indices = new Uint8Array(words.length);
  for (let k = 0, start = 0; k < runs.length; k += 2) {
    const end = runs[k + 1]!;
    indices.fill(place.get(runs[k]!)!, start, end);
    start = end;
  }
  return { colours, indices };
}

/**
 * The most used colours that differ from each other by more than a radius in some channel, with the smallest radius that leaves
 * at most 256: no pixel is further than the radius from its own colour, and up to 256 colours stay exact.
 */
function paletteOf(byUse: readonly number[]): number[] {
  for (let radius = 0; ; radius += 2) {
    const chosen: number[] = [];
    for (const colour of byUse) {
      if (nearest(chosen, colour).distance > radius) chosen.push(colour);
      if (chosen.length > 256) break;
    }
    if (chosen.length <= 256) return chosen;
  }
}

function nearest(colours: readonly number[], colour: number): { at: number; distance: number } {
  const [r, g, b] = channels(colour);
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at < colours.length && least > 0; at++) {
    const other = colours[at]!;
    const distance = Math.max(
      Math.abs((other >> 16) - r),
      Math.abs(((other >> 8) & 255) - g),
      Math.abs((other & 255) - b),
    );
    if (distance < least) {
      best = at;
      least = distance;
    }
  }
  return { at: best, distance: least };
}
