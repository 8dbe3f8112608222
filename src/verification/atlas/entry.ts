import { existsSync, readFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import type { Conclusion } from "../conclusion.ts";
import type { ConclusionRecord } from "../record.ts";
import type { Report } from "../report.ts";
import { inNoteOrder, type Row, rowOf } from "./argument.ts";

/** Against the record: as it was, moved, changed, not there before; or not concluded in this run. */
export type State = "same" | "moved" | "changed" | "new" | "on record";

/** A picture beside the page. */
export interface Picture {
  /** From the page. */
  readonly src: string;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** A hypothesis on the page. */
export interface Entry {
  readonly id: string;
  /** Its row of the ledger, or its own id where the ledger has none. */
  readonly row: string;
  readonly conclusion: Conclusion;
  readonly state: State;
  /** What this run reported; none where it did not conclude. */
  readonly report?: Report;
  /** What was on record before this run. */
  readonly recorded?: Conclusion;
  readonly figure?: Picture;
  /** Where the figure has changed. */
  readonly before?: Picture;
  readonly difference?: Picture;
}

/** Where pictures lie: both from the working directory. */
export interface Places {
  /** The page's directory; this run's figures are in its `figures`. */
  readonly reports: string;
  /** Figures on record. */
  readonly figures: string;
}

/** Everything this run concluded and everything on record, in the note's order. */
export function entries(
  reports: readonly Report[],
  record: ConclusionRecord,
  rows: readonly Row[],
  places: Places,
): Entry[] {
  const now = new Map(reports.map((report) => [report.id, report]));
  const ids = [...new Set([...now.keys(), ...Object.keys(record)])].sort(inNoteOrder(rows));
  return ids.map((id): Entry => {
    const report = now.get(id);
    const recorded = record[id];
    const conclusion = report?.conclusion ?? recorded!;
    const kept = picture(places.reports, join(places.figures, `${id}.png`));
    const fresh = picture(places.reports, join(places.reports, "figures", `${id}.png`));
    const different = report?.picture.state === "different";
    const before = picture(places.reports, join(places.reports, "figures/recorded", `${id}.png`)) ?? kept;
    const difference = picture(places.reports, join(places.reports, "figures/differences", `${id}.png`));
    // Of a shard brought here without its pictures, the record's figure is as good where it is the same.
    const same = report?.picture.state === "same" || report?.picture.state === "alike";
    const figure = report ? (fresh ?? (same ? kept : undefined)) : kept;
    return {
      id,
      row: rowOf(id),
      conclusion,
      state: stateOf(report),
      ...(report && { report }),
      ...(recorded && { recorded }),
      ...(conclusion.figure && figure && { figure }),
      ...(different && before && { before }),
      ...(different && difference && { difference }),
    };
  });
}

function stateOf(report: Report | undefined): State {
  if (!report) return "on record";
  const { outcome } = report.comparison;
  if (outcome === "missing") return "new";
  return outcome === "same" && report.picture.state === "different" ? "moved" : outcome;
}

/** A figure is encoded at two device pixels for each CSS pixel; its size stands at the head of the file. */
function picture(directory: string, file: string): Picture | undefined {
  if (!existsSync(file)) return undefined;
  const head = readFileSync(file).subarray(0, 24);
  if (head.length < 24 || head.toString("latin1", 12, 16) !== "IHDR") return undefined;
  const src = relative(directory, file).split(sep).map(encodeURIComponent).join(posix.sep);
  const [width, height] = [head.readUInt32BE(16), head.readUInt32BE(20)];
  return { src, width: Math.round(width / 2), height: Math.round(height / 2) };
}
