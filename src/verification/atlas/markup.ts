import { html } from "htm/preact";
import type { ComponentChild } from "preact";
import type { Verdict } from "../claim/verdict.ts";
import { marks } from "../claim/words.ts";

/** What a part of the page is made of. */
export type Part = ComponentChild;
export { html };

/** Up to four significant digits, for people. */
export function brief(value: number): string {
  return String(Number(value.toPrecision(4)));
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** A verdict, or several of one sort, in its colour ("in part" has that of its last word). */
export function chip(verdict: Verdict, words: string = verdict): Part {
  return html`<span class=${`verdict ${verdict}`}><span aria-hidden="true">${marks[verdict]}</span> ${words}</span>`;
}

/** A verdict's sign, which the style sheet draws, and words for those who do not see it. */
export function mark(verdict: Verdict, words: string, className: string = verdict): Part {
  return html`<b class=${`mark ${className}`} data-mark=${marks[verdict]}><span class="hidden">${words}: </span></b>`;
}
