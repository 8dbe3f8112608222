import { html } from "htm/preact";
import type { ComponentChild, ComponentChildren } from "preact";

/** What a part of the page is made of. */
export type Part = ComponentChild;
export type Parts = ComponentChildren;
export { html };

/**
 * The Markdown that the ledger and the errata use within a line: **bold**, *stress*, `code`. Ids that `linked` knows become
 * links. Everything else is text.
 */
export function inline(text: string, linked: ReadonlySet<string> = new Set()): Part[] {
  return text.split(/(\*\*.+?\*\*|\*[^*]+\*|`[^`]+`|\b[A-Z]\d+[a-z]?\b)/).map((piece) => {
    if (/^\*\*.+\*\*$/.test(piece)) return html`<strong>${inline(piece.slice(2, -2), linked)}</strong>`;
    if (/^\*.+\*$/.test(piece)) return html`<em>${inline(piece.slice(1, -1), linked)}</em>`;
    if (/^`.+`$/.test(piece)) return html`<code>${piece.slice(1, -1)}</code>`;
    return linked.has(piece) ? html`<a href=${`#${piece}`}>${piece}</a>` : piece;
  });
}

/** Up to four significant digits, for people. */
export function brief(value: number): string {
  return String(Number(value.toPrecision(4)));
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
