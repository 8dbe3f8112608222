import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { lock } from "proper-lockfile";
import { temporarySuffix, writeAtomically } from "../../util/atomic-write.ts";
import { InputError } from "../../util/check.ts";
import type { Places } from "./places.ts";
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

/** Why a figure that the record needs could not be written; none of it can be recorded then. */
export function unwrittenFigures(reports: readonly Report[]): string[] {
  return reports.flatMap((report) => (isDrawn(report) ? (report.picture.unwritten ?? []) : []));
}

/** What is to be on record next. Paths are from the record's folder. */
interface Change {
  /** Files by the name under which they wait. */
  readonly waiting: { readonly [path: string]: string };
  readonly removed: readonly string[];
}

/** How the name of a file ends that waits to take another's place. */
const waitingSuffix = ".new";

/**
 * Brings the record up to date, conclusions and figures together; what is not fresh stays as it is, byte for byte. Other runs
 * may be writing, too: the record is read again, and only what is fresh here is changed. A run that is killed leaves the
 * record as it was, or as it was to be: see `finishPending`. So does one that cannot write: all that takes room on the disk is
 * written before anything on record is touched.
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
  await locked(places, () => {
    const next: { [id: string]: ConclusionRecord[string] } = { ...readRecord(places.record) };
    const waiting: { [path: string]: string } = {};
    const removed: string[] = [];
    const wait = (path: string, content: string | Uint8Array) => {
      waiting[path] = path + waitingSuffix;
      writeAtomically(join(folder, waiting[path]), content);
    };
    for (const report of reports) {
      const { id, conclusion, picture } = report;
      if (isFresh(report)) next[id] = conclusion;
      if (isDrawn(report) && picture.actual) wait(`figures/${id}.png`, readFileSync(join(places.root, picture.actual)));
      if (isFresh(report) && picture.state === "none") removed.push(`figures/${id}.png`);
    }
    if (removing)
      for (const name of unowned) {
        if (name.startsWith("figures/")) removed.push(name);
        else delete next[name];
      }
    const record = serialise(next);
    if (record !== textOf(places.record)) wait(basename(places.record), record);
    if (Object.keys(waiting).length + removed.length === 0) return;
    const change: Change = { waiting, removed };
    // From here on the change is made, by this run or by the next.
    writeAtomically(journalOf(places), JSON.stringify(change));
    finishWriting(places);
  });
}

/**
 * Finishes what a run that was killed had begun to put on record. Throws InputError where that cannot be done: until it is, the
 * record is neither the old nor the new one.
 */
export async function finishPending(places: Places): Promise<void> {
  if (!existsSync(journalOf(places))) return;
  try {
    await locked(places, () => {});
  } catch (error) {
    throw new InputError(
      `a run that was killed left ${journalOf(places)}, and what it began cannot be finished: ${(error as Error).message}`,
    );
  }
}

/** Does `work` while no other run writes, after what an earlier one left is finished; leaves nothing behind that waits. */
async function locked(places: Places, work: () => void): Promise<void> {
  const release = await lockOn(dirname(places.record));
  try {
    finishWriting(places);
    removeWaiting(places);
    work();
  } catch (error) {
    if (!existsSync(journalOf(places))) removeWaiting(places);
    throw error;
  } finally {
    await release();
  }
}

/** Locks a folder; gives what lets it go. Waits 40 s at most while another run has it, and throws at once where no lock can be made. */
async function lockOn(folder: string): Promise<() => Promise<void>> {
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

/** Everything that the change is to put in place waits beside it, or is in place already. Takes no room on the disk. */
function finishWriting(places: Places): void {
  const journal = journalOf(places);
  const text = textOf(journal);
  if (text === "") return;
  const folder = dirname(places.record);
  const { waiting, removed } = JSON.parse(text) as Change;
  for (const [path, name] of Object.entries(waiting))
    if (existsSync(join(folder, name))) renameSync(join(folder, name), join(folder, path));
  for (const path of removed) rmSync(join(folder, path), { force: true });
  rmSync(journal, { force: true });
}

/** Files that waited for a change that was never decided, and what was half written. Only under the lock are they nobody's. */
function removeWaiting(places: Places): void {
  for (const folder of [dirname(places.record), places.figures])
    for (const name of existsSync(folder) ? readdirSync(folder) : [])
      if (name.endsWith(waitingSuffix) || (name.startsWith(".") && name.endsWith(temporarySuffix)))
        rmSync(join(folder, name), { force: true });
}

const journalOf = ({ record }: Places) => `${record}.pending`;
const textOf = (file: string) => (existsSync(file) ? readFileSync(file, "utf8") : "");
