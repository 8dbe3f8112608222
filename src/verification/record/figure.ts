import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compareImages, ImageSnapshotManager } from "vitest-image-snapshot";
import { figureFile, fromRoot, type Places } from "./places.ts";

/** A figure against the one on record. The fresh one is kept under `reports/figures`, whatever comes of it. */
export interface FigureState {
  /** `alike`: other bytes, but no visible difference. `damaged`: what is on record is no picture. */
  readonly state: "none" | "same" | "alike" | "missing" | "different" | "damaged";
  /** Why the fresh figure is in no file, though it was drawn. */
  readonly unwritten?: string;
  /** Why Vitest's pages cannot show it. */
  readonly unattached?: string;
  /** Files, from the suite's root: a shard's report is read on another machine. */
  readonly actual?: string;
  readonly recorded?: string;
  readonly difference?: string;
  /** Share of pixels that differ. */
  readonly ratio?: number;
}

export async function compareFigure(places: Places, id: string, png: Buffer | undefined): Promise<FigureState> {
  if (!png) return { state: "none" };
  const manager = new ImageSnapshotManager(join(places.figures, "..", "record"), {
    snapshotDir: "figures",
    actualDir: "../reports/figures",
    diffDir: "../reports/figures/differences",
    updateSnapshot: "none",
  });
  const unwritten = await whyNot(manager.saveActual(png, id));
  const drawn = unwritten === undefined ? { actual: fromRoot(places, manager.actualPath(id)) } : { unwritten };
  const file = figureFile(places, id);
  if (!existsSync(file)) return { state: "missing", ...drawn };
  const reference = readFileSync(file);
  const recorded = fromRoot(places, file);
  if (reference.equals(png)) return { state: "same", ...drawn, recorded };
  const comparison = await compareImages(reference, png, { threshold: 0.1 }).catch(() => null);
  if (comparison === null) return { state: "damaged", ...drawn, recorded };
  if (comparison.pass) return { state: "alike", ...drawn, recorded };
  const { diffBuffer, mismatchedPixelRatio: ratio } = comparison;
  const saved = diffBuffer && (await whyNot(manager.saveDiff(diffBuffer, id))) === undefined;
  const difference = saved && { difference: fromRoot(places, manager.diffPath(id)) };
  return { state: "different", ...drawn, recorded, ...difference, ratio };
}

/** A disk that is full, or not ours to write on, is no reason to lose a conclusion. */
function whyNot(saving: Promise<unknown>): Promise<string | undefined> {
  return saving.then(
    () => undefined,
    (error: Error) => error.message,
  );
}
