import { describe, expect, test } from "vitest";
import type { Note } from "../claim/note.ts";
import { exampleAnswer, exampleCell, exampleEvidence, exampleReport } from "../testing/report.ts";
import { annotationsOf } from "./annotations.ts";

const picture = {
  state: "same",
  recorded: "snapshots/figures/T1.png",
  actual: "reports/figures/T1.png",
} as const;
const note: Note = {
  title: "A text",
  author: "Somebody",
  url: "https://example.org",
  sections: [{ id: "one", title: "The first section" }],
  rows: [{ id: "T1", section: "one", kinds: ["population"], claim: "As the text has it." }],
  errata: [],
};

describe("what the UI shows of a hypothesis", () => {
  test("claim, row, section, verdict, figure, evidence of each condition, and how to replay a seed", () => {
    const about = { row: "T1", role: "as printed", operationalisation: "measured so" } as const;
    const shown = annotationsOf(
      exampleReport("T1", about, "same", {
        picture,
        comparison: { outcome: "same", changes: [] },
        replay: { seed: 7, command: "walk --seed 7" },
      }),
      note,
    );
    expect(shown).toEqual([
      { type: "claim", message: "a claim of a few words" },
      { type: "row of the note", message: "T1 (as printed): As the text has it." },
      { type: "section", message: "The first section (population)" },
      { type: "operationalisation", message: "measured so" },
      {
        type: "verdict",
        message: "holds: in at least 95 % of seeds: an even end. 256 of 256 seeds (0.950–1.000)",
      },
      { type: "figure", message: "of this run", picture: "reports/figures/T1.png" },
      { type: "evidence", message: "in at least 95 % of seeds: an even end" },
      { type: "evidence", message: expect.stringMatching(/^n = 9: trained: 256 walks; verdict: holds; /) },
      { type: "evidence", message: expect.stringMatching(/^control: .*name: another/) },
      { type: "replay", message: "seed 7: walk --seed 7" },
    ]);
  });

  test("what changed, before and after, with the command that accepts it and the three pictures", () => {
    const difference = "reports/figures/differences/T1.png";
    const report = exampleReport("T1", { verdict: "refuted" }, "changed", {
      picture: { ...picture, state: "different", difference },
    });
    const shown = annotationsOf(report, null);
    expect(shown.slice(3, -3)).toEqual([
      { type: "changed", message: "verdict: holds → refuted" },
      { type: "to accept it", message: 'npx vitest run --project hypotheses -t "^T1 " -u' },
      { type: "figure", message: "on record", picture: "snapshots/figures/T1.png" },
      { type: "figure", message: "now", picture: "reports/figures/T1.png" },
      { type: "figure", message: "difference", picture: difference },
    ]);
  });

  test("no command that accepts what is none for the record", () => {
    const report = exampleReport("T1", { verdict: "refuted" }, "changed", { unfit: "it is shifted" });
    expect(annotationsOf(report, null).map(({ type }) => type)).not.toContain("to accept it");
  });

  test("a positive control, after the control", () => {
    const evidence = { ...exampleEvidence, positiveControl: { ...exampleCell, name: "a third" } };
    const [, , , , , cell, control, positive, ...rest] = annotationsOf(exampleReport("T1", { evidence }), null);
    expect([cell, control, positive].map((line) => line?.message)).toEqual([
      expect.stringMatching(/^n = 9: /),
      expect.stringMatching(/^control: .*verdict: refuted; .*name: another/),
      expect.stringMatching(/^positive control: .*verdict: holds; .*name: a third/),
    ]);
    expect(rest).toEqual([]);
  });

  test("that nothing is on record, and the section of one's own", () => {
    const shown = annotationsOf(exampleReport("T1", {}, "missing"), note);
    expect(shown[1]).toEqual({ type: "section", message: "The first section (population)" });
    expect(shown.filter(({ type }) => type === "missing")).toEqual([{ type: "missing", message: "nothing on record" }]);
    const mine = annotationsOf(exampleReport("T1", { section: "Mine" }), note);
    expect(mine[1]).toEqual({ type: "section", message: "Mine (population)" });
  });

  test("each statement of mathematics, and each number measured", () => {
    const evidenceOf = (conclusion: Parameters<typeof exampleReport>[1]) =>
      annotationsOf(exampleReport("T1", conclusion), null).flatMap(({ type, message }) =>
        type === "evidence" ? [message] : [],
      );
    const exact = {
      properties: { sum: { holds: true, found: "true" } },
      nearMisses: { five: { holds: false, found: "false" } },
    };
    expect(evidenceOf({ evidence: exact })).toEqual(["sum: true", "near miss: five: false"]);
    expect(evidenceOf(exampleAnswer)).toEqual(["slope: value: 2; low: 1.9; high: 2.1"]);
  });
});
