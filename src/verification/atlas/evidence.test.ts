import { describe, expect, test } from "vitest";
import { always, inAtLeast, often } from "../criterion.ts";
import { readRecord } from "../record.ts";
import { isJudged, observed, seedsIn, thresholdIn, words } from "./evidence.ts";

const judged = {
  verdict: "holds",
  satisfied: 250,
  of: 256,
  proportion: [0.93, 0.99] as const,
  endings: { converged: 255, stopped: 1 },
  directions: ["5 ×250", "4 ×6"],
} as const;

describe("evidence", () => {
  test.each([always(5), often(5), inAtLeast(0.8, 5), inAtLeast(0.125, 5)])(
    "the words of $words tell its threshold",
    (criterion) => {
      expect(thresholdIn(`${criterion.words}: 250 of 256 seeds`)).toBeCloseTo(criterion.threshold, 10);
    },
  );

  test("other words have none", () => {
    expect(thresholdIn("2 statements true of every input generated")).toBeUndefined();
  });

  test("of a population that was judged is told apart", () => {
    expect(isJudged(judged)).toBe(true);
    expect(isJudged({ value: 1, low: 0, high: 2 })).toBe(false);
    expect(isJudged("no counterexample")).toBe(false);
    expect(isJudged(null)).toBe(false);
  });

  test("lists endings and observations", () => {
    expect(observed(judged)).toEqual([
      ["endings", "255 converged, 1 stopped"],
      ["directions", "5 ×250, 4 ×6"],
    ]);
  });

  test("counts seeds even where an observation is called 'of'", () => {
    const other = { ...judged, of: ["10 ×256"] };
    expect(seedsIn(other)).toBe(256);
    expect(observed(other)).toContainEqual(["of", "10 ×256"]);
  });

  test("says quantiles by name, briefly", () => {
    expect(words({ least: 0.1234567, lower: 1, median: 2, upper: 3, most: 4 })).toBe(
      "least 0.1235 · 5 % 1 · median 2 · 95 % 3 · most 4",
    );
  });

  test("every population claim on record has a threshold", () => {
    const without = Object.entries(readRecord()).filter(
      ([, { evidence, summary }]) =>
        Object.values(evidence).some(isJudged) && thresholdIn(summary) === undefined,
    );
    expect(without.map(([id]) => id)).toEqual([]);
  });
});
