import { expect, test } from "vitest";
import { countVerdicts, verdictTable } from "./table.ts";
import { exampleReport } from "./testing/report.ts";

const report = (id: string, section: string, verdict: "holds" | "refuted", outcome: "same" | "changed") =>
  exampleReport(
    id,
    { claim: `the claim of ${id}, which takes a few words to say`, section, verdict },
    outcome,
  );

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

test("puts claim and evidence under the verdict in a narrow terminal, and keeps within it", () => {
  const lines = verdictTable(reports, { columns: 40, colours: false });
  expect(lines.slice(0, 6)).toEqual([
    "",
    "two",
    "  B1  ✓ holds",
    "    the claim of B1, which takes a few",
    "    words to say",
    "    256 of 256 seeds",
  ]);
  const beside = (columns: number) => verdictTable(reports, { columns, colours: false })[2];
  expect(beside(71)).toBe("  B1  ✓ holds");
  expect(beside(72)).toBe("  B1  ✓ holds         the claim of B1, which takes a few words to say");
  for (const columns of [24, 40, 71, 72, 80])
    for (const line of verdictTable(reports, { columns, colours: false }))
      expect(line.length).toBeLessThanOrEqual(columns);
});

test("colours verdicts and what changed, only where asked", () => {
  const coloured = verdictTable(reports, { columns: 120, colours: true }).join("\n");
  expect(coloured).toContain("\u001b[32m✓ holds         \u001b[39mthe claim of B1");
  expect(coloured).toContain("\u001b[33m[changed]\u001b[39m");
  expect(verdictTable(reports, { columns: 40, colours: false }).join("")).not.toContain("\u001b");
});

test("counts verdicts", () => {
  expect(countVerdicts(reports)).toBe("2 holds, 1 refuted");
});
