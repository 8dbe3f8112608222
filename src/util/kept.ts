import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { writeAtomically } from "./atomic-write.ts";

/** A kept file is the content's digest, then the content. */
const digestBytes = 32;

export const digest = (content: string | Uint8Array): Buffer => createHash("sha256").update(content).digest();

/** What was kept there; undefined where nothing was, or where it is not what was written. */
export function readKept(path: string): Buffer<ArrayBuffer> | undefined {
  try {
    const bytes = readFileSync(path);
    const content = bytes.subarray(digestBytes);
    return digest(content).equals(bytes.subarray(0, digestBytes)) ? content : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a result that is dear to compute, in a directory that is made when needed. */
export function writeKept(path: string, content: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeAtomically(path, Buffer.concat([digest(content), content]));
}
