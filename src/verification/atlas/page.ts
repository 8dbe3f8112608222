import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { renderToString } from "preact-render-to-string";
import { describeEngines } from "../report.ts";
import type { Verdict } from "../verdict.ts";
import { type Erratum, inNoteOrder, type Row } from "./argument.ts";
import { card, marks, states } from "./card.ts";
import type { Entry, State } from "./entry.ts";
import { intervalBar } from "./evidence.ts";
import { html, inline, type Part, plural } from "./markup.ts";
import { packGalleries } from "./seeds.ts";

const verdicts: readonly Verdict[] = ["holds", "refuted", "inconclusive", "measured"];

/** What stands on the page. `entries` in the note's order. */
export interface Content {
  readonly entries: readonly Entry[];
  readonly rows: readonly Row[];
  readonly errata: readonly Erratum[];
}

interface Section {
  readonly name: string;
  readonly slug: string;
  readonly entries: readonly Entry[];
}

/** In the order in which they apply. */
const styles = ["base", "head", "panel", "claims", "seeds", "notes", "wide"];

const asset = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** The whole page as one text. The same content gives the same bytes. */
export function page(content: Content): string {
  const style = styles.map((name) => asset(`browser/${name}.css`)).join("\n");
  const scripts = [asset("browser/filters.js"), asset("browser/seeds.js")];
  const policy = `default-src 'none'; img-src 'self' file: data:; style-src ${hash(style)}; script-src ${scripts.map(hash).join(" ")}; base-uri 'none'; form-action 'none'`;
  const raw = (text: string) => ({ __html: text });
  const root = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content=${policy} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>Superposition, claim by claim: the atlas</title>
      <link rel="icon" href="data:," />
      <style dangerouslySetInnerHTML=${raw(style)}></style>
    </head>
    <body>
      ${body(content)}
      <script type="application/octet-stream" id="galleries">${packGalleries(content.entries)}</script>
      ${scripts.map((script) => html`<script dangerouslySetInnerHTML=${raw(script)}></script>`)}
    </body>
  </html>`;
  return `<!doctype html>\n${renderToString(root as Parameters<typeof renderToString>[0])}\n`;
}

function body({ entries, rows, errata }: Content): Part[] {
  const sections = sectionsOf(entries);
  const known = new Set(entries.map((entry) => entry.id));
  return [
    html`<a class="skip" href="#claims">Skip to the claims</a>`,
    html`<header class="top"><div>
      <h1>Superposition, claim by claim</h1>
      <p class="lead">A research note on superposition in toy models, as ${plural(entries.length, "executable hypothesis", "executable hypotheses")}: each trains a population of seeds and judges its claim with exact statistics.</p>
      ${tally(entries)}
      ${provenance(entries)}
    </div></header>`,
    html`<div class="columns">
      <aside aria-label="Filters and contents"><details class="panel" open>
        <summary>Filter and contents</summary>
        ${filters(entries, sections)}
        <nav aria-label="Sections of the note"><h2>Sections</h2>
          <ol>${sections.map(({ name, slug, entries: own }) => html`<li><a href=${`#${slug}`}>${name}</a> <span class="n">${own.length}</span>${stack(own)}</li>`)}</ol>
        </nav>
        ${legend()}
      </details></aside>
      <main id="claims" tabindex="-1">
        <p class="nothing" hidden>No claim matches these filters. <button type="button" class="reset">Show all</button></p>
        ${sections.map((section) => sectionPart(section, rows, errata, known))}
      </main>
    </div>`,
    html`<dialog id="seed" aria-labelledby="seed-title"><form method="dialog"><button class="close">Close</button></form>
      <h2 id="seed-title"></h2><div class="large"></div><p class="words"></p><p class="facts"></p><p class="command"><code></code></p></dialog>`,
    html`<p id="said" class="hidden" role="status"></p>`,
  ];
}

function sectionsOf(entries: readonly Entry[]): Section[] {
  const names = [...new Set(entries.map((entry) => entry.conclusion.section))];
  const slugs = new Set<string>();
  return names.map((name) => {
    const plain =
      name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, "") || "section";
    let slug = plain;
    for (let n = 2; slugs.has(slug); n++) slug = `${plain}-${n}`;
    slugs.add(slug);
    return { name, slug, entries: entries.filter((entry) => entry.conclusion.section === name) };
  });
}

function sectionPart(
  { name, slug, entries }: Section,
  rows: readonly Row[],
  errata: readonly Erratum[],
  known: ReadonlySet<string>,
): Part {
  const own = [...new Set(entries.map((entry) => entry.row))].sort(inNoteOrder(rows));
  return html`<section class="chapter" id=${slug} aria-labelledby=${`${slug}-name`}>
    <h2 id=${`${slug}-name`}>${name}</h2>
    ${own.map((id) => {
      const row = rows.find((r) => r.id === id);
      const noted = errata.filter(({ cites }) =>
        cites.some((cite) => entries.some((e) => e.row === id && e.id === cite)),
      );
      return html`<section class="row-of-note" aria-labelledby=${`${slug}-row-${id}`}>
        <h3 id=${`${slug}-row-${id}`}><span class="hidden">Row </span><span class="id">${id}</span> ${row ? inline(row.claim) : "Not a row of the note"}</h3>
        ${noted.map((erratum) => erratumPart(erratum, known))}
        ${entries.filter((entry) => entry.row === id).map((entry) => card(entry, slug))}
      </section>`;
    })}
  </section>`;
}

function erratumPart({ printed, found, instead }: Erratum, known: ReadonlySet<string>): Part {
  return html`<aside class="erratum"><p><a class="tag" href="../ERRATA.md">Erratum</a> <span>As printed: ${inline(printed, known)}</span></p>
    ${found && html`<p>Found: ${inline(found, known)}</p>`}
    ${instead && html`<p>Instead: ${inline(instead, known)}</p>`}</aside>`;
}

function countOf(entries: readonly Entry[], verdict: Verdict): number {
  return entries.filter((entry) => entry.conclusion.verdict === verdict).length;
}

function tally(entries: readonly Entry[]): Part {
  return html`<div class="tally">${stack(entries)}<ul>${verdicts.map((verdict) => html`<li><span class=${`verdict ${verdict}`}><span aria-hidden="true">${marks[verdict]}</span> ${countOf(entries, verdict)} ${verdict}</span></li>`)}</ul></div>`;
}

/** Verdicts as shares of a bar; the numbers stand in words elsewhere. */
function stack(entries: readonly Entry[]): Part {
  let x = 0;
  const width = 400 / Math.max(1, entries.length);
  const parts = verdicts.map((verdict) => {
    const [from, share] = [x, countOf(entries, verdict) * width];
    x += share;
    return (
      share > 0 && html`<rect class=${verdict} x=${from.toFixed(1)} width=${share.toFixed(1)} height="10" />`
    );
  });
  return html`<svg class="stack" viewBox="0 0 400 10" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>`;
}

function provenance(entries: readonly Entry[]): Part {
  const ran = entries.flatMap(({ report }) => report ?? []);
  const risk = entries.reduce((sum, { conclusion }) => sum + (conclusion.errorRate ?? 0), 0);
  const run =
    ran.length === entries.length
      ? "All concluded by this run"
      : `${ran.length} concluded by this run, ${entries.length - ran.length} as on record`;
  return html`<p class="note">${run}${ran.length > 0 && html`; engine ${describeEngines(ran.map((report) => report.engine))}`}.
    The chance that the luck of the seeds made any of these verdicts wrong is at most ${Number((100 * risk).toPrecision(2))} %. <a href="../README.md">How to read this</a></p>`;
}

function filters(entries: readonly Entry[], sections: readonly Section[]): Part {
  const group = (
    name: string,
    title: string,
    options: readonly { value: string; label: Part; n: number }[],
  ) =>
    html`<fieldset><legend>${title}</legend>${options.map(
      ({ value, label, n }) =>
        html`<label><input type="checkbox" name=${name} value=${value} /> <span>${label}</span> <span class="n">${n}</span></label>`,
    )}</fieldset>`;
  const count = (test: (entry: Entry) => boolean) => entries.filter(test).length;
  const kinds = [...new Set(entries.map((entry) => entry.conclusion.kind))].sort();
  const found = (Object.keys(states) as State[]).filter((state) => count((e) => e.state === state) > 0);
  return html`<form class="filters" role="search" aria-label="Filter the claims" hidden>
    <label class="search">Search <input type="search" name="q" autocomplete="off" spellcheck="false" placeholder="pentagon, T10, circle…" /></label>
    <p class="actions"><output aria-live="polite">${plural(entries.length, "claim")}</output> <button type="button" class="reset">Show all</button> <button type="button" class="open" aria-pressed="false">Open galleries</button></p>
    ${group(
      "verdict",
      "Verdict",
      verdicts.map((value) => ({
        value,
        label: html`<span class=${`mark ${value}`} aria-hidden="true">${marks[value]}</span> ${value}`,
        n: countOf(entries, value),
      })),
    )}
    ${group(
      "kind",
      "Kind",
      kinds.map((value) => ({ value, label: value, n: count((e) => e.conclusion.kind === value) })),
    )}
    ${group(
      "state",
      "Against the record",
      found.map((value) => ({ value, label: states[value], n: count((e) => e.state === value) })),
    )}
    ${html`<details><summary>Section</summary>${group(
      "section",
      "Section",
      sections.map(({ slug, name, entries: own }) => ({ value: slug, label: name, n: own.length })),
    )}</details>`}
  </form>`;
}

function legend(): Part {
  const bar = intervalBar({ low: 0.25, high: 0.48, value: 0.36, threshold: 0.5 });
  return html`<details class="legend"><summary>How to read the bars and pictures</summary>
    <p>${bar} From 0 to 1: the share of seeds that met the criterion, its exact interval, and the threshold (the long line). Open a condition to see its seeds.</p>
    <p>In the small pictures a dot is a feature’s column, a larger one several features in one place, an orange one a reading direction, the circle norm 1; in three dimensions the polyhedron of the directions, in more the products of the columns, positive in one colour and negative in the other.</p>
  </details>`;
}
