import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sha256 } from "../../util/canonical.ts";
import { readKept, writeKept } from "../../util/kept.ts";
import { encodePng } from "./png.ts";

const cache = fileURLToPath(new URL("../../../.cache/figures", import.meta.url));
/** Another encoder, another place: what is kept was made by exactly this one. */
const encoder = readFileSync(new URL("./png.ts", import.meta.url));

/**
 * `encodePng`, but pixels that were encoded before are read back: most figures of a run are those of the run before, and
 * encoding takes longer than drawing. A damaged file is encoded again; a directory that cannot be written costs time only.
 *
 * @param directory where encoded figures are kept; null: nowhere. Default: .cache/figures, unless HYPOTHESES_CACHE is "off"
 */
export function encodeOnce(
  pixels: Uint8ClampedArray,
  width: number,
  height: number,
  directory: string | null = process.env.HYPOTHESES_CACHE === "off" ? null : cache,
): Buffer {
  if (directory === null) return encodePng(pixels, width, height);
  const key = sha256(encoder, `${width} ${height}`, pixels);
  const path = join(directory, `${key.slice(0, 32)}.figure`);
  const kept = readKept(path);
  if (kept) return kept;
  const png = encodePng(pixels, width, height);
  try {
    writeKept(path, png);
  } catch {
    // The next run encodes it again.
  }
  return png;
}
