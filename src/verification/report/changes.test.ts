import { describe, expect, test } from "vitest";
import { changeLines, changeSentences } from "./changes.ts";

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
