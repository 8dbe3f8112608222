import type { Role } from "../claim/role.ts";
import type { Verdict } from "../claim/verdict.ts";
import { intervalBar } from "./bars.ts";
import { chip, html, type Part } from "./markup.ts";

const verdictsMean: Readonly<Record<Verdict, string>> = {
  holds: "the evidence says that often enough the criterion is met, or every statement is true of all inputs tried",
  refuted: "it says that it is not, or there is a counterexample",
  "in part": "holds in some conditions, is refuted in others",
  inconclusive: "the seeds ran out before either",
  measured: "a question, answered with numbers",
};

const rolesMean: Readonly<Record<Role, string>> = {
  "as printed": "the note’s claim itself",
  repaired: "what is true instead",
  answer: "answers a question of the note",
  supporting: "explains a claim",
  instrument: "tests this project, not the note",
};

/** How to read the page; rows and roles are a note's. */
export function legend(ofNote: boolean): Part {
  const bar = intervalBar({ low: 0.25, high: 0.48, value: 0.36, threshold: 0.5, verdict: "refuted" });
  return html`<details class="legend"><summary>How to read this page</summary>
    <dl>${Object.entries(verdictsMean).map(([verdict, words]) => html`<div><dt>${chip(verdict as Verdict)}</dt><dd>${words}</dd></div>`)}</dl>
    ${ofNote && rolesPart()}
    <p>${bar} From 0 to 1: the share of seeds that met the criterion, its exact interval, and the threshold (the long line). A control and a near miss are there to fail. Open a condition to see its seeds.</p>
    <p>In the small pictures a dot is a place. A larger dot is a place that several things share, an orange one a place of a second kind. The circle has radius 1. Lines join places; dashed ones are behind. A matrix is drawn cell by cell: positive in blue, negative in orange, weak values paler.</p>
  </details>`;
}

function rolesPart(): Part {
  return html`<p>How a row stands is decided by the hypotheses that take it as printed. In part: some of them hold, others are refuted.</p>
    <dl>${Object.entries(rolesMean).map(([role, words]) => html`<div><dt><span class="tag">${role}</span></dt><dd>${words}</dd></div>`)}</dl>`;
}
