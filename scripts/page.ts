import { copyFileSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { note } from "../hypotheses/note/index.ts";
import { pageScripts } from "../src/page/build.ts";
import { writeAtomically } from "../src/util/atomic-write.ts";
import { type Entry, entries } from "../src/verification/atlas/entry.ts";
import { page } from "../src/verification/atlas/page.ts";
import { figureFile, placesIn } from "../src/verification/record/places.ts";
import { readRecord } from "../src/verification/record/record.ts";

/**
 * Writes reports/page: what is on record as one folder for any static host, that needs nothing outside of it. Galleries are those
 * that runs have left in reports/hypotheses.
 */
const places = placesIn(resolve(import.meta.dirname, ".."));
const folder = join(places.reports, "page");
const record = readRecord(places.record);

const scripts = await pageScripts(places.root);
rmSync(folder, { recursive: true, force: true });
mkdirSync(join(folder, "figures"), { recursive: true });

/** Its figure lies beside the page, its spec file does not. */
function movedIn(entry: Entry): Entry {
  const { id, figure } = entry;
  if (figure) copyFileSync(figureFile(places, id), join(folder, "figures", `${id}.png`));
  return { ...entry, spec: undefined, figure: figure && { ...figure, src: `figures/${encodeURIComponent(id)}.png` } };
}
const all = entries({ places, reports: [], failures: [], record }).map(movedIn);
writeAtomically(join(folder, "index.html"), page(all, note, [], scripts));

const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
const bytes = files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
console.log(`${folder}: ${files.length} files, ${(bytes / 1e6).toFixed(1)} MB`);
if (all.every(({ report }) => !report)) console.log("without galleries: run the hypotheses first");
