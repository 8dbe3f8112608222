import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { note } from "../../../hypotheses/note/index.ts";
import { writeAtlas } from "../../verification/atlas/atlas.ts";
import { placesIn } from "../../verification/record/places.ts";
import { type ConclusionRecord, readRecord } from "../../verification/record/record.ts";
import type { Report } from "../../verification/record/report.ts";
import { pageScripts } from "../build.ts";

const root = resolve(import.meta.dirname, "../../..");

/**
 * The page of this repository's record, or of one that was tampered with, in a folder of its own; with its scripts. Galleries are
 * those of reports.
 */
export async function writeWholePage(
  tampered: (record: ConclusionRecord) => ConclusionRecord = (record) => record,
  reportsOf: (record: ConclusionRecord) => readonly Report[] = () => [],
) {
  const places = { ...placesIn(root), reports: mkdtempSync(join(tmpdir(), "page-")) };
  const record = tampered(readRecord(places.record));
  const scripts = await pageScripts(root);
  const reports = reportsOf(record);
  const file = writeAtlas({ places, reports, failures: [], record, variant: null }, note, scripts);
  return { folder: places.reports, file, address: String(pathToFileURL(file)), record, scripts };
}
