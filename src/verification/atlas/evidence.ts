import { type Json, plain } from "../../util/json.ts";
import {
  type CellEvidence,
  type Checked,
  type ExactEvidence,
  isExact,
  isPopulation,
  type Measured,
  type OpenEvidence,
  type PopulationEvidence,
} from "../claim/conclusion.ts";
import { checkedWords, countWords, criterionWords } from "../claim/words.ts";
import { intervalBar } from "./bars.ts";
import type { Entry } from "./entry.ts";
import { brief, html, mark, type Part, plural } from "./markup.ts";

/** Where the page's script puts the gallery of this label when it is opened; null where there is none. */
type GalleryOf = (label: string) => Part;

/** What is asked of the evidence, or what it comes to; null where its rows say it all. */
export function summary({ conclusion: { evidence, verdict } }: Entry): Part {
  if (isExact(evidence)) return verdict === "holds" ? checkedWords(evidence) : null;
  if (!isPopulation(evidence)) return evidence.answer;
  const cells = Object.keys(evidence.cells).length;
  const where =
    cells === 1 ? "the seeds" : evidence.holdsIn === "every cell" ? "every condition" : "one condition at least";
  return html`Asked of ${where}: <strong>${criterionWords(evidence.criterion)}</strong>`;
}

/** The evidence itself: each condition, statement or number in a row of its own. */
export function evidencePart({ conclusion: { evidence }, report }: Entry): Part {
  const labels = (report?.galleries ?? []).map(({ label }) => label);
  const galleryOf = (label: string) =>
    labels.includes(label) ? html`<div data-gallery=${labels.indexOf(label)}></div>` : null;
  if (isPopulation(evidence)) return populationPart(evidence, galleryOf);
  return isExact(evidence) ? exactPart(evidence) : openPart(evidence, galleryOf);
}

function populationPart(evidence: PopulationEvidence, galleryOf: GalleryOf): Part {
  const { cells, control, positiveControl, criterion } = evidence;
  const row = (cell: CellEvidence, sign: Part, label: Part, gallery: Part) => {
    const { verdict, satisfied, of, interval, endings, observed, trained, stable } = cell;
    const [low, high] = interval;
    const ends = stable && { "stable ends": `${stable.same} of ${stable.of} answer as before (${stable.after})` };
    const bar = { low, high, value: satisfied / of, threshold: criterion.share, verdict };
    return html`<li><details class="condition">
      <summary>${sign}<span class="label">${label}</span>${intervalBar(bar)}<span class="count">${countWords(cell)}</span><small class="trained">${trained}</small></summary>
      <dl>${Object.entries({ "runs ended": endings, ...observed, ...ends }).map(([name, value]) => html`<div><dt>${name}</dt><dd>${words(value as Json)}</dd></div>`)}</dl>
      ${gallery}
    </details></li>`;
  };
  const controlRow = (kind: string, cell: CellEvidence & { readonly name: string }) =>
    row(
      cell,
      mark(cell.verdict, `${cell.verdict}, as a ${kind} has to${cell.verdict === "refuted" ? " be" : ""}`, "near"),
      html`<small class="tag">${kind}</small> ${cell.name}`,
      galleryOf(`${kind}: ${cell.name}`),
    );
  return html`<ul class="conditions population">
    ${Object.entries(cells).map(([label, cell]) => row(cell, mark(cell.verdict, cell.verdict), named(label), galleryOf(label)))}
    ${controlRow("control", control)}
    ${positiveControl && controlRow("positive control", positiveControl)}
  </ul>`;
}

function exactPart({ properties, nearMisses }: ExactEvidence): Part {
  const row = (sign: Part, label: Part, found: string) =>
    html`<li class="row">${sign}<span class="label">${label} <small>${found}</small></span></li>`;
  const property = ([label, { holds, found }]: [string, Checked]) =>
    row(holds ? mark("holds", "true") : mark("refuted", "false"), label, found);
  // A near miss that held would have been an error.
  const missed = mark("refuted", "false, as a near miss has to be", "near");
  const nearMiss = ([label, { found }]: [string, Checked]) =>
    row(missed, html`<small class="tag">near miss</small> ${label}`, found);
  return html`<ul class="conditions exact">${Object.entries(properties).map(property)}${Object.entries(nearMisses).map(nearMiss)}</ul>`;
}

function openPart({ values, populations }: OpenEvidence, galleryOf: GalleryOf): Part {
  const number = ([name, { value, low, high }]: [string, Measured]) =>
    html`<li class="row"><span class="label">${named(name)}</span><span class="count">${brief(value)} (${brief(low)} to ${brief(high)})</span></li>`;
  const population = ([label, trained]: [string, string]) => {
    const head = html`<span class="label">${named(label)}</span><small class="trained">${trained}</small>`;
    const gallery = galleryOf(label);
    return html`<li>${gallery ? html`<details class="condition"><summary>${head}</summary>${gallery}</details>` : html`<div class="row">${head}</div>`}</li>`;
  };
  const trained = Object.entries(populations);
  return html`<ul class="conditions open">${Object.entries(values).map(number)}</ul>
    ${trained.length > 0 && html`<details class="populations"><summary>Measured on ${plural(trained.length, "population")}</summary><ul class="conditions open">${trained.map(population)}</ul></details>`}`;
}

/** A condition's label. "n = 8" stays on one line. */
function named(label: string): string {
  return label === "given" ? "the seeds" : label.replaceAll(" = ", "\u00a0=\u00a0");
}

const quantiles: Readonly<Record<string, string>> = { lower: "5 %", upper: "95 %" };

/** A value of the evidence in words: quantiles with their names, counts one after another. */
export function words(value: Json): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return plain(value);
  const said = Object.entries(value).map(([name, v]) => [name, typeof v === "number" ? brief(v) : plain(v)] as const);
  if ("median" in value) return said.map(([name, v]) => `${quantiles[name] ?? name} ${v}`).join(" · ");
  return said.map(([name, v]) => `${v} ${name}`).join(", ");
}
