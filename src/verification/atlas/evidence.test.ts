import { renderToStaticMarkup } from "preact-render-to-string";
import { describe, expect, test } from "vitest";
import type { Evidence } from "../claim/conclusion.ts";
import type { Verdict } from "../claim/verdict.ts";
import { exampleCell, exampleEvidence } from "../testing/report.ts";
import { evidencePart, summary, words } from "./evidence.ts";
import { html } from "./markup.ts";
import { exampleEntry } from "./testing/example.ts";

const entryOf = (evidence: Evidence, verdict: Verdict = "holds") => exampleEntry("T1", { evidence, verdict });
const shown = (evidence: Evidence) => renderToStaticMarkup(html`${evidencePart(entryOf(evidence))}`);
const asked = (evidence: Evidence, verdict?: Verdict) =>
  renderToStaticMarkup(html`<p>${summary(entryOf(evidence, verdict))}</p>`).slice(3, -4);

describe("populations", () => {
  const cells = { "n = 9": exampleCell, "n = 10": exampleCell };

  test("are asked what the criterion asks, and of which of them", () => {
    const criterion = "<strong>in at least 95 % of seeds: an even end</strong>";
    expect(asked(exampleEvidence)).toBe(`Asked of the seeds: ${criterion}`);
    expect(asked({ ...exampleEvidence, cells })).toBe(`Asked of every condition: ${criterion}`);
    expect(asked({ ...exampleEvidence, cells, holdsIn: "some cell" })).toBe(
      `Asked of one condition at least: ${criterion}`,
    );
  });

  test("have their count, what was trained, how it ended and what was observed", () => {
    const cell = { ...exampleCell, undecided: 3, endings: { converged: 253, stopped: 3 } } as const;
    const text = shown({ ...exampleEvidence, cells: { given: cell } });
    expect(text).toContain('<span class="label">the seeds</span>');
    expect(text).toContain('<span class="count">256 of 256 seeds, 3 not converged (0.950–1.000)</span>');
    expect(text).toContain('<small class="trained">256 walks</small>');
    expect(text).toContain("<dt>runs ended</dt><dd>253 converged, 3 stopped</dd>");
    expect(text).toContain("<dt>observed</dt><dd>true ×256</dd>");
  });

  test("have their stable ends where they were disturbed, and nothing of them where not", () => {
    const stable = { same: 30, of: 32, after: "noise, and trained on" };
    const text = shown({ ...exampleEvidence, cells: { given: { ...exampleCell, stable } } });
    expect(text).toContain("<dt>stable ends</dt><dd>30 of 32 answer as before (noise, and trained on)</dd>");
    expect(text.match(/stable ends/g)).toHaveLength(1);
    expect(shown(exampleEvidence)).not.toContain("stable ends");
  });

  test("have a bar against the criterion's threshold", () => {
    const bars = shown({ ...exampleEvidence, criterion: { ...exampleEvidence.criterion, share: 0.5 } });
    expect(bars.match(/<svg class="bar \w+"/g)).toEqual(['<svg class="bar holds"', '<svg class="bar refuted"']);
    expect(bars.match(/d="M60 0v14"/g)).toHaveLength(2);
  });

  test("keep a quantity and its value on one line, and have the controls last", () => {
    const positiveControl = { ...exampleCell, name: "larger" };
    const text = shown({ ...exampleEvidence, positiveControl });
    expect(text).toMatch(
      new RegExp(
        [
          '<span class="label">n\u00a0=\u00a09</span>',
          'class="mark near" data-mark="✗"><span class="hidden">refuted, as a control has to be: </span>',
          '<small class="tag">control</small> another',
          'class="mark near" data-mark="✓"><span class="hidden">holds, as a positive control has to: </span>',
          '<small class="tag">positive control</small> larger',
        ].join(".*"),
      ),
    );
    expect(shown(exampleEvidence)).not.toContain("positive control");
  });
});

describe("statements", () => {
  const evidence: Evidence = {
    properties: { "it is even": { holds: true, found: "no counterexample in 200 inputs" } },
    nearMisses: { "it is odd": { holds: false, found: "counterexample [2]" } },
  };
  const false_ = { ...evidence, properties: { "it is even": { holds: false, found: "counterexample [1]" } } };

  test("are true or false by what was found, with what was found", () => {
    expect(shown(evidence)).toContain(
      '<b class="mark holds" data-mark="✓"><span class="hidden">true: </span></b><span class="label">it is even <small>no counterexample in 200 inputs</small>',
    );
    expect(shown(false_)).toContain('<b class="mark refuted" data-mark="✗"><span class="hidden">false: </span></b>');
  });

  test("that are near misses are right to be false", () => {
    expect(shown(evidence)).toContain(
      '<b class="mark near" data-mark="✗"><span class="hidden">false, as a near miss has to be: </span></b><span class="label"><small class="tag">near miss</small> it is odd',
    );
  });

  test("are summed up where all are true; what is false is said once", () => {
    expect(asked(evidence)).toBe("true of every input generated");
    expect(asked(false_, "refuted")).toBe("");
  });
});

describe("answers", () => {
  const evidence: Evidence = {
    answer: "About two.",
    values: { slope: { value: 2.00001, low: 1.9, high: 2.1 } },
    populations: { given: "16 walks" },
  };

  test("are numbers with their bounds, and what they were measured on", () => {
    expect(asked(evidence)).toBe("About two.");
    const text = shown(evidence);
    expect(text).toContain('<span class="label">slope</span><span class="count">2 (1.9 to 2.1)</span>');
    expect(text).toContain("Measured on 1 population");
    expect(text).toContain('<span class="label">the seeds</span><small class="trained">16 walks</small>');
    expect(shown({ ...evidence, populations: {} })).not.toContain("Measured on");
  });
});

describe("a value in words", () => {
  test("has quantiles with their names, briefly", () => {
    expect(words({ least: 0.1234567, lower: 1, median: 2, upper: 3, most: 4 })).toBe(
      "least 0.1235 · 5 % 1 · median 2 · 95 % 3 · most 4",
    );
  });

  test("has counts before their names, and is else as it is", () => {
    expect(words({ converged: 255, stopped: 1 })).toBe("255 converged, 1 stopped");
    expect([3, null, ["5 ×250", "4 ×6"]].map(words)).toEqual(["3", "null", "5 ×250, 4 ×6"]);
  });
});
