import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "../../util/atomic-write.ts";
import { type ConclusionRecord, paths } from "../record.ts";
import type { Report } from "../report.ts";
import { errata, ledgerRows } from "./argument.ts";
import { entries, type Places } from "./entry.ts";
import { page } from "./page.ts";

/**
 * Writes `index.html` beside this run's figures: what it concluded, and what is on record of the rest. Call it before the
 * record is written, for figures that are about to be replaced are copied to `figures/recorded`. What the note's argument
 * is comes from `hypotheses/ledger.md` and `ERRATA.md`, where they are there.
 *
 * @param record as it was before this run
 * @returns the page's file
 */
export function writeAtlas(
  reports: readonly Report[],
  record: ConclusionRecord,
  places: Places = { reports: paths.reports, figures: paths.figures },
): string {
  for (const { id, picture } of reports) {
    const kept = join(places.figures, `${id}.png`);
    if (picture.state !== "different" || !existsSync(kept)) continue;
    mkdirSync(join(places.reports, "figures/recorded"), { recursive: true });
    copyFileSync(kept, join(places.reports, "figures/recorded", `${id}.png`));
  }
  const rows = ledgerRows(textOf("hypotheses/ledger.md"));
  const content = {
    entries: entries(reports, record, rows, places),
    rows,
    errata: errata(textOf("ERRATA.md")),
  };
  const file = join(places.reports, "index.html");
  mkdirSync(places.reports, { recursive: true });
  writeAtomically(file, page(content));
  return file;
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
