import { renderToStaticMarkup } from "preact-render-to-string";
import { describe, expect, test } from "vitest";
import { always, inAtLeast, often } from "../criterion.ts";
import { readRecord } from "../record.ts";
import { intervalBar, isJudged, observed, seedsIn, thresholdIn, words } from "./evidence.ts";
import { html } from "./markup.ts";

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
    expect(thresholdIn("true in at least 80 % of what was tried")).toBeUndefined();
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

  test("of one value is said as it is", () => {
    expect(["no counterexample", 3, null, ["5 ×250"]].map(words)).toEqual([
      "no counterexample",
      "3",
      "null",
      "5 ×250",
    ]);
  });

  test("every population claim on record has a threshold", () => {
    const without = Object.entries(readRecord()).filter(
      ([, { evidence, summary }]) =>
        Object.values(evidence).some(isJudged) && thresholdIn(summary) === undefined,
    );
    expect(without.map(([id]) => id)).toEqual([]);
  });
});

describe("the bar of an interval, 120 wide from 0 to 1", () => {
  const drawn = (bar: Parameters<typeof intervalBar>[0]) => {
    const svg = renderToStaticMarkup(html`${intervalBar(bar)}`);
    return {
      style: /class="([^"]*)"/.exec(svg)![1],
      paths: [...svg.matchAll(/ d="([^"]*)"/g)].map(([, d]) => d),
    };
  };

  test("has the interval, the value and the threshold, in this order", () => {
    // 120 · 0.25 = 30 and 120 · (0.75 − 0.25) = 60; 120 · 0.5 = 60; 120 · 0.95 = 114.
    const bar = { low: 0.25, high: 0.75, value: 0.5, threshold: 0.95, verdict: "refuted" } as const;
    expect(drawn(bar)).toEqual({ style: "bar refuted", paths: ["M30 7h60", "M60 2v10", "M114 0v14"] });
  });

  test("of an answer has no threshold", () => {
    expect(drawn({ low: 0.25, high: 0.75, value: 0.5 })).toEqual({
      style: "bar measured",
      paths: ["M30 7h60", "M60 2v10"],
    });
  });

  test("stays visible however short the interval is, and within its box", () => {
    expect(drawn({ low: 0.5, high: 0.5, value: 0.5 }).paths).toEqual(["M60 7h2", "M60 2v10"]);
    expect(drawn({ low: 1, high: 1, value: 1 }).paths).toEqual(["M118 7h2", "M120 2v10"]);
    expect(drawn({ low: -0.5, high: 1.5, value: 2 }).paths).toEqual(["M0 7h120", "M120 2v10"]);
  });
});
