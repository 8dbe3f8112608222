import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Conclusion } from "../claim/conclusion.ts";
import { figureFile, fromRoot, type Places } from "../record/places.ts";
import { byId } from "../record/record.ts";
import type { Report } from "../record/report.ts";
import type { Failure, Outcome } from "../report/outcome.ts";
import { readKept } from "./kept.ts";

/** How a hypothesis stands against the record, in words. */
export const states = {
  failed: "failed in this run",
  same: "as on record",
  moved: "moved evidence",
  changed: "changed conclusion",
  new: "not on record before",
  "on record": "not run now, on record",
} as const;
export type State = keyof typeof states;

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
  readonly conclusion: Conclusion;
  /** What it came to, whether or not it failed for that. */
  readonly state: Exclude<State, "failed">;
  /** Why it failed in this run; none where it did not. */
  readonly failures: readonly Failure[];
  /** What this run reported where it concluded; elsewhere what an earlier run did that came to what is on record. */
  readonly report: Report | undefined;
  /** What is on record, or about to be: what a run elsewhere is held against. */
  readonly recorded: Conclusion;
  /** Its spec file, from the page. */
  readonly spec: string | undefined;
  readonly figure: Picture | undefined;
  /** Where the figure has changed. */
  readonly before: Picture | undefined;
  readonly difference: Picture | undefined;
}

/** The state to look for. */
export const stateShown = ({ state, failures }: Entry): State => (failures.length > 0 ? "failed" : state);

/** Whether this run concluded it. */
export const isConcluded = ({ state }: Entry) => state !== "on record";

/** Everything that this run concluded and everything on record, by id. */
export function entries(run: Pick<Outcome, "places" | "reports" | "failures" | "record">): Entry[] {
  const { places, reports, failures, record } = run;
  const now = new Map(reports.map((report) => [report.id, report]));
  const ids = [...new Set([...now.keys(), ...Object.keys(record)])].sort(byId);
  return ids.map((id) => {
    const report = now.get(id);
    const entry = report ? concluded(report, places) : onRecord(id, record[id]!, places);
    const recorded = report?.mode === "all" ? report.conclusion : (record[id] ?? entry.conclusion);
    return { ...entry, recorded, failures: failures.filter((failure) => failure.id === id) };
  });
}

function onRecord(id: string, conclusion: Conclusion, places: Places): Omit<Entry, "recorded" | "failures"> {
  const report = readKept(places, id, conclusion);
  const file = report?.spec.file ?? conclusion.spec;
  // A record from before it knew the files has none.
  const there = file && existsSync(join(places.root, file));
  const spec = there ? fromPage(places, join(places.root, file)) : undefined;
  const figure = conclusion.figure ? picture(places, figureFile(places, id)) : undefined;
  const same = { before: undefined, difference: undefined };
  return { id, conclusion, state: "on record", report, spec, figure, ...same };
}

function concluded(report: Report, places: Places): Omit<Entry, "recorded" | "failures"> {
  const { id, conclusion, spec } = report;
  const { state, actual, difference } = report.picture;
  const file = (name: string | undefined) => (name ? picture(places, join(places.root, name)) : undefined);
  const kept = picture(places, figureFile(places, id));
  // Of a shard brought here without its pictures, the record's figure is as good where it is the same.
  const same = state === "same" || state === "alike";
  const different = state === "different";
  return {
    id,
    conclusion,
    state: stateOf(report),
    report,
    spec: fromPage(places, join(places.root, spec.file)),
    figure: file(actual) ?? (same ? kept : undefined),
    before: different ? (picture(places, setAside(places, id)) ?? kept) : undefined,
    difference: different ? file(difference) : undefined,
  };
}

function stateOf({ comparison: { outcome }, picture }: Report): Entry["state"] {
  if (outcome === "missing") return "new";
  return outcome === "same" && picture.state === "different" ? "moved" : outcome;
}

/** Where a figure on record is kept that a run may replace. */
export function setAside({ reports }: Pick<Places, "reports">, id: string): string {
  return join(reports, "figures/recorded", `${id}.png`);
}

/** A figure is encoded at two device pixels for each CSS pixel; its size stands at the head of the file. */
function picture(places: Places, file: string): Picture | undefined {
  if (!existsSync(file)) return undefined;
  const head = readFileSync(file).subarray(0, 24);
  if (head.length < 24 || head.toString("latin1", 12, 16) !== "IHDR") return undefined;
  const [width, height] = [head.readUInt32BE(16), head.readUInt32BE(20)];
  return { src: fromPage(places, file), width: Math.round(width / 2), height: Math.round(height / 2) };
}

function fromPage({ reports }: Places, file: string): string {
  return fromRoot({ root: reports }, file).split("/").map(encodeURIComponent).join("/");
}
