import { join, relative } from "node:path";
import { compareImages, ImageSnapshotManager } from "vitest-image-snapshot";
import { paths } from "./record.ts";

/**
 * A figure against the one on record. The fresh one is always kept under `reports/figures`; the record itself is only
 * written by the reporter, at the end of the run, together with the conclusion.
 */
export interface PictureState {
  /** `alike`: other bytes, but no visible difference. */
  readonly state: "none" | "same" | "alike" | "missing" | "different";
  /** Files, from the repository's root: a shard's report is read on another machine. */
  readonly actual?: string;
  readonly recorded?: string;
  readonly difference?: string;
  /** Share of pixels that differ. */
  readonly ratio?: number;
}

export function figureFile(id: string): string {
  return join(paths.figures, `${id}.png`);
}

export async function comparePicture(id: string, png: Buffer | undefined): Promise<PictureState> {
  if (!png) return { state: "none" };
  const manager = new ImageSnapshotManager(join(paths.figures, "..", "record"), {
    snapshotDir: "figures",
    actualDir: "../reports/figures",
    diffDir: "../reports/figures/differences",
    updateSnapshot: "none",
  });
  await manager.saveActual(png, id);
  const actual = relative("", manager.actualPath(id));
  const reference = await manager.loadReference(id);
  if (!reference) return { state: "missing", actual };
  const recorded = relative("", manager.referencePath(id));
  if (reference.equals(png)) return { state: "same", actual, recorded };
  const comparison = await compareImages(reference, png, { threshold: 0.1 });
  if (comparison.pass) return { state: "alike", actual, recorded };
  if (comparison.diffBuffer) await manager.saveDiff(comparison.diffBuffer, id);
  return {
    state: "different",
    actual,
    recorded,
    ...(comparison.diffBuffer ? { difference: relative("", manager.diffPath(id)) } : {}),
    ratio: comparison.mismatchedPixelRatio,
  };
}
