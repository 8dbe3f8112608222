import { stripVTControlCharacters } from "node:util";
import type { Failure } from "../report/outcome.ts";
import type { Entry } from "./entry.ts";
import { html, type Part, plural } from "./markup.ts";

/** A hypothesis that failed before it concluded, and is not on record: all that is known is why. */
export interface Stray {
  readonly id: string;
  /** Several where two files use the id. */
  readonly failures: readonly Failure[];
}

/** What failed and has no entry. */
export function straysOf(failures: readonly Failure[], entries: readonly Entry[]): Stray[] {
  const known = new Set(entries.map(({ id }) => id));
  const ids = [...new Set(failures.map(({ id }) => id))].filter((id) => !known.has(id));
  return ids.map((id) => ({ id, failures: failures.filter((failure) => failure.id === id) }));
}

/** Everything that failed, with links: for the head of the page. */
export function failedPart(ids: readonly string[]): Part {
  if (ids.length === 0) return null;
  const links = ids.map((id, i) => [i > 0 && ", ", html`<a href=${`#${encodeURIComponent(id)}`}>${id}</a>`]) as Part;
  return html`<p class="failure all"><strong>${plural(ids.length, "hypothesis", "hypotheses")} failed in this run:</strong> ${links}. ${ids.length === 1 ? "Its card says" : "Their cards say"} why.</p>`;
}

/** Why a hypothesis failed; with the title where its card has another. */
export function failurePart(failures: readonly Failure[], shown: string): Part {
  return html`<div class="failure">${failures.map(
    ({ title, message }) =>
      html`${title !== shown && html`<p>${title}</p>`}<pre>${stripVTControlCharacters(message)}</pre>`,
  )}</div>`;
}

export const failedTag = html`<span class="tag state failed">failed in this run</span>`;

export function strayCard({ id, failures }: Stray): Part {
  const { title } = failures[0]!;
  return html`<article class="card" id=${id} aria-labelledby=${`claim-${id}`} data-state="failed" data-title=${title}>
    <header>
      <p class="tags"><a class="id" href=${`#${encodeURIComponent(id)}`}><span class="hidden">Link to </span>${id}</a> ${failedTag}</p>
      <h3 class="claim" id=${`claim-${id}`}>${title || id}</h3>
    </header>
    ${failurePart(failures, title)}
  </article>`;
}
