import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { InputError } from "../util/check.ts";
import { type Json, pretty } from "../util/json.ts";
import type { Conclusion } from "./conclusion.ts";

export type ConclusionRecord = Readonly<{ [id: string]: Conclusion }>;

/** Where the record, its figures and what a run writes lie, from the repository's root. */
export const paths = {
  record: resolve("snapshots/conclusions.json"),
  figures: resolve("snapshots/figures"),
  reports: resolve("reports"),
};

/** What was last read from each file, as long as the file stays the same: every hypothesis asks for the record. */
const lastRead = new Map<string, { readonly stamp: string; readonly record: ConclusionRecord }>();

/** The conclusions on record; none when the file is absent. Throws InputError where it is not readable as a record. */
export function readRecord(file = paths.record): ConclusionRecord {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) return {};
  const stamp = `${stat.mtimeMs} ${stat.size}`;
  const known = lastRead.get(file);
  if (known?.stamp === stamp) return known.record;
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
      throw new Error("not an object");
    lastRead.set(file, { stamp, record: parsed as ConclusionRecord });
    return parsed as ConclusionRecord;
  } catch (error) {
    throw new InputError(
      `${file} is not a conclusion record (${(error as Error).message}); restore it from version control`,
    );
  }
}

/** Ids in the ledger's order: letters first, then numbers as numbers (T2 before T10), then the rest. */
export function byId(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}

/** One block a hypothesis, in a stable order, whatever order they were concluded in. */
export function serialise(record: ConclusionRecord): string {
  const ids = Object.keys(record).sort(byId);
  const blocks = ids.map((id) => `  ${JSON.stringify(id)}: ${block(record[id] as unknown as Json)}`);
  return `{\n${blocks.join(",\n")}\n}\n`;
}

function block(conclusion: Json): string {
  const lines = Object.entries(conclusion as { [key: string]: Json }).map(([key, value]) => {
    const start = `    ${JSON.stringify(key)}: `;
    return start + pretty(value, 120, "    ", start.length);
  });
  return `{\n${lines.join(",\n")}\n  }`;
}
