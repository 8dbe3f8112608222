import type { Measured } from "../claim/conclusion.ts";
import { type Verdict, verdicts } from "../claim/verdict.ts";
import type { Concluded } from "../report/rows.ts";
import { html, type Part } from "./markup.ts";

const width = 120;

/** What a bar shows, as shares from 0 to 1. */
type Interval = Measured & { readonly threshold: number; readonly verdict: Verdict };

/**
 * From 0 to 1: the interval, the value in it and the threshold (a path each, in this order), in a box of 120 × 14 that the
 * style sheet gives its size and its ground. Decoration: the numbers stand beside it.
 */
export function intervalBar({ low, high, value, threshold, verdict }: Interval): Part {
  const x = (share: number) => Math.round(width * Math.min(1, Math.max(0, share)));
  const length = Math.max(2, x(high) - x(low));
  const from = Math.min(x(low), width - length);
  return html`<svg class=${`bar ${verdict}`} aria-hidden="true"><path d=${`M${from} 7h${length}`} /><path d=${`M${x(value)} 2v10`} /><path d=${`M${x(threshold)} 0v14`} /></svg>`;
}

/** Verdicts as shares of a bar. Decoration: the numbers stand in words elsewhere. */
export function stack(all: readonly Concluded[]): Part {
  const unit = 400 / Math.max(1, all.length);
  let x = 0;
  const parts = verdicts.map((verdict) => {
    const from = x;
    const share = unit * all.filter(({ conclusion }) => conclusion.verdict === verdict).length;
    x += share;
    return share > 0 && html`<rect class=${verdict} x=${from.toFixed(1)} width=${share.toFixed(1)} height="10" />`;
  });
  return html`<svg class="stack" viewBox="0 0 400 10" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>`;
}
