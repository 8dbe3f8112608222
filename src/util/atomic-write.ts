import { randomUUID } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** How the name of a file that is still being written ends. */
export const temporarySuffix = ".tmp";

/** A name of its own beside `path`, on the same file system, so that the rename is atomic. */
function temporaryName(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID()}${temporarySuffix}`);
}

/** Writes a file whole or not at all: a reader, or a killed writer, never leaves or sees half of it. */
export function writeAtomically(path: string, content: string | Uint8Array): void {
  const temporary = temporaryName(path);
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Throws what `writeAtomically` would throw for want of a directory, of room or of permission, and leaves nothing behind. */
export function tryWriting(path: string): void {
  const temporary = temporaryName(path);
  writeFileSync(temporary, "");
  rmSync(temporary, { force: true });
}
