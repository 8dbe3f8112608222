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

/** "T10b" belongs to row T10. */
const rowOf = (id: string) => /^[A-Z]\d+/.exec(id)?.[0];

describe("the ledger", () => {
  test("has its rows once each", () => {
    expect(rows.length).toBe(68);
    expect(new Set(rows).size).toBe(rows.length);
  });

  test("every row has a hypothesis, and every hypothesis a row", () => {
    expect([...new Set(titles.map((title) => rowOf(idOf(title))))].sort()).toEqual([...rows].sort());
  });

  test("every row has a conclusion on record, and every conclusion a row", () => {
    expect([...new Set(Object.keys(readRecord()).map(rowOf))].sort()).toEqual([...rows].sort());
  });
});
