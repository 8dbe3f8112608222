import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { lock } from "proper-lockfile";
import { writeAtomically } from "../../util/atomic-write.ts";
import { figureFile, type Places } from "./places.ts";
import { type ConclusionRecord, readRecord, serialise } from "./record.ts";
import type { Report } from "./report.ts";

/** Whether the run is to put this conclusion on record: it is missing there (outside CI), or -u was given. */
export function isFresh({ mode, comparison }: Report): boolean {
  return mode === "all" || (mode === "new" && comparison.outcome === "missing");
}

const isDrawn = (report: Report) =>
  isFresh(report) ? report.picture.state !== "same" : report.mode === "new" && report.picture.state === "missing";

/**
 * Figures of this run that the record needs and that are not there: those of a shard that ran elsewhere, when only its
 * report was brought here.
 */
export function absentFigures({ root }: Places, reports: readonly Report[]): string[] {
  return reports.flatMap((report) => {
    const { actual } = report.picture;
    return isDrawn(report) && actual && !existsSync(join(root, actual)) ? [actual] : [];
  });
}

/** What is to be on record next. Paths are from the record's folder. */
interface Change {
  readonly record: string;
  /** Figures by the name under which they wait. */
  readonly figures: { readonly [path: string]: string };
  readonly removed: readonly string[];
}

/**
 * Brings the record up to date, conclusions and figures together; what is not fresh stays as it is, byte for byte. Other runs
 * may be writing, too: the record is read again, and only what is fresh here is changed. A run that is killed leaves the
 * record as it was, or as it was to be: see `finishWriting`.
 */
export async function putOnRecord(
  places: Places,
  reports: readonly Report[],
  unowned: readonly string[],
): Promise<void> {
  const removing = reports.some((r) => r.mode === "all");
  if (!removing && !reports.some((report) => isFresh(report) || isDrawn(report))) return;
  const folder = dirname(places.record);
  mkdirSync(places.figures, { recursive: true });
  const release = await locked(folder);
  try {
    finishWriting(places);
    const next: { [id: string]: ConclusionRecord[string] } = { ...readRecord(places.record) };
    const figures: { [path: string]: string } = {};
    const removed: string[] = [];
    for (const report of reports) {
      const { id, conclusion, picture } = report;
      if (isFresh(report)) next[id] = conclusion;
      if (isDrawn(report) && picture.actual) {
        const waiting = `${figureFile(places, id)}.new`;
        writeAtomically(waiting, readFileSync(join(places.root, picture.actual)));
        figures[`figures/${id}.png`] = `figures/${id}.png.new`;
      }
      if (isFresh(report) && picture.state === "none") removed.push(`figures/${id}.png`);
    }
    if (removing)
      for (const name of unowned) {
        if (name.startsWith("figures/")) removed.push(name);
        else delete next[name];
      }
    const record = serialise(next);
    if (record === textOf(places.record) && Object.keys(figures).length + removed.length === 0) return;
    const change: Change = { record, figures, removed };
    // From here on the change is made, by this run or by the next.
    writeAtomically(journalOf(places), JSON.stringify(change));
    finishWriting(places);
  } finally {
    await release();
  }
}

/** Locks a folder; gives what lets it go. Waits 40 s at most while another run has it, and throws at once where no lock can be made. */
async function locked(folder: string): Promise<() => Promise<void>> {
  const path = `${realpathSync(folder)}.lock`;
  // Windows says so of a folder that is just being removed.
  const held = process.platform === "win32" ? ["ELOCKED", "EPERM", "EBUSY"] : ["ELOCKED"];
  for (let tries = 0; ; tries++)
    try {
      return await lock(folder);
    } catch (error) {
      const { code = "", message } = error as NodeJS.ErrnoException;
      const inTheWay = statSync(path, { throwIfNoEntry: false })?.isDirectory() === false;
      if (inTheWay) throw new Error(`a file is where the lock is to be: ${path}`);
      if (!held.includes(code) || tries === 200) throw new Error(`no lock can be made: ${message}`);
      await pause(200);
    }
}

/** Finishes what a run that was killed had begun to write: everything that it was to change is beside the record, or is done. */
export function finishWriting(places: Places): void {
  const journal = journalOf(places);
  const text = textOf(journal);
  if (text === "") return;
  const folder = dirname(places.record);
  const { record, figures, removed } = JSON.parse(text) as Change;
  for (const [path, waiting] of Object.entries(figures))
    if (existsSync(join(folder, waiting))) renameSync(join(folder, waiting), join(folder, path));
  for (const path of removed) rmSync(join(folder, path), { force: true });
  if (record !== textOf(places.record)) writeAtomically(places.record, record);
  rmSync(journal, { force: true });
}

const journalOf = ({ record }: Places) => `${record}.pending`;
const textOf = (file: string) => (existsSync(file) ? readFileSync(file, "utf8") : "");
