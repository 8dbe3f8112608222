import { describe, expect, test } from "vitest";
import type { Conclusion, Evidence, Measured } from "../claim/conclusion.ts";
import { exampleAnswer, exampleCell, exampleConclusion, exampleEvidence } from "../testing/report.ts";
import { compare, onlyHash, sameBits } from "./compare.ts";

const recorded = exampleConclusion;
const against = (changes: Partial<Conclusion>) => compare(recorded, { ...recorded, ...changes });

describe("a fresh conclusion against the one on record", () => {
  test("is the same where nothing moved", () => {
    expect(compare(recorded, structuredClone(recorded))).toEqual({ outcome: "same", changes: [] });
  });

  test("is missing where nothing is on record", () => {
    expect(compare(undefined, recorded)).toEqual({ outcome: "missing", changes: [] });
  });

  test("has changed with another verdict, which is told first, whatever else moved", () => {
    const evidence = {
      ...exampleEvidence,
      cells: {
        "n = 9": {
          ...exampleCell,
          satisfied: 12,
          interval: [0.01, 0.1234567],
          endings: { converged: 255, diverged: 1 },
        },
      },
    } satisfies Evidence;
    const fresh = { verdict: "refuted", evidence, errorRate: null, fingerprint: "124" } as const;
    expect(against(fresh)).toEqual({
      outcome: "changed",
      changes: [
        { path: ["verdict"], before: "holds", after: "refuted" },
        { path: ["error rate"], before: "0.0001", after: null },
        { path: ["n = 9", "satisfied"], before: "256", after: "12" },
        { path: ["n = 9", "interval"], before: "[0.95, 1]", after: "[0.01, 0.123457]" },
        { path: ["n = 9", "endings", "converged"], before: "256", after: "255" },
        { path: ["n = 9", "endings", "diverged"], before: null, after: "1" },
        { path: ["trained weights"], before: "123", after: "124" },
      ],
    });
  });

  test.each([
    [{ claim: "another" }, ["claim"], "a claim of a few words", "another"],
    [{ title: "another" }, ["title"], "an example", "another"],
    [{ row: "T1" }, ["row"], null, "T1"],
    [{ role: "repaired" }, ["role"], null, "repaired"],
    [{ section: "another" }, ["section"], "one", "another"],
    [{ kind: "dynamics" }, ["kind"], "population", "dynamics"],
    [{ operationalisation: "so" }, ["operationalisation"], null, "so"],
    [{ errorRate: 1e-5 }, ["error rate"], "0.0001", "0.00001"],
    [{ figure: true }, ["figure"], "false", "true"],
    [{ trained: "abd" }, ["what was trained"], "abc", "abd"],
    [{ fingerprint: "124" }, ["trained weights"], "123", "124"],
  ] as const)("%j has moved", (changes, path, before, after) => {
    expect(against(changes)).toEqual({ outcome: "moved", changes: [{ path, before, after }] });
  });

  test("has moved with its criterion, its control, or a cell that is gone", () => {
    const moved = (evidence: Partial<typeof exampleEvidence>) =>
      against({ evidence: { ...exampleEvidence, ...evidence } }).changes;
    expect(moved({ criterion: { ...exampleEvidence.criterion, share: 0.9 } })).toEqual([
      { path: ["criterion", "share"], before: "0.95", after: "0.9" },
    ]);
    expect(moved({ control: { ...exampleEvidence.control, satisfied: 1 } })).toEqual([
      { path: ["control", "satisfied"], before: "0", after: "1" },
    ]);
    expect(moved({ cells: {} })).toMatchObject([{ path: ["n = 9"], after: null }]);
  });

  test("says which statement of mathematics differs", () => {
    const exact = (found: string): Evidence => ({
      properties: { sum: { holds: true, found: "true" } },
      nearMisses: { cube: { holds: false, found } },
    });
    const { changes } = compare({ ...recorded, evidence: exact("-1") }, { ...recorded, evidence: exact("-2") });
    expect(changes).toEqual([{ path: ["near miss: cube", "found"], before: "-1", after: "-2" }]);
  });

  test.each([
    [true, true, true],
    [null, null, true],
    [true, null, true],
    [true, false, false],
    [false, true, false],
    [false, null, false],
  ])("engines that promise their bits %s and %s: weights compared? %s", (before, now, bits) => {
    const engine = (reproducible: boolean | null) =>
      reproducible === null ? null : { name: `engine ${reproducible}`, reproducible };
    const old = { ...recorded, engine: engine(before) };
    const fresh = { ...recorded, engine: engine(now), fingerprint: "124" };
    expect(sameBits(old, fresh)).toBe(bits);
    expect(compare(old, fresh).outcome).toBe(bits ? "moved" : "same");
    expect(compare(old, { ...fresh, claim: "another" }).outcome).toBe("moved");
    expect(compare(old, { ...fresh, verdict: "refuted" }).outcome).toBe("changed");
  });
});

describe("open answers", () => {
  const open: Conclusion = { ...recorded, ...exampleAnswer };
  const answered = (values: { [name: string]: Measured }): Conclusion => ({
    ...open,
    evidence: { answer: "two", values, populations: {} },
  });
  const slope = (low: number, high: number) => answered({ slope: { value: (low + high) / 2, low, high } });

  test("move while the intervals meet or touch", () => {
    for (const [low, high] of [
      [2.05, 2.25],
      [1.75, 1.95],
      [2.1, 2.3],
      [1.7, 1.9],
    ] as const)
      expect(compare(open, slope(low, high)).outcome).toBe("moved");
  });

  test("change when they do not, which is told once", () => {
    expect(compare(open, answered({ slope: { value: 2.5, low: 2.4, high: 2.6 } }))).toEqual({
      outcome: "changed",
      changes: [{ path: ["slope"], before: "2 [1.9, 2.1]", after: "2.5 [2.4, 2.6]" }],
    });
    expect(compare(open, slope(1.4, 1.6)).outcome).toBe("changed");
  });

  test("change when a measurement is gone, and move when one is new", () => {
    expect(compare(open, answered({})).changes).toEqual([{ path: ["slope"], before: "2 [1.9, 2.1]", after: null }]);
    const both = { slope: { value: 2, low: 1.9, high: 2.1 }, fit: { value: 1, low: 0, high: 1 } };
    expect(compare(open, answered(both)).outcome).toBe("moved");
  });
});

test("changes of hashes alone say which: another thing was trained, or the same to other bits", () => {
  const changed = (...names: string[]) => ({
    outcome: "moved" as const,
    changes: names.map((name) => ({ path: name.split(" · "), before: "a", after: "b" })),
  });
  expect(onlyHash(changed("what was trained", "trained weights"))).toBe("trained");
  expect(onlyHash(changed("trained weights"))).toBe("fingerprint");
  expect(onlyHash(changed("trained weights", "n = 9 · trained weights"))).toBeUndefined();
  expect(onlyHash(changed())).toBeUndefined();
});
