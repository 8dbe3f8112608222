import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readRecord } from "./record.ts";
import { idOf } from "./report.ts";

const rows = [...readFileSync("hypotheses/ledger.md", "utf8").matchAll(/^\| ([A-Z]\d+) \|/gm)].map(
  (m) => m[1]!,
);

const titles = (readdirSync("hypotheses", { recursive: true }) as string[])
  .filter((file) => file.endsWith(".spec.ts"))
  .flatMap((file) => [
    ...readFileSync(join("hypotheses", file), "utf8").matchAll(/\bhypothesis(?:<[^(]*>)?\(\s*["`](.+?)["`]/g),
  ])
  .map((match) => match[1]!)
  // An id made by a loop is not seen here; the record below has it.
  .filter((title) => !title.startsWith("${"));

/** Letters of the note's rows; hypotheses of one's own take others. */
const letters = new Set(rows.map((row) => row[0]));

/** "T10b" belongs to row T10; only rows of the note's letters. */
const rowsOf = (ids: readonly string[]) =>
  [...new Set(ids.filter((id) => letters.has(id[0]!)).map((id) => /^[A-Z]\d+/.exec(id)?.[0]))].sort();

describe("the ledger", () => {
  test("has its rows once each", () => {
    expect(rows.length).toBe(68);
    expect(new Set(rows).size).toBe(rows.length);
  });

  test("every row has a hypothesis, and every hypothesis a row", () => {
    expect(rowsOf(titles.map(idOf))).toEqual([...rows].sort());
  });

  test("every row has a conclusion on record, and every conclusion a row", () => {
    expect(rowsOf(Object.keys(readRecord()))).toEqual([...rows].sort());
  });
});
