import { mkdirSync, mkdtempSync } from "node:fs";
import { resolve } from "node:path";
import { note } from "../../../../hypotheses/note/index.ts";
import { writeAtlas } from "../../../verification/atlas/atlas.ts";
import type { Gallery } from "../../../verification/examples/gallery.ts";
import { placesIn } from "../../../verification/record/places.ts";
import { readRecord } from "../../../verification/record/record.ts";
import { exampleReport } from "../../../verification/testing/report.ts";
import { pageScripts } from "../../build.ts";

const typical = { why: "typical", met: true, like: 9, observed: null, status: "converged", loss: 0.1 } as const;
const gallery = (label: string, seed: number): Gallery => ({
  label,
  of: 9,
  command: null,
  seeds: [{ ...typical, seed, thumbnail: { reach: 1, places: [0, -50, 50, 0], shared: 0 } }],
});

/** Hypotheses with galleries of one seed each: in the plane, in space, in more dimensions, and one that diverges. */
const shown: Readonly<Record<string, readonly Gallery[]>> = {
  T1: [gallery("n = 5", 20000)],
  T10: [gallery("n = 9", 20000)],
  S3: [gallery("d = 4, superposed, n = 4d", 20000)],
  C5: [gallery("n = 8, rate 16", 20009)],
};

/** Writes the page of some of the suite's hypotheses, with all that runs in it, into a directory of its own. */
export async function writePage(): Promise<{ root: string; file: string }> {
  mkdirSync(".cache", { recursive: true });
  const places = placesIn(mkdtempSync(resolve(".cache/watch-")));
  const all = readRecord(placesIn(process.cwd()).record);
  const record = Object.fromEntries(Object.keys(shown).map((id) => [id, all[id]!]));
  const reports = Object.entries(shown).map(([id, galleries]) => exampleReport(id, record[id], "same", { galleries }));
  const run = { places, reports, failures: [], record, variant: null };
  return { root: places.root, file: writeAtlas(run, note, await pageScripts(process.cwd())) };
}
