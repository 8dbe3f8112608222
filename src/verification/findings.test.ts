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
  summary: "in\nshort",
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

test("a page without markers is refused", () => {
  expect(() => withFindings("# Title", {})).toThrow("lacks the markers");
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
