import { expect, test } from "vitest";
import type { Report } from "./report.ts";
import { countVerdicts, verdictTable } from "./table.ts";

function report(
  id: string,
  section: string,
  verdict: "holds" | "refuted",
  outcome: "same" | "changed",
): Report {
  return {
    id,
    conclusion: {
      claim: `the claim of ${id}, which takes a few words to say`,
      section,
      kind: "population",
      verdict,
      summary: "256 of 256 seeds",
      evidence: {},
      errorRate: 1e-4,
      figure: false,
      trained: null,
      fingerprint: null,
    },
    comparison: { outcome, differences: [] },
    picture: { state: "none" },
    mode: "none",
    engine: "wasm",
    secondsTraining: 0,
    blocks: { trained: 0, cached: 0, corrupted: 0 },
  };
}

const reports = [
  report("T10", "one", "refuted", "changed"),
  report("T2", "one", "holds", "same"),
  report("B1", "two", "holds", "same"),
];

test("lists verdicts by section in the ledger's order, with what changed", () => {
  const lines = verdictTable(reports, { columns: 120, colours: false });
  expect(lines).toEqual([
    "",
    "two",
    "  B1  ✓ holds         the claim of B1, which takes a few words to say",
    "                      256 of 256 seeds",
    "",
    "one",
    "  T2  ✓ holds         the claim of T2, which takes a few words to say",
    "                      256 of 256 seeds",
    "  T10 ✗ refuted       the claim of T10, which takes a few words to say [changed]",
    "                      256 of 256 seeds",
  ]);
});

test("folds in a narrow terminal, and colours only where asked", () => {
  const narrow = verdictTable(reports, { columns: 50, colours: false });
  expect(Math.max(...narrow.map((line) => line.length))).toBeLessThanOrEqual(60);
  expect(narrow.length).toBeGreaterThan(10);
  expect(narrow.join("")).not.toContain("\u001b");
  expect(verdictTable(reports, { columns: 120, colours: true }).join("")).toContain("\u001b[32m");
});

test("counts verdicts", () => {
  expect(countVerdicts(reports)).toBe("2 holds, 1 refuted");
});
