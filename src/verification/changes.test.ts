import { describe, expect, test } from "vitest";
import type { Json } from "../util/json.ts";
import { acceptCommand } from "./accept.ts";
import { changeLines, changeSentences, changesBetween, onlyHashes } from "./changes.ts";
import type { Conclusion } from "./conclusion.ts";

const recorded: Conclusion = {
  claim: "a claim",
  section: "test",
  kind: "population",
  verdict: "holds",
  summary: "256 of 256",
  evidence: {
    "n = 9": { satisfied: 256, of: 256, proportion: [0.95, 1], endings: { converged: 256 } },
    control: "none",
  },
  errorRate: 1e-4,
  figure: true,
  engine: "wasm",
  trained: "abc",
  fingerprint: "123",
};

describe("changes", () => {
  test("are none between equals", () => {
    expect(changesBetween(recorded, structuredClone(recorded))).toEqual([]);
  });

  test("name the value that differs, the verdict first, however deep it lies", () => {
    const fresh: Conclusion = {
      ...recorded,
      verdict: "refuted",
      evidence: {
        "n = 9": {
          satisfied: 12,
          of: 256,
          proportion: [0.01, 0.1234567],
          endings: { converged: 255, diverged: 1 },
        },
      },
      errorRate: null,
      fingerprint: "124",
    };
    expect(changesBetween(recorded, fresh)).toEqual([
      { path: ["verdict"], before: "holds", after: "refuted" },
      { path: ["error rate"], before: "0.0001", after: null },
      { path: ["n = 9", "satisfied"], before: "256", after: "12" },
      { path: ["n = 9", "proportion"], before: "[0.95, 1]", after: "[0.01, 0.123457]" },
      { path: ["n = 9", "endings", "converged"], before: "256", after: "255" },
      { path: ["n = 9", "endings", "diverged"], before: null, after: "1" },
      { path: ["control"], before: "none", after: null },
      { path: ["trained weights"], before: "123", after: "124" },
    ]);
  });

  test("set lists apart from words only where all in them are numbers", () => {
    const list = (first: Json, second: Json) =>
      changesBetween({ ...recorded, evidence: { first } }, { ...recorded, evidence: { first: second } }).map(
        ({ before, after }) => [before, after],
      );
    expect(list(["5 ×250", "4 ×6"], [5, 4])).toEqual([["5 ×250, 4 ×6", "[5, 4]"]]);
    expect(list([0.5, "NaN"], [0.5, 0.5])).toEqual([["0.5, NaN", "[0.5, 0.5]"]]);
  });

  test("take null for absent, whatever is there on the other side", () => {
    const evidence = { "n = 9": null, control: "none" };
    const fresh = { ...recorded, evidence: { "n = 9": { of: 256 }, control: "none" } };
    expect(changesBetween({ ...recorded, evidence }, fresh)).toEqual([
      { path: ["n = 9"], before: null, after: "of: 256" },
    ]);
  });

  test("leave trained weights out where they promise nothing", () => {
    const fresh: Conclusion = { ...recorded, engine: "webgpu on a card", fingerprint: "124" };
    expect(changesBetween(recorded, fresh)).toEqual([]);
  });
});

describe("lines of changes", () => {
  const changes = [
    { path: ["verdict"], before: "holds", after: "refuted" },
    { path: ["n = 9", "satisfied"], before: "256", after: null },
    { path: ["claim"], before: "one claim of many words", after: "another claim of many words" },
  ];

  test("stand in two columns, or under each other where they are long", () => {
    expect(changeLines(changes, 40)).toEqual([
      "verdict            holds → refuted",
      "n = 9 · satisfied  256 → absent",
      "claim",
      "  - one claim of many words",
      "  + another claim of many words",
    ]);
  });

  test("give names at most half of the columns, and a line all of them", () => {
    const long = { path: ["a name that takes more than half"], before: "1", after: "2" };
    const [short, full] = changeLines([{ path: ["short"], before: "1", after: "2" }, long], 39);
    expect(short).toBe(`${"short".padEnd(19)}  1 → 2`);
    // 32 and 2 and 5 characters.
    expect(full).toBe("a name that takes more than half  1 → 2");
    expect(changeLines([long], 38)).toEqual(["a name that takes more than half", "  - 1", "  + 2"]);
  });

  test("say what is absent on either side", () => {
    const path = ["a name that takes more than half"];
    expect(changeLines([{ path: ["n"], before: null, after: "2" }], 40)).toEqual(["n  absent → 2"]);
    expect(changeLines([{ path, before: null, after: "2" }], 35)).toEqual([...path, "  - absent", "  + 2"]);
    expect(changeLines([{ path, before: "1", after: null }], 35)).toEqual([...path, "  - 1", "  + absent"]);
  });

  test("keep within a narrow terminal", () => {
    const lines = changeLines(changes, 20);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(20);
    expect(lines.join(" ")).toContain("  + another claim of   + many words");
  });
});

test("sentences of changes: one for each condition", () => {
  expect(
    changeSentences([
      { path: ["verdict"], before: "holds", after: "refuted" },
      { path: ["n = 9", "satisfied"], before: "256", after: "3" },
      { path: ["n = 9", "endings", "converged"], before: "256", after: null },
      { path: ["figure"], before: null, after: "true" },
    ]),
  ).toEqual([
    "verdict: holds → refuted",
    "n = 9: satisfied 256 → 3; endings · converged 256 → absent",
    "figure: absent → true",
  ]);
});

test("changes of hashes alone are told apart", () => {
  const trained = { path: ["what was trained"], before: "a", after: "b" };
  const weights = { path: ["trained weights"], before: "a", after: "b" };
  expect(onlyHashes([trained, weights])).toBe(true);
  expect(onlyHashes([trained, { path: ["n = 9", "trained weights"], before: "a", after: "b" }])).toBe(false);
  expect(onlyHashes([])).toBe(false);
});

describe("the command that accepts", () => {
  test.each([
    ["T1 a claim", "^T1 "],
    ["T1", "^T1$"],
    ["T1.b a claim", "^T1\\.b "],
  ])("%s alone", (title, pattern) => {
    expect(acceptCommand(title)).toBe(`npx vitest run --project hypotheses -t "${pattern}" -u`);
    const matched = [
      "T1 a claim",
      "T10 a claim",
      "T1b a",
      "T1.b a claim",
      "T1xb a",
      "B1 as in T1 a claim",
      "T1",
    ];
    expect(matched.filter((other) => new RegExp(pattern).test(other))).toEqual([title]);
  });

  test("everything", () => {
    expect(acceptCommand()).toBe("npx vitest run --project hypotheses -u");
  });
});
