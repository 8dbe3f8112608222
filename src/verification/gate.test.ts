import { describe, expect, test } from "vitest";
import type { Conclusion } from "./conclusion.ts";
import { compare, sameBits } from "./gate.ts";

const recorded: Conclusion = {
  claim: "a claim",
  section: "test",
  kind: "population",
  verdict: "holds",
  summary: "256 of 256",
  evidence: { given: { satisfied: 256 }, "control: other": { satisfied: 0 } },
  errorRate: 1e-4,
  figure: true,
  engine: "wasm",
  trained: "abc",
  fingerprint: "123",
};

describe("the gate", () => {
  test("sees nothing where nothing moved", () => {
    expect(compare(recorded, structuredClone(recorded))).toEqual({ outcome: "same", differences: [] });
  });

  test("a missing entry", () => {
    expect(compare(undefined, recorded)).toEqual({ outcome: "missing", differences: ["nothing on record"] });
  });

  test("another verdict is a change, whatever else moved", () => {
    const fresh: Conclusion = { ...recorded, verdict: "refuted", summary: "3 of 256" };
    expect(compare(recorded, fresh)).toEqual({
      outcome: "changed",
      differences: ["verdict: holds → refuted", "summary: 256 of 256 → 3 of 256"],
    });
  });

  test.each([
    [{ claim: "another" }, "claim: a claim → another"],
    [{ section: "another" }, "section: test → another"],
    [{ kind: "dynamics" }, "kind: population → dynamics"],
    [{ summary: "255 of 256" }, "summary: 256 of 256 → 255 of 256"],
    [{ errorRate: 1e-5 }, "errorRate: 0.0001 → 0.00001"],
    [{ figure: false }, "figure: true → false"],
    [{ trained: "abd" }, "trained: abc → abd"],
    [{ fingerprint: "124" }, "trained weights: 123 → 124"],
    [{ evidence: { given: { satisfied: 256 } } }, 'control: other: {"satisfied":0} → absent'],
    [
      { evidence: { ...recorded.evidence, given: { satisfied: 255 } } },
      'given: {"satisfied":256} → {"satisfied":255}',
    ],
  ] as const)("%j is moved evidence", (changes, difference) => {
    expect(compare(recorded, { ...recorded, ...changes } as Conclusion)).toEqual({
      outcome: "moved",
      differences: [difference],
    });
  });

  test("what trained it is no evidence", () => {
    expect(compare(recorded, { ...recorded, engine: "webgpu on a card" })).toMatchObject({ outcome: "same" });
    const { engine: _, ...unnamed } = recorded;
    expect(compare(unnamed as Conclusion, recorded).outcome).toBe("same");
  });

  test.each([
    ["wasm", "wasm", true],
    [null, null, true],
    ["wasm", "webgpu on a card", false],
    ["webgpu on a card", "wasm", false],
    ["webgpu on a card", "webgpu on a card", false],
    ["reference", "reference", false],
    ["tfjs", null, false],
    [undefined, "wasm", false],
  ])("weights trained by %s and by %s: compared bit by bit? %s", (before, now, bits) => {
    const old = { ...recorded, engine: before } as Conclusion;
    const fresh = { ...recorded, engine: now, fingerprint: "124" } as Conclusion;
    expect(sameBits(old, fresh)).toBe(bits);
    expect(compare(old, fresh).outcome).toBe(bits ? "moved" : "same");
    expect(compare(old, { ...fresh, summary: "3 of 256" }).outcome).toBe("moved");
    expect(compare(old, { ...fresh, verdict: "refuted" }).outcome).toBe("changed");
  });
});

describe("open answers", () => {
  const open: Conclusion = {
    ...recorded,
    kind: "open",
    verdict: "measured",
    evidence: { slope: { value: 2, low: 1.9, high: 2.1 } },
  };
  const answered = (value: number) => ({
    ...open,
    evidence: { slope: { value, low: value - 0.1, high: value + 0.1 } },
  });

  test("move while the intervals meet", () => {
    expect(compare(open, answered(2.15)).outcome).toBe("moved");
    expect(compare(open, answered(1.85)).outcome).toBe("moved");
  });

  test("change when they do not", () => {
    const { outcome, differences } = compare(open, answered(2.5));
    expect(outcome).toBe("changed");
    expect(differences[0]).toBe("slope: 2 [1.9, 2.1] → 2.5 [2.4, 2.6]");
    expect(compare(open, answered(1.5)).outcome).toBe("changed");
  });

  test("move while the intervals touch", () => {
    const between = (low: number, high: number) =>
      compare(open, { ...open, evidence: { slope: { value: 2, low, high } } }).outcome;
    expect([between(2.1, 2.3), between(1.7, 1.9)]).toEqual(["moved", "moved"]);
  });

  test("are intervals only: other evidence moves, and so does an interval beside another verdict", () => {
    const before = { ...open, evidence: { ...open.evidence, fit: null, seeds: 64, note: "straight" } };
    const after = { ...open, evidence: { ...open.evidence, fit: 1, seeds: { of: 64 }, note: "bent" } };
    expect(compare(before, after).outcome).toBe("moved");
    expect(compare({ ...open, verdict: "holds" }, { ...answered(2.5), verdict: "holds" }).outcome).toBe(
      "moved",
    );
  });

  test("change when a measurement is gone", () => {
    expect(compare(open, { ...open, evidence: {} }).differences[0]).toBe("slope: 2 → not measured");
  });
});
