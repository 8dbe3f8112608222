import { type Json, plain } from "../../util/json.ts";
import type { Verdict } from "../verdict.ts";
import { brief, html, type Part } from "./markup.ts";

/** What the record keeps of a population that was judged. */
export interface Judged {
  readonly verdict: "holds" | "refuted" | "inconclusive";
  readonly satisfied: number;
  readonly proportion: readonly [number, number];
  readonly endings: { readonly [status: string]: number };
  readonly [observed: string]: Json;
}

type Table = { readonly [name: string]: Json };

const isTable = (value: Json): value is Table =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function isJudged(value: Json): value is Judged {
  return isTable(value) && Array.isArray(value.proportion) && isTable(value.endings ?? null);
}

/**
 * The proportion that a criterion asks for, from its words at the head of a summary: they begin with one of three adverbs.
 * undefined where there is no criterion.
 */
export function thresholdIn(summary: string): number | undefined {
  if (summary.startsWith("always ")) return 0.95;
  if (summary.startsWith("often ")) return 0.5;
  const share = /^in at least ([\d.]+) % /.exec(summary);
  return share ? Number(share[1]) / 100 : undefined;
}

const barWidth = 120;

/**
 * From 0 to 1: the interval, the value in it and the threshold (a path each, in this order), in a box of 120 × 14 that the style sheet gives its size and
 * its ground. Decoration: the numbers stand beside it.
 */
export function intervalBar({
  low,
  high,
  value,
  threshold,
  verdict = "measured",
}: {
  low: number;
  high: number;
  value: number;
  threshold?: number | undefined;
  verdict?: Verdict;
}): Part {
  const x = (share: number) => Math.round(barWidth * Math.min(1, Math.max(0, share)));
  const width = Math.max(2, x(high) - x(low));
  const from = Math.min(x(low), barWidth - width);
  return html`<svg class=${`bar ${verdict}`} aria-hidden="true"><path d=${`M${from} 7h${width}`} /><path d=${`M${x(value)} 2v10`} />${threshold !== undefined && html`<path d=${`M${x(threshold)} 0v14`} />`}</svg>`;
}

const quantileNames: { readonly [name: string]: string } = {
  least: "least",
  lower: "5 %",
  median: "median",
  upper: "95 %",
  most: "most",
};

/** A value of the evidence in words: quantiles with their names, counts one after another. */
export function words(value: Json): string {
  if (isTable(value) && "median" in value)
    return Object.entries(value)
      .map(([name, v]) => `${quantileNames[name] ?? name} ${typeof v === "number" ? brief(v) : plain(v)}`)
      .join(" · ");
  if (isTable(value))
    return Object.entries(value)
      .map(([name, v]) => `${plain(v)} ${name}`)
      .join(", ");
  return plain(value);
}

/** Seeds in the population: every one of them has an ending. */
export function seedsIn({ endings }: Judged): number {
  return Object.values(endings).reduce((sum, n) => sum + n, 0);
}

/** What else is known of a judged population: how the runs ended and what was observed, by name. */
export function observed(judged: Judged): (readonly [name: string, text: string])[] {
  const known = ["verdict", "satisfied", "proportion"];
  // An observation of that name takes the place of the number of seeds.
  if (judged.of === seedsIn(judged)) known.push("of");
  return Object.entries(judged)
    .filter(([name]) => !known.includes(name))
    .map(([name, value]) => [name, words(value)]);
}
