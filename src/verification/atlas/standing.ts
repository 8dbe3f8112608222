import { byStanding, type SectionOf, type Standing, standingCounts } from "../report/rows.ts";
import type { Entry } from "./entry.ts";
import { html, type Part } from "./markup.ts";

/** The colour of a verdict that says the same. */
const colours: Readonly<Record<Standing, string>> = {
  "holds as printed": "holds",
  "in part as printed": "part",
  "refuted as printed": "refuted",
  inconclusive: "inconclusive",
  answered: "measured",
  "not taken literally": "inconclusive",
};

export function standingChip(name: Standing): Part {
  return html`<span class=${`verdict ${colours[name]}`}>${name}</span>`;
}

/** How the note stands, with a link to every row. */
export function standingPart(sections: readonly SectionOf<Entry>[]): Part {
  const groups = byStanding(sections);
  if (groups.length === 0) return null;
  return html`<p>${standingCounts(sections)}</p>
    <dl class="standings">${groups.map(
      ({ name, ids }) =>
        html`<div><dt>${standingChip(name)}</dt><dd>${ids.map((id) => html`<a href=${`#row-${id}`}>${id}</a> `)}</dd></div>`,
    )}</dl>`;
}
