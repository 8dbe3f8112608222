import { readFileSync, statSync } from "node:fs";
import { InputError } from "../../util/check.ts";
import { type Json, pretty } from "../../util/json.ts";
import type { Conclusion } from "../claim/conclusion.ts";

export type ConclusionRecord = Readonly<{ [id: string]: Conclusion }>;

/** What was last read from each file, as long as the file stays the same: every hypothesis asks for the record. */
const lastRead = new Map<string, { readonly stamp: string; readonly record: ConclusionRecord }>();

/** The conclusions on record; none when the file is absent. Throws InputError where it is not readable as a record. */
export function readRecord(file: string): ConclusionRecord {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) return {};
  const stamp = `${stat.mtimeMs} ${stat.size}`;
  const known = lastRead.get(file);
  if (known?.stamp === stamp) return known.record;
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) throw new Error("not an object");
    lastRead.set(file, { stamp, record: parsed as ConclusionRecord });
    return parsed as ConclusionRecord;
  } catch (error) {
    throw new InputError(
      `${file} is not a conclusion record (${(error as Error).message}); restore it from version control`,
    );
  }
}

/** Ids in order: letters first, then numbers as numbers (T2 before T10), then the rest. */
export function byId(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}

/** One block a hypothesis, in a stable order, whatever order they were concluded in. */
export function serialise(record: ConclusionRecord): string {
  const ids = Object.keys(record).sort(byId);
  const blocks = ids.map((id) => {
    const lines = Object.entries(record[id] as unknown as { [key: string]: Json }).map(([key, value]) => {
      const start = `    ${JSON.stringify(key)}: `;
      return start + pretty(value, 120, "    ", start.length);
    });
    return `  ${JSON.stringify(id)}: {\n${lines.join(",\n")}\n  }`;
  });
  return `{\n${blocks.join(",\n")}\n}\n`;
}
