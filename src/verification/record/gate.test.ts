import { afterEach, expect, test, vi } from "vitest";
import {
  exampleAnswer,
  exampleCell,
  exampleConclusion,
  exampleEvidence,
  exampleRefuted,
  exampleReport,
} from "../testing/report.ts";
import { compare } from "./compare.ts";
import { objections } from "./gate.ts";

afterEach(() => vi.unstubAllEnvs());

const accept = 'accept it with: npx vitest run --project hypotheses -t "^T1 " -u';
const recorded = exampleConclusion;

test.each([
  ["none", ["T1 has no conclusion on record", accept]],
  ["new", []],
  ["all", []],
] as const)("in mode %s a conclusion missing on record: %j", (mode, expected) => {
  expect(objections(exampleReport("T1", {}, "missing", { mode }), undefined)).toEqual(expected);
});

test("what is none for the record is objected to without the command that accepts it", () => {
  const unfit = "the seeds are shifted";
  const report = exampleReport("T1", { verdict: "refuted" }, "changed", { unfit });
  expect(objections(report, recorded).at(-1)).toBe(`this is no evidence for the record: ${unfit}`);
  expect(objections(report, recorded).join()).not.toContain("-u");
});

test.each(["none", "new"] as const)("in mode %s a changed verdict is objected to, with both counts", (mode) => {
  const fresh = {
    verdict: "in part",
    claim: "Another.",
    section: "two",
    evidence: { ...exampleEvidence, cells: { "n = 9": exampleCell, "n = 10": exampleRefuted } },
  } as const;
  expect(objections(exampleReport("T1", fresh, "changed", { mode }), recorded)).toEqual([
    "T1 changed its conclusion: Another.",
    "on record, holds: in at least 95 % of seeds: an even end. 256 of 256 seeds (0.950–1.000)",
    "now, in part: in at least 95 % of seeds: an even end. n = 9 ✓ 256 of 256; n = 10 ✗ 0 of 256",
    accept,
  ]);
  expect(objections(exampleReport("T1", fresh, "changed", { mode: "all" }), recorded)).toEqual([]);
});

test("another change of a conclusion is objected to with three differences", () => {
  const slope = (value: number) => ({
    ...exampleAnswer,
    evidence: { answer: "so", values: { slope: { value, low: value - 0.1, high: value + 0.1 } }, populations: {} },
  });
  const fresh = { ...slope(3), claim: "Another.", section: "two", errorRate: 0.01, figure: true };
  const report = exampleReport("T1", fresh, "changed");
  const old = { ...recorded, ...slope(2) };
  const { outcome, changes } = compare(old, report.conclusion);
  expect(outcome).toBe("changed");
  expect(objections({ ...report, comparison: { outcome, changes } }, old)).toEqual([
    "T1 changed its conclusion: Another.",
    "slope: 2 [1.9, 2.1] → 3 [2.9, 3.1]",
    "section: one → two",
    "claim: a claim of a few words → Another.",
    "and 2 more",
    accept,
  ]);
});

test("moved evidence passes", () => {
  expect(objections(exampleReport("T1", { fingerprint: "124" }, "moved"), recorded)).toEqual([]);
});

test("another figure is objected to where the evidence is the same, to the bit", () => {
  const picture = { state: "different", ratio: 0.1234 } as const;
  const drawn = "T1 draws another figure from the same evidence (12 % of the pixels differ)";
  expect(objections(exampleReport("T1", {}, "same", { picture }), recorded)).toEqual([drawn, accept]);
  expect(objections(exampleReport("T1", {}, "same", { picture, mode: "all" }), recorded)).toEqual([]);
  expect(objections(exampleReport("T1", { fingerprint: "1" }, "moved", { picture }), recorded)).toEqual([]);
  const rough = { ...recorded, engine: { name: "rough", reproducible: false } };
  expect(objections(exampleReport("T1", {}, "same", { picture }), rough)).toEqual([]);
});

test("a figure that is not on record is missed in CI, once", () => {
  const picture = { state: "missing" } as const;
  expect(objections(exampleReport("T1", {}, "same", { picture }), recorded)).toEqual([
    "T1 has no figure on record",
    accept,
  ]);
  expect(objections(exampleReport("T1", {}, "same", { picture, mode: "new" }), recorded)).toEqual([]);
  expect(objections(exampleReport("T1", {}, "missing", { picture }), undefined)).toHaveLength(2);
});

test.each([
  ["refuted", 2],
  ["in part", 2],
  ["inconclusive", 2],
  ["holds", 0],
  ["measured", 0],
] as const)("in strict mode %s is objected to by %i lines", (verdict, lines) => {
  const report = exampleReport("T1", { verdict });
  expect(objections(report, recorded)).toEqual([]);
  vi.stubEnv("STRICT", "1");
  const strict = objections(report, recorded);
  expect(strict).toHaveLength(lines);
  if (lines > 0) expect(strict[0]).toBe(`T1 is ${verdict} (strict mode): a claim of a few words`);
});

test("a figure on record that is no picture is named, whatever the evidence, until it is replaced", () => {
  const picture = { state: "damaged", recorded: "snapshots/figures/T1.png" } as const;
  const line = "T1: the figure on record, snapshots/figures/T1.png, is no picture (damaged, or not checked out)";
  expect(objections(exampleReport("T1", {}, "same", { picture }), recorded)).toEqual([line, accept]);
  expect(objections(exampleReport("T1", { fingerprint: "1" }, "moved", { picture }), recorded)).toEqual([line, accept]);
  expect(objections(exampleReport("T1", {}, "same", { picture, mode: "all" }), recorded)).toEqual([]);
});
