import { type Json, plain, rounded } from "../util/json.ts";
import { fold, type Terminal } from "../util/terminal.ts";
import type { Conclusion } from "./conclusion.ts";
import { sameBits } from "./gate.ts";

/** One value that differs between the conclusion on record and a fresh one; null: not there. */
export interface Change {
  /** Where it stands, outermost first: "n = 9", "endings", "converged". */
  readonly path: readonly string[];
  readonly before: string | null;
  readonly after: string | null;
}

const words: readonly (readonly [keyof Conclusion, string])[] = [
  ["verdict", "verdict"],
  ["summary", "in short"],
  ["claim", "claim"],
  ["section", "section"],
  ["kind", "kind"],
  ["errorRate", "error rate"],
  ["figure", "figure"],
];

const hashes = ["what was trained", "trained weights"];

/** What differs, value by value: verdict and wording first, then the evidence, then what was trained. */
export function changesBetween(recorded: Conclusion, fresh: Conclusion): Change[] {
  const changes = words.flatMap(([field, name]) => leaves([name], recorded[field], fresh[field]));
  const names = new Set([...Object.keys(recorded.evidence), ...Object.keys(fresh.evidence)]);
  for (const name of names) changes.push(...leaves([name], recorded.evidence[name], fresh.evidence[name]));
  changes.push(...leaves([hashes[0]!], recorded.trained, fresh.trained));
  if (sameBits(recorded, fresh))
    changes.push(...leaves([hashes[1]!], recorded.fingerprint, fresh.fingerprint));
  return changes;
}

/** Whether nothing but hashes differs: something else was trained, or the same to other bits, with the same outcome. */
export function onlyHashes(changes: readonly Change[]): boolean {
  return changes.length > 0 && changes.every(({ path }) => hashes.includes(path[0]!));
}

function leaves(path: readonly string[], before: Json | undefined, after: Json | undefined): Change[] {
  if (isObject(before) && isObject(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      leaves([...path, key], before[key], after[key]),
    );
  const [old, now] = [show(before), show(after)];
  return old === now ? [] : [{ path, before: old, after: now }];
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: Json | undefined): string | null {
  if (value === undefined || value === null) return null;
  const text = plain(rounded(value));
  return Array.isArray(value) && value.every((v) => typeof v === "number") ? `[${text}]` : text;
}

/** Changes as one sentence for each condition, for where lines do not stay apart. */
export function changeSentences(changes: readonly Change[]): string[] {
  const conditions = new Map<string, string[]>();
  for (const { path, before, after } of changes) {
    const [condition, ...value] = path as [string, ...string[]];
    const words = [value.join(" · "), `${before ?? "absent"} → ${after ?? "absent"}`]
      .filter(Boolean)
      .join(" ");
    conditions.set(condition, [...(conditions.get(condition) ?? []), words]);
  }
  return [...conditions].map(([condition, words]) => `${condition}: ${words.join("; ")}`);
}

/** Changes as lines: before and after beside each other in two columns; one under the other where they are long. */
export function changeLines(changes: readonly Change[], columns: Terminal["columns"]): string[] {
  const labels = changes.map(({ path }) => path.join(" · "));
  const width = Math.min(Math.max(0, ...labels.map((label) => label.length)), Math.floor(columns / 2));
  return changes.flatMap(({ before, after }, i) => {
    const label = labels[i]!;
    const line = `${label.padEnd(width)}  ${before ?? "absent"} → ${after ?? "absent"}`;
    if (line.length <= columns) return [line];
    return [
      ...fold(label, columns),
      ...side("  - ", before ?? "absent", columns),
      ...side("  + ", after ?? "absent", columns),
    ];
  });
}

const side = (mark: string, text: string, columns: number) =>
  fold(text, columns - mark.length).map((line) => mark + line);
