import type { Erratum, Note } from "../claim/note.ts";
import { evidenceWords, marks, riskWords, verdictCounts } from "../claim/words.ts";
import { byId, type ConclusionRecord } from "../record/record.ts";
import { apart, arranged, type Concluded, type RowOf, standing, standingCounts } from "./rows.ts";

/** The conclusions on record as a Markdown page, in the note's order: as printed first, then what is true instead. */
export function findings(record: ConclusionRecord, note: Note): string {
  const all = Object.entries(record)
    .sort(([a], [b]) => byId(a, b))
    .map(([id, conclusion]) => ({ id, conclusion }));
  const { claims, instruments } = apart(all);
  const sections = arranged(claims, note);
  return [
    "# Findings",
    "",
    `What these hypotheses find about “${note.title}” by ${note.author} (<${note.url}>), written from [conclusions.json](conclusions.json) by \`npm run findings\`. Claims are in our own words.`,
    "",
    `${standingCounts(sections)}. ${claims.length} hypotheses: ${verdictCounts(claims)}. ${instruments.length} more are instruments, which test this project and not the note: ${verdictCounts(instruments)}. The chance that the luck of the seeds made any verdict wrong is at most ${riskWords(all.map(({ conclusion }) => conclusion))}.`,
    "",
    "How to read verdicts and intervals: [Verdicts and the gate](../docs/verdicts-and-gate.md). Figures: [Reading the figures](../docs/reading-the-figures.md).",
    ...sections.flatMap(({ title, rows }) => ["", `## ${title}`, ...rows.flatMap(rowLines)]),
    "",
    "## Instruments",
    "",
    ...instruments.map(hypothesisLine),
    "",
  ].join("\n");
}

function rowLines(row: RowOf<Concluded>): string[] {
  const head = row.row ? [`### ${row.id} · ${standing(row)}`, "", plainText(row.row.claim)] : [`### ${row.id}`];
  return ["", ...head, "", ...row.errata.flatMap(erratumLines), ...row.hypotheses.map(hypothesisLine)];
}

function erratumLines({ printed, found, instead, shownBy }: Erratum): string[] {
  const shown = shownBy.length > 0 ? ` (${shownBy.join(", ")})` : "";
  const then = instead ? ` Instead: ${plainText(instead)}` : "";
  return [`> **Erratum.** As printed: ${plainText(printed)} Found: ${plainText(found)}${then}${shown}`, ""];
}

function hypothesisLine({ id, conclusion }: Concluded): string {
  const { verdict, role, claim, figure } = conclusion;
  const name = figure ? `[${id}](figures/${id}.png)` : id;
  return `- ${marks[verdict]} **${verdict}**${role ? `, ${role}` : ""}: ${name} ${plainText(claim)}  \n  ${plainText(evidenceWords(conclusion))}`;
}

/** Text without line breaks, and without anything that Markdown would take for markup. */
function plainText(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[|*_<>[\]]/g, (c) => `\\${c}`);
}
