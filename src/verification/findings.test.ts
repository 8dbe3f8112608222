import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Conclusion } from "./conclusion.ts";
import { findings, withFindings } from "./findings.ts";
import { readRecord } from "./record.ts";

const conclusion: Conclusion = {
  claim: "norms ‖w‖ | a_b",
  section: "one",
  kind: "exact",
  verdict: "refuted",
  summary: "in\n  short",
  evidence: {},
  errorRate: 1e-4,
  figure: true,
  trained: null,
  engine: null,
  fingerprint: null,
};

test("a table for each section, with links to figures", () => {
  const table = findings({
    T10: conclusion,
    T2: { ...conclusion, figure: false },
    B1: { ...conclusion, section: "two" },
  });
  expect(table.split("\n")).toEqual([
    "3 hypotheses: 3 refuted. The chance that the luck of the seeds made any of these verdicts wrong is at most 0.03 %.",
    "",
    "### two",
    "",
    "| | claim | verdict | evidence |",
    "|---|---|---|---|",
    "| [B1](snapshots/figures/B1.png) | norms ‖w‖ \\| a\\_b | ✗ refuted | in short |",
    "",
    "### one",
    "",
    "| | claim | verdict | evidence |",
    "|---|---|---|---|",
    "| T2 | norms ‖w‖ \\| a\\_b | ✗ refuted | in short |",
    "| [T10](snapshots/figures/T10.png) | norms ‖w‖ \\| a\\_b | ✗ refuted | in short |",
  ]);
});

const markers = [
  "<!-- findings: written by `npm run findings` from snapshots/conclusions.json -->",
  "<!-- end of findings -->",
] as const;

test("a page without markers is refused", () => {
  expect(() => withFindings("# Title", {})).toThrow("lacks the markers");
  expect(() => withFindings(markers[0], {})).toThrow("lacks the markers");
  expect(() => withFindings(markers.toReversed().join("\n"), {})).toThrow("lacks the markers");
});

test("a page keeps what stands around the markers, of which the first may begin it", () => {
  const page = withFindings(`${markers[0]}old${markers[1]}\nthe rest`, {});
  expect(page.startsWith(`${markers[0]}\n\n0 hypotheses`)).toBe(true);
  expect(page.endsWith(`\n\n${markers[1]}\nthe rest`)).toBe(true);
  expect(page).not.toContain("old");
});

test("the errata cite hypotheses that are on record", () => {
  const cited = readFileSync("ERRATA.md", "utf8").match(/\b[STUBHCJW]\d+[a-z]?\b/g) ?? [];
  expect(cited.length).toBeGreaterThan(50);
  const record = readRecord();
  expect(cited.filter((id) => !record[id])).toEqual([]);
});

test("the README tells what is on record (npm run findings writes it)", () => {
  const page = readFileSync("README.md", "utf8");
  expect(page).toBe(withFindings(page, readRecord()));
});
