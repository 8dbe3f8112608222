import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "../util/atomic-write.ts";
import { figureFile } from "./picture.ts";
import { type ConclusionRecord, paths, serialise } from "./record.ts";
import type { Report } from "./report.ts";

/** Whether the run is to put this conclusion on record: it is missing there (outside CI), or -u was given. */
export function isFresh({ mode, comparison }: Report): boolean {
  return mode === "all" || (mode === "new" && comparison.outcome === "missing");
}

const isDrawn = (report: Report) =>
  isFresh(report)
    ? report.picture.state !== "same"
    : report.mode === "new" && report.picture.state === "missing";

/**
 * Figures of this run that the record needs and that are not there: those of a shard that ran elsewhere, when only its
 * report was brought here.
 */
export function absentFigures(reports: readonly Report[]): string[] {
  return reports.flatMap((report) => {
    const { actual } = report.picture;
    return isDrawn(report) && actual && !existsSync(actual) ? [actual] : [];
  });
}

/** Brings the record up to date, conclusions and figures together; what is not fresh stays as it is, byte for byte. */
export function putOnRecord(
  reports: readonly Report[],
  record: ConclusionRecord,
  unowned: readonly string[],
): void {
  const next: { [id: string]: ConclusionRecord[string] } = { ...record };
  for (const report of reports) {
    const { id, conclusion, picture } = report;
    if (isFresh(report)) next[id] = conclusion;
    if (isDrawn(report) && picture.actual) {
      mkdirSync(paths.figures, { recursive: true });
      writeAtomically(figureFile(id), readFileSync(picture.actual));
    }
    if (isFresh(report) && picture.state === "none") rmSync(figureFile(id), { force: true });
  }
  const removing = reports.some((r) => r.mode === "all");
  if (removing)
    for (const name of unowned) {
      if (name.startsWith("figures/")) rmSync(join(paths.figures, "..", name), { force: true });
      else delete next[name];
    }
  if (!removing && !reports.some(isFresh)) return;
  const text = serialise(next);
  const old = existsSync(paths.record) ? readFileSync(paths.record, "utf8") : "";
  if (text !== old) writeAtomically(paths.record, text);
}
