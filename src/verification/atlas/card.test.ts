import { renderToStaticMarkup } from "preact-render-to-string";
import { describe, expect, test } from "vitest";
import type { Conclusion } from "../claim/conclusion.ts";
import type { Gallery } from "../examples/gallery.ts";
import { exampleAnswer, exampleCell, exampleEvidence, exampleReport } from "../testing/report.ts";
import { card } from "./card.ts";
import type { Entry } from "./entry.ts";
import { html } from "./markup.ts";
import { exampleEntry } from "./testing/example.ts";

const shown = (entry: Entry) => renderToStaticMarkup(html`${card(entry, 4)}`);
const picture = { src: "figures/T1.png", width: 40, height: 30 };

describe("a card", () => {
  test("says verdict, role and kind; that it is one's own; of an instrument the row", () => {
    expect(shown(exampleEntry("T1"))).toContain(
      'data-verdict="holds" data-role="our own" data-kind="population" data-state="same"',
    );
    const printed = shown(exampleEntry("T1", { row: "T1", role: "as printed" }));
    expect(printed).toContain('data-role="as printed"');
    expect(printed).toContain('<span class="tag role">as printed</span>');
    expect(printed).not.toContain("about row");
    expect(shown(exampleEntry("T1", { row: "T8", role: "instrument" }))).toContain("about row T8");
  });

  test("has a heading of the level that is asked for", () => {
    expect(renderToStaticMarkup(html`${card(exampleEntry("T1"), 3)}`)).toContain(
      '<h3 class="claim" id="claim-T1">a claim of a few words</h3>',
    );
  });

  test("has its figure, if there is one, and says what is on it", () => {
    expect(shown(exampleEntry("T1"))).not.toContain("<img");
    expect(shown(exampleEntry("T1", {}, { figure: picture }))).toContain(
      '<img src="figures/T1.png" width="40" height="30" alt="Figure of T1. a claim of a few words holds: in at least',
    );
  });

  test("says how a claim was made measurable, where that is said", () => {
    expect(shown(exampleEntry("T1"))).not.toContain("How it was made measurable");
    expect(shown(exampleEntry("T1", { operationalisation: "By counting." }))).toMatch(
      /How it was made measurable<\/summary><p>By counting\./,
    );
  });

  test("says what trained it: the run's engine, or that on record", () => {
    const engine = { name: "wasm", device: "2 threads" };
    expect(shown(exampleEntry("T1", {}, { report: exampleReport("T1", {}, "same", { engine }) }))).toContain(
      "engine wasm on 2 threads",
    );
    const onRecord = exampleEntry("T1", {}, { state: "on record", report: undefined });
    expect(shown(onRecord)).toContain("<span>engine wasm</span>");
    expect(shown(exampleEntry("T1", { trained: null }))).not.toContain("<span>engine");
  });

  test("links its spec, with the line where it is known", () => {
    expect(shown(exampleEntry("T1"))).toContain('<a href="../one.spec.ts">hypotheses/one.spec.ts:3</a>');
    const report = exampleReport("T1", {}, "same", { spec: { file: "a.spec.ts", line: null } });
    expect(shown(exampleEntry("T1", {}, { report }))).toContain(">a.spec.ts</a>");
  });

  test("has the command that runs it and no other, also where the id is all of its title", () => {
    expect(shown(exampleEntry("T1.b"))).toContain('-t "^T1\\.b "</code>'.replaceAll('"', "&quot;"));
    expect(shown(exampleEntry("T1", { title: "" }))).toContain("-t &quot;^T1 &quot;</code>");
  });
});

describe("what failed", () => {
  const failure = { id: "T1", title: "an example", message: "\u001b[31mvacuous\u001b[39m: <b>\n  on record" };
  const order = (text: string, ...parts: string[]) => parts.map((part) => text.indexOf(part));

  test("before it concluded says why, then what is on record, said to be so", () => {
    const text = shown(exampleEntry("T1", {}, { state: "on record", report: undefined, failures: [failure] }));
    expect(text).toContain("<pre>vacuous: &lt;b>\n  on record</pre>");
    const places = order(text, "failed in this run", "<pre>", "on record, from before", "holds</span>");
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(text).not.toContain("not run now");
  });

  test("by what it concluded has that, with its verdict first", () => {
    const text = shown(exampleEntry("T1", {}, { state: "changed", failures: [failure] }));
    expect(text).toContain('<span class="tag state changed">changed conclusion</span>');
    expect(text).not.toContain("from before");
    const [verdict, message] = order(text, "holds</span>", "<pre>");
    expect(verdict).toBeLessThan(message!);
  });

  test("under another title, or twice, says so", () => {
    const failures = [failure, { ...failure, title: "another", message: "invalid id" }];
    expect(shown(exampleEntry("T1", {}, { failures }))).toContain("on record</pre><p>another</p><pre>invalid id</pre>");
  });
});

test("what an earlier run left is said to be so", () => {
  expect(shown(exampleEntry("T1"))).not.toContain("data-earlier");
  expect(shown(exampleEntry("T1", {}, { state: "on record" }))).toContain("data-earlier");
  expect(shown(exampleEntry("T1", {}, { state: "on record", report: undefined }))).not.toContain("data-earlier");
});

describe("what differs from the record", () => {
  const changes = [
    { path: ["n = 5", "left"], before: "1", after: null },
    { path: ["n = 5", "right"], before: null, after: "2" },
  ];
  const changed = (mode: "none" | "all") => {
    const report = exampleReport("T1", {}, "changed", { mode, comparison: { outcome: "changed", changes } });
    return shown(exampleEntry("T1", {}, { state: "changed", report }));
  };

  test("is what came and what went, and the command only where one may accept", () => {
    const text = changed("none");
    expect(text).toContain("changed conclusion: 2 differences</summary>");
    expect(text).toContain('<th scope="row">n = 5 › left</th><td>1</td><td>absent</td>');
    expect(text).toContain('<th scope="row">n = 5 › right</th><td>absent</td><td>2</td>');
    expect(text).toContain("Accept it:");
    expect(text).toContain("-t &quot;^T1 &quot; -u");
    expect(changed("all")).not.toContain("Accept it:");
  });

  test("is only the figure, where nothing else is, and both are shown", () => {
    const before = { ...picture, src: "figures/recorded/T1.png" };
    const text = shown(exampleEntry("T1", {}, { state: "moved", figure: picture, before }));
    expect(text).toContain("moved evidence: another figure</summary>");
    expect(text).not.toContain("<table>");
    expect(text.match(/<figcaption>(.*?)<\/figcaption>/g)).toEqual([
      "<figcaption>on record</figcaption>",
      "<figcaption>now</figcaption>",
    ]);
  });
});

describe("galleries", () => {
  // Of a seed the card reads the number only.
  const gallery = (label: string, command: string | null, ...seeds: number[]) =>
    ({ label, command, of: 1, seeds: seeds.map((seed) => ({ seed })) }) as unknown as Gallery;
  const withGalleries = (galleries: readonly Gallery[], conclusion: Partial<Conclusion> = {}) =>
    shown(exampleEntry("T1", conclusion, { report: exampleReport("T1", {}, "same", { galleries }) }));

  test("offer a seed to see again only where there is a seed and a command for it", () => {
    expect(withGalleries([gallery("given", "explore {seed}", 7)])).toMatch(/Seed 7:<\/p>.*<code>explore 7<\/code>/s);
    expect(withGalleries([gallery("given", null, 7)])).not.toContain("Seed 7");
    expect(withGalleries([gallery("given", "explore {seed}")])).not.toContain("<code>explore");
    // The first that has both.
    expect(
      withGalleries([gallery("n = 5", "a {seed}"), gallery("n = 6", null, 1), gallery("n = 7", "c {seed}", 2)]),
    ).toMatch(/Seed 2 \(n = 7\):<\/p>.*<code>c 2<\/code>/s);
  });

  test("stand under their conditions, whatever their order, the control's too", () => {
    const evidence = { ...exampleEvidence, cells: { "n = 5": exampleCell, "n = 6": exampleCell } };
    const text = withGalleries(
      ["control: another", "n = 6", "n = 5"].map((label) => gallery(label, null, 1)),
      { evidence },
    );
    expect([...text.matchAll(/data-gallery="(\d)"/g)].map((m) => m[1])).toEqual(["2", "1", "0"]);
    expect(withGalleries([], { evidence })).not.toContain("data-gallery");
  });

  test("of an answer stand under its populations; those without one do not open", () => {
    const populations = { "n = 5": "five", "n = 6": "six" };
    const evidence = { answer: "Two.", values: {}, populations };
    const text = withGalleries([gallery("n = 6", null, 1)], { ...exampleAnswer, evidence });
    expect(text).toMatch(/<div class="row"><span class="label">n\u00a0=\u00a05<.*<details class="condition">.*six/s);
    expect(text.match(/data-gallery/g)).toHaveLength(1);
  });
});
