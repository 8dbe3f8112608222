import { expect, test } from "vitest";
import type { Note } from "../claim/note.ts";
import { exampleCell, exampleEvidence, exampleRefuted, exampleReport } from "../testing/report.ts";
import { closing, verdictTable } from "./table.ts";

const note: Note = {
  title: "A text",
  author: "Somebody",
  url: "https://example.org",
  sections: [
    { id: "two", title: "Two" },
    { id: "one", title: "One" },
  ],
  rows: [
    { id: "B1", section: "two", kinds: ["population"], claim: "B as the text has it." },
    { id: "T10", section: "one", kinds: ["population"], claim: "T as the text has it." },
  ],
  errata: [{ row: "T10", printed: "T", found: "not T", shownBy: ["T10"] }],
};
const say = (id: string) => ({ claim: `the claim of ${id}, which takes a few words to say` });
const reports = [
  exampleReport("T10b", { ...say("T10b"), row: "T10", role: "repaired" }),
  exampleReport("T10", { ...say("T10"), row: "T10", role: "as printed", verdict: "refuted" }, "changed"),
  exampleReport("T10c", { ...say("T10c"), row: "T10", role: "instrument" }),
  exampleReport("B1", { ...say("B1"), row: "B1", role: "as printed" }, "missing"),
];
const plain = (columns: number) => verdictTable(reports, note, { columns, colours: false });

test("lists verdicts by row in the note's order, as printed first, without instruments", () => {
  const evidence =
    "                                  in at least 95 % of seeds: an even end. 256 of 256 seeds (0.950–1.000)";
  expect(plain(120)).toEqual([
    "",
    "Two",
    "  B1 B as the text has it.",
    "    ✓ holds, as printed           B1: the claim of B1, which takes a few words to say [new]",
    evidence,
    "",
    "One",
    "  T10 T as the text has it.",
    "    ✗ refuted, as printed         T10: the claim of T10, which takes a few words to say [changed]",
    evidence,
    "    ✓ holds, repaired             T10b: the claim of T10b, which takes a few words to say",
    evidence,
  ]);
});

test("puts claim and evidence under the verdict in a narrow terminal, and keeps within it", () => {
  expect(plain(40).slice(0, 5)).toEqual([
    "",
    "Two",
    "  B1 B as the text has it.",
    "    ✓ holds, as printed",
    "      B1: the claim of B1, which takes a",
  ]);
  expect(plain(71)[3]).toBe("    ✓ holds, as printed");
  expect(plain(72)[3]).toMatch(/^ {4}✓ holds, as printed {11}B1: the claim/);
  for (const columns of [26, 40, 71, 72, 80])
    for (const line of plain(columns)) expect(line.length).toBeLessThanOrEqual(columns);
});

test("colours verdicts only where asked", () => {
  const coloured = verdictTable(reports, note, { columns: 120, colours: true }).join("\n");
  expect(coloured).toContain("\u001b[32m    ✓ holds, as printed           \u001b[39mB1: the claim");
  expect(plain(40).join("")).not.toContain("\u001b");
});

test("ends with what is false as printed, where and how often, what is true instead, and the counts", () => {
  expect(closing(reports, note, {}, 120)).toEqual([
    "",
    "  not as printed:",
    "    T10 ✗ the claim of T10, which takes a few words to say 256 of 256 seeds (0.950–1.000)",
    "      instead T10b ✓ the claim of T10b, which takes a few words to say",
    "",
    "  2 rows of the note: 1 holds as printed, 1 refuted as printed",
    "  the note's 1 erratum: snapshots/README.md",
    "  3 hypotheses: 2 holds, 1 refuted",
    "  instruments, which test this project and not the note: 1 holds",
  ]);
});

test("of instruments alone counts no hypotheses", () => {
  const instruments = reports.filter(({ conclusion }) => conclusion.role === "instrument");
  expect(closing(instruments, note, {}, 120).slice(-1)).toEqual([
    "  instruments, which test this project and not the note: 1 holds",
  ]);
  expect(closing(instruments, note, {}, 120).join()).not.toContain("hypotheses:");
});

test("what holds in part is marked so, told with its cells among what is not as printed, and counted", () => {
  const evidence = { ...exampleEvidence, cells: { "n = 5": exampleCell, "n = 6": exampleRefuted } };
  const part = exampleReport("T10", { ...say("T10"), row: "T10", role: "as printed", verdict: "in part", evidence });
  const some = [reports[0]!, part];
  expect(verdictTable(some, note, { columns: 120, colours: false })).toEqual([
    "",
    "One",
    "  T10 T as the text has it.",
    "    ◐ in part, as printed         T10: the claim of T10, which takes a few words to say",
    "                                  in at least 95 % of seeds: an even end. n = 5 ✓ 256 of 256; n = 6 ✗ 0 of 256",
    "    ✓ holds, repaired             T10b: the claim of T10b, which takes a few words to say",
    "                                  in at least 95 % of seeds: an even end. 256 of 256 seeds (0.950–1.000)",
  ]);
  const coloured = verdictTable(some, note, { columns: 120, colours: true }).join("\n");
  expect(coloured).toContain("\u001b[33m    ◐ in part, as printed         \u001b[39mT10");
  expect(closing(some, note, {}, 120)).toEqual([
    "",
    "  not as printed:",
    "    T10 ◐ the claim of T10, which takes a few words to say n = 5 ✓ 256 of 256; n = 6 ✗ 0 of 256",
    "      instead T10b ✓ the claim of T10b, which takes a few words to say",
    "",
    "  1 row of the note: 1 in part as printed",
    "  the note's 1 erratum: snapshots/README.md",
    "  2 hypotheses: 1 holds, 1 in part",
  ]);
});

test("of a suite without a note counts hypotheses", () => {
  const mine = [exampleReport("X1"), exampleReport("X2", { verdict: "inconclusive" })];
  expect(closing(mine, null, {}, 80)).toEqual(["", "  2 hypotheses: 1 holds, 1 inconclusive"]);
});

test("of a part of the suite says how the note stands with what is on record of the rest", () => {
  const record = Object.fromEntries(reports.map(({ id, conclusion }) => [id, conclusion]));
  const lines = closing([reports[3]!], note, { ...record, B1: reports[1]!.conclusion }, 120);
  expect(lines).toEqual([
    "",
    "  2 rows of the note: 1 holds as printed, 1 refuted as printed",
    "  1 hypothesis: 1 holds",
  ]);
  expect(closing([reports[1]!], note, record, 120)).toContain(
    "      instead T10b ✓ the claim of T10b, which takes a few words to say",
  );
});
