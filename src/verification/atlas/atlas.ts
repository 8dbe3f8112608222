import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeAtomically } from "../../util/atomic-write.ts";
import type { Note } from "../claim/note.ts";
import { figureFile } from "../record/places.ts";
import type { Outcome } from "../report/outcome.ts";
import { entries, setAside } from "./entry.ts";
import { straysOf } from "./failed.ts";
import { keep } from "./kept.ts";
import { page } from "./page.ts";
import type { Scripts } from "./scripts.ts";

/** What a page shows of a run. */
export type Run = Pick<Outcome, "places" | "reports" | "failures" | "record" | "variant">;

/**
 * Writes `index.html` among a run's reports: what it concluded, what failed, and what is on record of the rest; and keeps
 * what it reported for later pages. Call it before the record is written: figures that are about to be replaced are set aside.
 *
 * @returns the page's file
 */
export function writeAtlas(run: Run, note: Note | null, running: Scripts | null = null): string {
  const { places } = run;
  for (const { id, picture } of run.reports) {
    const kept = figureFile(places, id);
    if (picture.state !== "different" || !existsSync(kept)) continue;
    mkdirSync(dirname(setAside(places, id)), { recursive: true });
    copyFileSync(kept, setAside(places, id));
  }
  const file = join(places.reports, "index.html");
  mkdirSync(places.reports, { recursive: true });
  const all = entries(run);
  writeAtomically(file, page(all, note, straysOf(run.failures, all), running));
  keep(run);
  return file;
}
