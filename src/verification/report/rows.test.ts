import { expect, test } from "vitest";
import type { Note } from "../claim/note.ts";
import type { Role } from "../claim/role.ts";
import type { Verdict } from "../claim/verdict.ts";
import { exampleConclusion } from "../testing/report.ts";
import { arranged, type Concluded, standing, standingCounts } from "./rows.ts";

const note: Note = {
  title: "A text",
  author: "Somebody",
  url: "https://example.org",
  sections: [
    { id: "second", title: "Stands first" },
    { id: "first", title: "Stands second" },
    { id: "empty", title: "Nothing was run" },
  ],
  rows: [
    { id: "T10", section: "second", kinds: ["population"], claim: "ten" },
    { id: "T2", section: "second", kinds: ["open"], claim: "two?" },
    { id: "A1", section: "first", kinds: ["exact"], claim: "one" },
    { id: "Z1", section: "empty", kinds: ["exact"], claim: "last" },
  ],
  errata: [{ row: "A1", printed: "one", found: "two", shownBy: ["A1"] }],
};
const one = (id: string, row: string | null, role: Role | null, verdict: Verdict = "holds"): Concluded => ({
  id,
  conclusion: { ...exampleConclusion, row, role, verdict, section: row ? "" : "Mine" },
});

test("rows stand in the note's order, as printed first, then what is true instead, then the rest", () => {
  const all = [
    one("T10b", "T10", "repaired"),
    one("X1", null, null),
    one("T10c", "T10", "instrument"),
    one("A1", "A1", "as printed"),
    one("T10d", "T10", "supporting"),
    one("T10", "T10", "as printed"),
    one("T10a", "T10", "as printed"),
  ];
  const shape = arranged(all, note).map(({ title, rows }) => [
    title,
    ...rows.map((row) => [row.id, ...row.hypotheses.map(({ id }) => id)]),
  ]);
  expect(shape).toEqual([
    ["Stands first", ["T10", "T10", "T10a", "T10b", "T10d", "T10c"]],
    ["Stands second", ["A1", "A1"]],
    ["Mine", ["X1", "X1"]],
  ]);
  expect(arranged(all, note)[1]!.rows[0]!.errata).toEqual(note.errata);
});

test("without a note every hypothesis stands for itself, under its section", () => {
  const sections = arranged([one("X2", null, null), one("X1", null, null)], null);
  expect(sections.map(({ rows }) => rows.map(({ id }) => id))).toEqual([["X1", "X2"]]);
});

test.each([
  [["holds", "holds"], "holds as printed"],
  [["refuted"], "refuted as printed"],
  [["holds", "refuted"], "in part as printed"],
  [["in part"], "in part as printed"],
  [["holds", "in part"], "in part as printed"],
  [["refuted", "in part"], "in part as printed"],
  [["in part", "inconclusive"], "inconclusive"],
  [["holds", "inconclusive"], "inconclusive"],
  [["refuted", "inconclusive", "holds"], "inconclusive"],
] as const)("a row whose claims as printed are %j: %s", (verdicts, expected) => {
  const hypotheses = [
    ...verdicts.map((verdict, i) => one(`A1${i}`, "A1", "as printed", verdict)),
    one("A1x", "A1", "repaired", "refuted"),
    one("A1y", "A1", "instrument", "refuted"),
  ];
  expect(standing({ hypotheses })).toBe(expected);
});

test("a row that asks is answered, and one that nobody takes literally is said to be so", () => {
  expect(standing({ hypotheses: [one("T2", "T2", "answer", "measured")] })).toBe("answered");
  expect(standing({ hypotheses: [one("T2", "T2", "supporting")] })).toBe("not taken literally");
});

test("counts are over the note's rows", () => {
  const all = [
    one("T10", "T10", "as printed", "refuted"),
    one("A1", "A1", "as printed"),
    one("T2", "T2", "answer", "measured"),
    one("X1", null, null),
  ];
  expect(standingCounts(arranged(all, note))).toBe(
    "3 rows of the note: 1 holds as printed, 1 refuted as printed, 1 answered",
  );
});
