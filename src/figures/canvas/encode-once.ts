import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeAtomically } from "../../util/atomic-write.ts";
import { encodePng } from "./png.ts";

const cache = fileURLToPath(new URL("../../../.cache/figures", import.meta.url));
/** Another encoder, another place: what is kept was made by exactly this one. */
const encoder = readFileSync(new URL("./png.ts", import.meta.url));
const digestBytes = 32;

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
  const key = createHash("sha256").update(encoder).update(`${width} ${height}`).update(pixels).digest("hex");
  const path = join(directory, `${key.slice(0, 32)}.figure`);
  const kept = readKept(path);
  if (kept) return kept;
  const png = encodePng(pixels, width, height);
  try {
    mkdirSync(directory, { recursive: true });
    writeAtomically(path, Buffer.concat([digest(png), png]));
  } catch {
    // The next run encodes it again.
  }
  return png;
}

const digest = (png: Uint8Array) => createHash("sha256").update(png).digest();

/** A kept file is the picture's digest, then the picture. */
function readKept(path: string): Buffer | undefined {
  try {
    const bytes = readFileSync(path);
    const png = bytes.subarray(digestBytes);
    return digest(png).equals(bytes.subarray(0, digestBytes)) ? png : undefined;
  } catch {
    return undefined;
  }
}
