import { expect, test } from "vitest";
import type { Note } from "../claim/note.ts";
import { exampleConclusion } from "../testing/report.ts";
import { findings } from "./findings.ts";

const note: Note = {
  title: "A text",
  author: "Somebody",
  url: "https://example.org",
  sections: [{ id: "one", title: "One" }],
  rows: [
    { id: "T10", section: "one", kinds: ["population"], claim: "norms ‖w‖ | a_b" },
    { id: "B1", section: "one", kinds: ["exact"], claim: "One is one." },
  ],
  errata: [{ row: "T10", printed: "norms", found: "none", instead: "some", shownBy: ["T10", "T10b"] }],
};

test("a page by row of the note, with its errata, figures and instruments apart", () => {
  const about = (row: string) => ({ ...exampleConclusion, row });
  const page = findings(
    {
      B1: { ...about("B1"), role: "as printed", claim: "One\n is <one>." },
      T10: { ...about("T10"), role: "as printed", verdict: "refuted", figure: true },
      T10b: { ...about("T10"), role: "repaired" },
      T10c: { ...about("T10"), role: "instrument" },
    },
    note,
  );
  const counted = "in at least 95 % of seeds: an even end. 256 of 256 seeds (0.950–1.000)";
  expect(page.split("\n").slice(4)).toEqual([
    "2 rows of the note: 1 holds as printed, 1 refuted as printed. 3 hypotheses: 2 holds, 1 refuted. 1 more are instruments, which test this project and not the note: 1 holds. The chance that the luck of the seeds made any verdict wrong is at most 0.04 %.",
    "",
    expect.stringContaining("How to read"),
    "",
    "## One",
    "",
    "### T10 · refuted as printed",
    "",
    "norms ‖w‖ \\| a\\_b",
    "",
    "> **Erratum.** As printed: norms Found: none Instead: some (T10, T10b)",
    "",
    "- ✗ **refuted**, as printed: [T10](figures/T10.png) a claim of a few words  ",
    `  ${counted}`,
    "- ✓ **holds**, repaired: T10b a claim of a few words  ",
    `  ${counted}`,
    "",
    "### B1 · holds as printed",
    "",
    "One is one.",
    "",
    "- ✓ **holds**, as printed: B1 One is \\<one\\>.  ",
    `  ${counted}`,
    "",
    "## Instruments",
    "",
    "- ✓ **holds**, instrument: T10c a claim of a few words  ",
    `  ${counted}`,
    "",
  ]);
});
