import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { placesIn } from "../../src/verification/record/places.ts";
import { readRecord } from "../../src/verification/record/record.ts";
import { findings } from "../../src/verification/report/findings.ts";
import { arranged, standingCounts } from "../../src/verification/report/rows.ts";
import { note } from "./index.ts";
import sentences from "./sentences.json" with { type: "json" };

const record = readRecord(placesIn(".").record);
const conclusions = Object.entries(record);

describe("the note's claims", () => {
  test("are 72, and each has a hypothesis that takes it as printed, repairs or answers it, or supports it", () => {
    expect(note.rows).toHaveLength(72);
    const tried = new Set(conclusions.flatMap(([, { row, role }]) => (role === "instrument" ? [] : row)));
    expect(note.rows.map(({ id }) => id).filter((id) => !tried.has(id))).toEqual([]);
  });

  test("are what every sentence that claims, asks or derives something has become", () => {
    const ids = note.rows.map(({ id }) => id);
    const named = sentences.flatMap(({ rows }) => rows);
    expect(sentences.filter(({ rows }) => rows.length === 0)).toEqual([]);
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
    expect(ids.filter((id) => !named.includes(id))).toEqual([]);
    expect(new Set(sentences.map(({ says }) => says)).size).toBe(sentences.length);
  });

  test("own the hypotheses whose ids begin with theirs, but for those that say otherwise", () => {
    const others = conclusions.filter(([id, { row }]) => /^[A-Z]\d+/.exec(id)?.[0] !== row);
    expect(others.map(([id, { row }]) => [id, row])).toEqual([["T3b", "T1"]]);
  });

  test("that ask are answered, and no answer is judged as printed", () => {
    const asking = note.rows.filter(({ kinds }) => kinds.join() === "open").map(({ id }) => id);
    const roles = (row: string) => conclusions.flatMap(([, c]) => (c.row === row ? (c.role ?? []) : []));
    expect(asking.filter((row) => !roles(row).includes("answer"))).toEqual([]);
  });
});

test("errata are shown by hypotheses on record, and what is refuted as printed has one", () => {
  const shown = note.errata.flatMap(({ shownBy }) => shownBy);
  expect(shown.filter((id) => !record[id])).toEqual([]);
  const noted = new Set(note.errata.map(({ row }) => row));
  const unnoted = conclusions.filter(
    ([, { row, role, verdict }]) => role === "as printed" && verdict === "refuted" && !noted.has(row!),
  );
  expect(unnoted.map(([id]) => id)).toEqual([]);
});

test("the README says how the note stands", () => {
  const all = conclusions.map(([id, conclusion]) => ({ id, conclusion }));
  expect(readFileSync("README.md", "utf8")).toContain(`${standingCounts(arranged(all, note))}.`);
});

test("the page of findings tells what is on record (npm run findings writes it)", () => {
  expect(readFileSync("snapshots/README.md", "utf8")).toBe(findings(record, note));
});
