import type { Erratum, Note } from "../claim/note.ts";
import { apart, arranged, type RowOf, type SectionOf, standing } from "../report/rows.ts";
import { card } from "./card.ts";
import type { Entry } from "./entry.ts";
import { type Stray, strayCard } from "./failed.ts";
import { html, type Part } from "./markup.ts";
import { standingChip } from "./standing.ts";

/** A section of the page. */
export interface Chapter extends SectionOf<Entry> {
  /** What a reader should know of it. */
  readonly about?: string;
  /** What failed and has no conclusion. */
  readonly strays?: readonly Stray[];
}

/** In the page's order: what failed and is not on record, the note's sections, one's own, and the instruments at the end. */
export function chaptersOf(entries: readonly Entry[], note: Note | null, strays: readonly Stray[]): Chapter[] {
  const { claims, instruments } = apart(entries);
  const failed: Chapter = { id: "failed", title: "Failed in this run, not on record", rows: [], strays };
  const rows = instruments.map((one) => ({ id: one.id, row: null, hypotheses: [one], errata: [] }));
  const about = "These test this project, not the note. The counts at the head leave them out.";
  return [
    ...(strays.length > 0 ? [failed] : []),
    ...arranged(claims, note),
    ...(rows.length > 0 ? [{ id: "instruments", title: "Instruments", about, rows }] : []),
  ];
}

export const hypothesesIn = ({ rows }: Chapter) => rows.flatMap(({ hypotheses }) => hypotheses);

/** How many cards it has. */
export const sizeOf = (chapter: Chapter) => hypothesesIn(chapter).length + (chapter.strays?.length ?? 0);

/** `known`: ids that the page has, which errata may link to. */
export function chapterPart({ id, title, about, rows, strays = [] }: Chapter, known: ReadonlySet<string>): Part {
  return html`<section class="chapter" id=${`section-${id}`} data-section=${id} aria-labelledby=${`section-${id}-title`}>
    <h2 id=${`section-${id}-title`}>${title}</h2>
    ${about && html`<p class="note">${about}</p>`}
    ${strays.map(strayCard)}
    ${rows.map((row) => rowPart(row, known))}
  </section>`;
}

function rowPart(row: RowOf<Entry>, known: ReadonlySet<string>): Part {
  if (!row.row) return row.hypotheses.map((entry) => card(entry, 3)) as Part;
  const { id, claim } = row.row;
  return html`<section class="row-of-note" id=${`row-${id}`} data-standing=${standing(row)} aria-labelledby=${`row-${id}-claim`}>
    <h3 id=${`row-${id}-claim`}><a class="id" href=${`#row-${id}`}><span class="hidden">Row </span>${id}</a> <span class="printed">${claim}</span> ${standingChip(standing(row))}</h3>
    ${row.errata.map((erratum) => erratumPart(erratum, known))}
    ${row.hypotheses.map((entry) => card(entry, 4))}
  </section>`;
}

function erratumPart({ printed, found, instead, shownBy }: Erratum, known: ReadonlySet<string>): Part {
  const shown = shownBy.map((id, i) => [i > 0 && ", ", known.has(id) ? html`<a href=${`#${id}`}>${id}</a>` : id]);
  const line = (name: string, words: Part) => html`<p><strong>${name}</strong> ${words}</p>`;
  return html`<div class="erratum">
    <p class="tag">Erratum</p>
    ${line("As printed:", printed)}
    ${line("Found:", found)}
    ${instead && line("Instead:", instead)}
    ${shown.length > 0 && line("Shown by", shown as Part)}
  </div>`;
}
