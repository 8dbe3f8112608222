import { renderToStaticMarkup } from "preact-render-to-string";
import { describe, expect, test } from "vitest";
import type { Verdict } from "../claim/verdict.ts";
import { intervalBar, stack } from "./bars.ts";
import { html } from "./markup.ts";
import { exampleEntry } from "./testing/example.ts";

describe("the bar of an interval, 120 wide from 0 to 1", () => {
  const drawn = (bar: Partial<Parameters<typeof intervalBar>[0]>) => {
    const given = { low: 0.25, high: 0.75, value: 0.5, threshold: 0.95, verdict: "refuted", ...bar } as const;
    const svg = renderToStaticMarkup(html`${intervalBar(given)}`);
    return {
      style: /class="([^"]*)"/.exec(svg)![1],
      paths: [...svg.matchAll(/ d="([^"]*)"/g)].map(([, d]) => d),
    };
  };

  test("has the interval, the value and the threshold, in this order", () => {
    // 120 · 0.25 = 30 and 120 · (0.75 − 0.25) = 60; 120 · 0.5 = 60; 120 · 0.95 = 114.
    expect(drawn({})).toEqual({ style: "bar refuted", paths: ["M30 7h60", "M60 2v10", "M114 0v14"] });
  });

  test("stays visible however short the interval is, and within its box", () => {
    expect(drawn({ low: 0.5, high: 0.5 }).paths.slice(0, 2)).toEqual(["M60 7h2", "M60 2v10"]);
    expect(drawn({ low: 1, high: 1, value: 1 }).paths.slice(0, 2)).toEqual(["M118 7h2", "M120 2v10"]);
    expect(drawn({ low: -0.5, high: 1.5, value: 2 }).paths.slice(0, 2)).toEqual(["M0 7h120", "M120 2v10"]);
  });
});

test("verdicts share a bar of 400 by their numbers, those that none has left out", () => {
  const parts = (...verdicts: Verdict[]) => {
    const svg = renderToStaticMarkup(html`${stack(verdicts.map((verdict) => exampleEntry("T1", { verdict })))}`);
    return [...svg.matchAll(/class="(\w+)" x="([\d.]+)" width="([\d.]+)"/g)].map((m) => m.slice(1).join(" "));
  };
  expect(parts("measured", "holds", "holds", "refuted")).toEqual([
    "holds 0.0 200.0",
    "refuted 200.0 100.0",
    "measured 300.0 100.0",
  ]);
  expect(parts()).toEqual([]);
});
