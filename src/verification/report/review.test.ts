import { describe, expect, test } from "vitest";
import type { CellEvidence, Conclusion } from "../claim/conclusion.ts";
import type { Report } from "../record/report.ts";
import { exampleAnswer, exampleCell, exampleConclusion, exampleEvidence, exampleReport } from "../testing/report.ts";
import { review } from "./review.ts";

const terminal = { columns: 100, colours: false };

function lines(reports: readonly Report[], columns = 100, recorded: Partial<Conclusion> = {}): string[] {
  const record = Object.fromEntries(reports.map(({ id }) => [id, { ...exampleConclusion, ...recorded }]));
  return review(reports, record, { ...terminal, columns });
}

const withCell = (changes: Partial<CellEvidence>): Pick<Conclusion, "evidence"> => ({
  evidence: { ...exampleEvidence, cells: { "n = 9": { ...exampleCell, ...changes } } },
});
const flipped = { verdict: "refuted", ...withCell({ satisfied: 3 }) } as const;
const fewer = withCell({ satisfied: 255 });

const redrawn: Report["picture"] = {
  state: "different",
  recorded: "snapshots/figures/T1.png",
  actual: "reports/figures/T1.png",
  difference: "reports/figures/differences/T1.png",
};

describe("the review of changes", () => {
  test("says nothing where nothing differs", () => {
    expect(lines([exampleReport("T1")])).toEqual([]);
  });

  test("shows verdict, numbers and pictures before and after, and the command that accepts", () => {
    expect(lines([exampleReport("T1", flipped, "changed", { picture: redrawn })])).toEqual([
      "",
      "  1 changed conclusion:",
      "    holds → refuted: T1",
      "",
      "  T1 a claim of a few words",
      "    verdict            holds → refuted",
      "    n = 9 · satisfied  256 → 3",
      "    figure on record: snapshots/figures/T1.png",
      "    figure now: reports/figures/T1.png",
      "    difference: reports/figures/differences/T1.png",
      '    accept this one: npx vitest run --project hypotheses -t "^T1 " -u',
    ]);
  });

  test("shows no picture that is as it was", () => {
    const picture: Report["picture"] = { ...redrawn, state: "same" };
    expect(lines([exampleReport("T1", flipped, "changed", { picture })]).slice(5)).toEqual([
      "    verdict            holds → refuted",
      "    n = 9 · satisfied  256 → 3",
      '    accept this one: npx vitest run --project hypotheses -t "^T1 " -u',
    ]);
  });

  test("colours the headings, and stresses what is claimed", () => {
    const one = exampleReport("T1", flipped, "changed");
    const coloured = review([one], { T1: exampleConclusion }, { columns: 100, colours: true });
    expect(coloured[1]).toBe("\u001b[33m  1 changed conclusion:\u001b[39m");
    expect(coloured[4]).toBe("\u001b[1m  T1 a claim of a few words\u001b[22m");
  });

  test("of what is none for the record says neither how it is recorded nor that it was", () => {
    const told = (mode: Report["mode"]) =>
      lines([
        exampleReport("T1", flipped, "changed", { picture: redrawn, mode, unfit: "it is shifted" }),
        exampleReport("T2", flipped, "changed", { mode, unfit: "it is shifted" }),
        exampleReport("T3", { claim: "another" }, "moved", { mode, unfit: "it is shifted" }),
        exampleReport("T4", {}, "missing", { mode, unfit: "it is shifted" }),
      ]).join("\n");
    for (const mode of ["new", "all"] as const) {
      expect(told(mode)).not.toMatch(/-u\b|accept|(?<!not )recorded|now on record/);
      expect(told(mode)).toContain("  2 changed conclusions:\n");
      expect(told(mode)).toContain("  moved evidence, same verdict:\n");
      expect(told(mode)).toContain("  new, not recorded, since it is shifted:\n    T4");
    }
  });

  test("says what -u accepted", () => {
    const text = lines([exampleReport("T1", flipped, "changed", { picture: redrawn, mode: "all" })]).join("\n");
    expect(text).toContain("1 changed conclusion, accepted:");
    expect(text).toContain("figure, now on record: snapshots/figures/T1.png");
    expect(text).not.toContain("accept this one");
    expect(text).not.toContain("reports/figures/T1.png");
    const { difference: _, ...undrawn } = redrawn;
    const same = exampleReport("T1", {}, "same", { picture: undrawn, mode: "all" });
    expect(lines([same])).toEqual([
      "",
      "  1 figure drawn anew from the same evidence, accepted:",
      "    T1",
      "    figure, now on record: snapshots/figures/T1.png",
    ]);
    const moved = exampleReport("T2", fewer, "moved");
    expect(lines([same, moved]).slice(4)).toEqual([
      "",
      "  moved evidence, recorded:",
      "    T2 n = 9 · satisfied: 256 → 255",
    ]);
  });

  test("stays readable with sixty changes: all named by how they changed, ten in full", () => {
    const reports = Array.from({ length: 60 }, (_, i) => {
      return exampleReport(`T${60 - i}`, i < 20 ? flipped : exampleAnswer, "changed");
    });
    const all = lines(reports);
    const text = all.join("\n");
    expect(text).toContain("60 changed conclusions:\n    holds → measured: T1, T2, T3,");
    expect(text).toContain("\n    holds → refuted: T41, T42,");
    expect(all.filter((line) => line.includes("accept this one"))).toHaveLength(10);
    expect(text).toContain('-t "^T10 " -u');
    expect(text).not.toContain('-t "^T11 " -u');
    expect(all.slice(-4)).toEqual([
      "",
      '  … 50 more: in full with -t "^ID "',
      "",
      "  accept all: npx vitest run --project hypotheses -u",
    ]);
    expect(lines(reports.slice(0, 10)).filter((line) => line.includes("more"))).toEqual([]);
    expect(all.length).toBeLessThan(250);
  });

  test("groups open questions with another answer", () => {
    const text = lines([exampleReport("T1", { verdict: "measured" }, "changed")], 100, {
      verdict: "measured",
    });
    expect(text).toContain("    another answer: T1");
  });

  test("cuts a long list of numbers", () => {
    const change = (n: number) => ({ path: [`n = ${n}`, "satisfied"], before: "256", after: "3" });
    const changed = (n: number) =>
      exampleReport("T1", flipped, "changed", {
        comparison: { outcome: "changed", changes: Array.from({ length: n }, (_, i) => change(i)) },
      });
    const text = lines([changed(30)]);
    expect(text.filter((line) => line.includes("256 → 3"))).toHaveLength(16);
    expect(text).toContain("    … 14 more lines");
    expect(lines([changed(16)]).join("\n")).not.toMatch(/more line/);
  });

  test("gives moved evidence a line each, a dozen at most", () => {
    const reports = Array.from({ length: 14 }, (_, i) =>
      exampleReport(`T${i + 1}`, { ...fewer, fingerprint: "124" }, "moved"),
    );
    const all = lines(reports);
    expect(all[1]).toBe("  moved evidence, same verdict (record it with -u):");
    expect(all[2]).toBe("    T1 n = 9 · satisfied: 256 → 255 (and 1 more)");
    expect(all).toHaveLength(2 + 12 + 1);
    expect(all.at(-1)).toBe("    and 2 more: T13, T14");
    const one = exampleReport("T1", { fingerprint: "124" }, "moved", { picture: redrawn });
    expect(lines([one]).at(-1)).toBe("    T1 trained weights: 123 → 124 (and another figure)");
  });

  test("names together those of which only hashes moved", () => {
    const reports = [
      exampleReport("T1", { trained: "abd" }, "moved"),
      exampleReport("T2", { ...fewer, fingerprint: "124" }, "moved"),
      exampleReport("T3", { trained: "abd", fingerprint: "124" }, "moved"),
      exampleReport("T4", { fingerprint: "124" }, "moved"),
    ];
    expect(lines(reports).slice(2)).toEqual([
      "    T2 n = 9 · satisfied: 256 → 255 (and 1 more)",
      "    trained something else, with the same outcome: T1, T3",
      "    trained to other bits, with the same outcome: T4",
    ]);
  });

  test("tells figures drawn anew, and conclusions not on record", () => {
    expect(lines([exampleReport("T1", {}, "same", { picture: redrawn })]).slice(0, 3)).toEqual([
      "",
      "  1 figure drawn anew from the same evidence:",
      "    T1",
    ]);
    expect(lines([exampleReport("T2", {}, "missing"), exampleReport("T1", {}, "missing")])).toEqual([
      "",
      "  not on record:",
      "    T1, T2",
    ]);
    expect(lines([exampleReport("T1", {}, "missing", { mode: "new" })])[1]).toBe("  new, recorded by this run:");
  });

  test("keeps within forty columns, but for paths and commands, which are there to be copied", () => {
    const reports = [
      exampleReport("T1", { ...flipped, claim: "a claim of many words that go on and on for a while" }, "changed", {
        picture: redrawn,
      }),
      exampleReport("T2", { claim: "another claim, of more words than there were before" }, "moved"),
      exampleReport("T3", { trained: "abd" }, "moved"),
      exampleReport("T4", {}, "missing"),
    ];
    const long = lines(reports, 40).filter((line) => line.length > 40);
    expect(long.map((line) => line.trim().split(":", 1)[0])).toEqual([
      "figure on record",
      "difference",
      "accept this one",
    ]);
  });
});
