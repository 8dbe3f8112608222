import type { Note } from "../claim/note.ts";
import { roles } from "../claim/role.ts";
import { verdicts } from "../claim/verdict.ts";
import { byStanding } from "../report/rows.ts";
import { stack } from "./bars.ts";
import { ownRole } from "./card.ts";
import { type Chapter, hypothesesIn, sizeOf } from "./chapters.ts";
import { type Entry, type State, stateShown, states } from "./entry.ts";
import { legend } from "./legend.ts";
import { chip, html, type Part, plural } from "./markup.ts";
import { standingChip } from "./standing.ts";

/** Filters, contents and legend, beside the claims. */
export function panel(note: Note | null, chapters: readonly Chapter[], entries: readonly Entry[]): Part {
  return html`<aside aria-label="Filters and contents"><details class="panel" open>
    <summary>Filters and contents <span class="n found"></span></summary>
    ${filters(chapters, entries)}
    <nav aria-label="Sections"><h2>Sections</h2><ol>${chapters.map((chapter) => {
      return html`<li><a href=${`#section-${chapter.id}`}>${chapter.title}</a> <span class="n">${sizeOf(chapter)}</span>${stack(hypothesesIn(chapter))}</li>`;
    })}</ol></nav>
    ${legend(note !== null)}
  </details></aside>`;
}

/** A value to filter by, how many have it, and what is shown of it. */
type Option = readonly [value: string, n: number, label: Part];

function filters(chapters: readonly Chapter[], entries: readonly Entry[]): Part {
  function counted<V extends string>(values: readonly V[], of: (entry: Entry) => string, label?: (value: V) => Part) {
    const n = (value: V) => entries.filter((entry) => of(entry) === value).length;
    return values.map((value): Option => [value, n(value), label ? label(value) : value]);
  }
  const ofStanding = byStanding(chapters).map(({ name, ids }): Option => [name, ids.length, standingChip(name)]);
  const ofVerdict = counted(verdicts, ({ conclusion }) => conclusion.verdict, chip);
  const ofRole = counted([...roles, ownRole], ({ conclusion }) => conclusion.role ?? ownRole);
  const kinds = [...new Set(entries.map(({ conclusion }) => conclusion.kind))].sort();
  const ofKind = counted(kinds, ({ conclusion }) => conclusion.kind);
  const all = chapters.reduce((sum, chapter) => sum + sizeOf(chapter), 0);
  const failed = entries.filter((entry) => stateShown(entry) === "failed").length + all - entries.length;
  const others = (Object.keys(states) as State[]).filter((state) => state !== "failed");
  const ofOthers = counted(others, stateShown, (state) => states[state]);
  const ofState: Option[] = [["failed", failed, states.failed], ...ofOthers];
  const ofSection = chapters.map((chapter): Option => [chapter.id, sizeOf(chapter), chapter.title]);
  return html`<form class="filters" role="search" aria-label="Filter the hypotheses" hidden>
    <label class="search">Search <input type="search" name="q" autocomplete="off" spellcheck="false" placeholder="an id, or words of a claim" /></label>
    <p class="actions"><output class="found" aria-live="polite">${plural(all, "hypothesis", "hypotheses")}</output> <button type="button" class="reset">Show all</button> <button type="button" class="open" aria-pressed="false">Open galleries</button></p>
    ${group("standing", "Rows of the note", ofStanding, true)}
    ${group("verdict", "Verdict", ofVerdict, true)}
    ${group("role", "Role", ofRole, true)}
    ${group("kind", "Kind", ofKind)}
    ${group("state", "Against the record", ofState, failed > 0)}
    ${group("section", "Section", ofSection)}
  </form>`;
}

function group(name: string, title: string, options: readonly Option[], open = false): Part {
  const shown = options.filter(([, n]) => n > 0);
  return (
    shown.length > 0 &&
    html`<details open=${open}><summary>${title}</summary><fieldset><legend class="hidden">${title}</legend>${shown.map(
      ([value, n, label]) =>
        html`<label><input type="checkbox" name=${name} value=${value} /> <span>${label}</span> <span class="n">${n}</span></label>`,
    )}</fieldset></details>`
  );
}
