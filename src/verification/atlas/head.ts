import type { Note } from "../claim/note.ts";
import { verdicts } from "../claim/verdict.ts";
import { riskWords, verdictCounts } from "../claim/words.ts";
import { byId } from "../record/record.ts";
import { describeEngines } from "../report/engines.ts";
import { apart } from "../report/rows.ts";
import { stack } from "./bars.ts";
import type { Chapter } from "./chapters.ts";
import { type Entry, isConcluded } from "./entry.ts";
import { failedPart } from "./failed.ts";
import { chip, html, type Part, plural } from "./markup.ts";
import { standingPart } from "./standing.ts";

export function titleOf(note: Note | null): string {
  return note ? `${note.title}, claim by claim` : "Hypotheses and their verdicts";
}

/** What the page is about, how the note stands, and where the verdicts come from. */
export function head(note: Note | null, chapters: readonly Chapter[], entries: readonly Entry[]): Part {
  const strays = chapters.flatMap((chapter) => chapter.strays ?? []);
  const failed = [...entries, ...strays].filter(({ failures }) => failures.length > 0).map(({ id }) => id);
  return html`<header class="top"><div>
    ${failedPart(failed.sort(byId))}
    <h1>${titleOf(note)}</h1>
    ${note && html`<p class="lead">Every claim of <a href=${note.url}>${note.title}</a> by ${note.author} that was tested, in our own words, and what came of it.</p>`}
    ${standingPart(chapters)}
    ${tally(entries)}
    ${provenance(entries)}
  </div></header>`;
}

function tally(entries: readonly Entry[]): Part {
  const { claims, instruments } = apart(entries);
  const chips = verdicts.flatMap((verdict) => {
    const those = claims.filter(({ conclusion }) => conclusion.verdict === verdict);
    return those.length > 0 ? [html`<li>${chip(verdict, verdictCounts(those))}</li>`] : [];
  });
  return html`<div class="tally">
    <ul><li>${plural(claims.length, "hypothesis", "hypotheses")}:</li>${chips}</ul>
    ${stack(claims)}
    ${instruments.length > 0 && html`<p class="note"><a href="#section-instruments">${plural(instruments.length, "instrument")}</a> more: ${verdictCounts(instruments)}</p>`}
  </div>`;
}

function provenance(entries: readonly Entry[]): Part {
  const ran = entries.filter(isConcluded).flatMap(({ report }) => report ?? []);
  const run =
    ran.length === entries.length
      ? "All concluded by this run"
      : `${ran.length} concluded by this run, ${entries.length - ran.length} as on record`;
  const engines = ran.length > 0 ? `; engine ${describeEngines(ran.map((report) => report.engine))}` : "";
  const risk = riskWords(entries.map(({ conclusion }) => conclusion));
  return html`<p class="note">${run}${engines}. The chance that the luck of the seeds made any of these verdicts wrong is at most ${risk}.</p>`;
}
