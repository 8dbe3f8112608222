import { describe, expect, test } from "vitest";
import type { Report } from "../report.ts";
import { exampleConclusion, exampleReport } from "../testing/report.ts";
import type { Entry } from "./entry.ts";
import { page } from "./page.ts";

const entry = (id: string, rest: Partial<Entry> = {}): Entry => ({
  id,
  row: id,
  conclusion: exampleConclusion,
  state: "same",
  report: exampleReport(id),
  recorded: exampleConclusion,
  ...rest,
});
const pageOf = (...entries: Entry[]) => page({ entries, rows: [], errata: [] });
const picture = (width: number) => ({ src: "figures/T1.png", width, height: 300 });

describe("the page", () => {
  test("says when everything, and when nothing, was concluded by the run", () => {
    expect(pageOf(entry("T1"))).toContain("All concluded by this run; engine wasm.");
    expect(pageOf(entry("T1"))).toContain("as 1 executable hypothesis:");
    const { report: _, ...onRecord } = entry("T1", { state: "on record" });
    expect(pageOf(onRecord)).toMatch(/0 concluded by this run, 1 as on record\.\s/);
  });

  test("keeps sections apart whose names are alike, and names one that has no letters", () => {
    const text = pageOf(
      ...["Tied!", "tied?", "Tied", "…"].map((section, i) =>
        entry(`T${i}`, { conclusion: { ...exampleConclusion, section } }),
      ),
    );
    expect([...text.matchAll(/<section class="chapter" id="([^"]*)"/g)].map((m) => m[1])).toEqual([
      "tied",
      "tied-2",
      "tied-3",
      "section",
    ]);
  });

  test("offers only the states that there are", () => {
    const states = [...pageOf(entry("T1")).matchAll(/name="state" value="([^"]*)"/g)].map((m) => m[1]);
    expect(states).toEqual(["same"]);
  });

  test("carries its style and scripts, and allows no others", () => {
    const text = pageOf(entry("T1"));
    expect(text).toMatch(/<style>[^<]*\.card\b[^<]*<\/style>/s);
    expect(text).toContain("color-scheme");
    expect(text.match(/<script/g)).toHaveLength(3);
  });
});

describe("a card", () => {
  test.each([
    [519, "body beside"],
    [520, "body beside"],
    [521, "body"],
  ])("has a figure of %i pixels in a part that is %s", (width, part) => {
    expect(pageOf(entry("T1", { figure: picture(width) }))).toContain(`<div class="${part}">`);
  });

  test("of which only the figure differs says so, and shows both", () => {
    const text = pageOf(
      entry("T1", {
        state: "moved",
        figure: picture(40),
        before: { ...picture(40), src: "figures/recorded/T1.png" },
      }),
    );
    expect(text).toContain("moved evidence: only the figure differs");
    expect(text).not.toContain("<table>");
    expect(text.match(/<figcaption>/g)).toHaveLength(2);
  });

  test("shows what came and what went, and the command only where one may accept", () => {
    const before = { ...exampleConclusion, evidence: { "n = 5": { satisfied: 3, left: 1 } } };
    const changed = {
      ...entry("T1", { state: "changed" as const, recorded: before }),
      conclusion: { ...exampleConclusion, evidence: { "n = 5": { satisfied: 3, right: 2 } } },
    };
    const text = pageOf(changed);
    expect(text).toContain('<th scope="row">n = 5 › left</th><td>1</td><td>absent</td>');
    expect(text).toContain('<th scope="row">n = 5 › right</th><td>absent</td><td>2</td>');
    expect(text).toContain("Accept it:");
    expect(text).toContain("-t &quot;^T1 &quot; -u");
    expect(pageOf({ ...changed, report: exampleReport("T1", {}, "changed", { mode: "all" }) })).not.toContain(
      "Accept it:",
    );
  });

  test("draws an interval only for a share", () => {
    const measured = (value: number, low: number, high: number) =>
      pageOf(
        entry("T1", {
          conclusion: { ...exampleConclusion, kind: "open", evidence: { it: { value, low, high } } },
        }),
      ).match(/<svg class="bar/g)?.length ?? 0;
    const legend = measured(2, 1, 3);
    expect(measured(0.5, 0, 1) - legend).toBe(1);
    expect(measured(0.5, -0.1, 1) - legend).toBe(0);
    expect(measured(0.5, 0, 1.1) - legend).toBe(0);
    expect(pageOf(entry("T1", { conclusion: { ...exampleConclusion, evidence: { it: null } } }))).toContain(
      '<span class="count">',
    );
  });

  test("reads statements: true, without a counterexample, and near misses by their first words only", () => {
    const text = pageOf(
      entry("T1", {
        conclusion: {
          ...exampleConclusion,
          kind: "exact",
          evidence: {
            a: "true",
            b: "true enough",
            c: "found no counterexample",
            "not a near miss: d": "true",
          },
        },
      }),
    );
    const row = (label: string) =>
      text
        .slice(0, text.indexOf(`<span class="label">${label}`))
        .match(/<i>(\w+): <\/i>/g)!
        .at(-1);
    expect(row("a")).toBe("<i>true: </i>");
    expect(row("b")).toBe("<i>false: </i>");
    expect(row("c")).toBe("<i>false: </i>");
    expect(text).toContain('<span class="label">not a near miss: d');
  });

  const gallery = (label: string, command: string | null, ...seeds: number[]) => ({ label, command, seeds });
  const withGalleries = (
    galleries: readonly ReturnType<typeof gallery>[],
    conclusion = exampleConclusion,
  ) => {
    // Of a seed the card reads the number only.
    const seeds = galleries.map((g) => ({ ...g, of: 1, seeds: g.seeds.map((seed) => ({ seed })) }));
    const details = { title: "T1 x", file: "a.spec.ts", line: null, reading: null, galleries: seeds };
    const report = exampleReport("T1", {}, "same", { details: details as unknown as Report["details"] & {} });
    return pageOf(entry("T1", { conclusion, report }));
  };

  test("offers a seed to see again only where there is a seed and a command for it", () => {
    expect(withGalleries([gallery("given", "explore {seed}", 7)])).toMatch(
      /Seed 7:<\/p>.*<code>explore 7<\/code>/s,
    );
    expect(withGalleries([gallery("given", null, 7)])).not.toContain("Seed 7");
    expect(withGalleries([gallery("given", "explore {seed}")])).not.toContain("<code>explore");
    expect(withGalleries([])).toContain(">a.spec.ts</a>");
    // The first that has both.
    expect(
      withGalleries([
        gallery("n = 5", "a {seed}"),
        gallery("n = 6", null, 1),
        gallery("n = 7", "c {seed}", 2),
      ]),
    ).toMatch(/Seed 2 \(n = 7\):<\/p>.*<code>c 2<\/code>/s);
  });

  test("has each gallery once: under its condition, or among the populations that no condition is of", () => {
    const judged = {
      verdict: "holds",
      satisfied: 1,
      of: 2,
      proportion: [0, 1],
      endings: { converged: 2 },
      observed: [],
    };
    const evidence = { "n = 5": judged, "n = 6": judged, "n = 7": 12 };
    const text = withGalleries([gallery("n = 6", null, 1), gallery("n = 7", null, 2)], {
      ...exampleConclusion,
      summary: "in at least 50 %: 1 of 2",
      evidence,
    });
    expect(text.match(/<div data-gallery="\d"/g)).toEqual(['<div data-gallery="0"', '<div data-gallery="1"']);
    expect(text).toContain("1 population: seeds");
    // Some of the evidence is of populations: so the summary is split into criterion and outcome.
    expect(text).toContain("Asked of the seeds: <strong>in at least 50 %</strong>");
  });
});
