import type { TestCase } from "vitest/node";
import { idOf } from "../claim/id.ts";
import type { Note } from "../claim/note.ts";
import { evidenceWords, marks } from "../claim/words.ts";
import { acceptCommand } from "../record/accept.ts";
import type { ConclusionRecord } from "../record/record.ts";
import type { Report } from "../record/report.ts";
import { changeLines } from "./changes.ts";
import type { Outcome } from "./outcome.ts";
import { byOutcome, byWhatMoved, idsOf } from "./review.ts";
import { apart, arranged } from "./rows.ts";
import { closing } from "./table.ts";

/** For each hypothesis that failed a workflow command that GitHub shows at its line in the spec. */
export function errorAnnotations(cases: readonly TestCase[]): string[] {
  return cases.flatMap((test) => {
    const result = test.result();
    if (result.state !== "failed") return [];
    const words = result.errors.map(({ message }) => message).join("\n");
    const place = { file: test.module.relativeModuleId, line: test.location?.line ?? 1, title: idOf(test.name) };
    const properties = Object.entries(place).map(([key, value]) => `${key}=${property(String(value))}`);
    return [`::error ${properties.join(",")}::${data(words)}`];
  });
}

// As GitHub's own toolkit escapes them: github.com/actions/toolkit, packages/core/src/command.ts.
const data = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string) => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** What a run found, for a job's summary: what changed first, in full, then the verdicts by row of the note. */
export function markdownSummary(
  reports: readonly Report[],
  { failures, unowned, record }: Pick<Outcome, "failures" | "unowned" | "record">,
  note: Note | null,
): string {
  const { changed, moved, missing } = byOutcome(reports);
  const lines = ["", "## Hypotheses", "", "```", ...closing(reports, note, record, 100), "```"];
  if (failures.length > 0) lines.push("", `**Failed:** ${idsOf(failures)}`);
  if (changed.length > 0) lines.push("", "### Changed conclusions", "");
  for (const one of changed) lines.push(...block(one, record), "");
  const { alike, others } = byWhatMoved(moved);
  if (moved.length > 0) lines.push("", "### Moved evidence, same verdict", "");
  for (const one of others) lines.push(...block(one, record), "");
  for (const [words, those] of alike) lines.push("", `These ${words}: ${idsOf(those)}`);
  if (missing.length > 0) lines.push("", `**Not on record before:** ${idsOf(missing)}`);
  if (unowned.length > 0) lines.push("", `**No hypothesis owns these:** ${unowned.join(", ")}`);
  return [...lines, "", "### Verdicts", ...verdictTables(reports, note), ""].join("\n");
}

function block({ id, conclusion, comparison, mode, unfit }: Report, record: ConclusionRecord): string[] {
  const verdict =
    comparison.outcome === "changed" ? `${record[id]?.verdict} → ${conclusion.verdict}` : conclusion.verdict;
  const command = `Accept it: <code>${escaped(acceptCommand(`${id} ${conclusion.title}`))}</code>`;
  const accept = mode === "all" || unfit ? [] : ["", command];
  return [
    `<details><summary>${escaped(`${id} ${verdict}: ${conclusion.claim}`)}</summary>`,
    "",
    "```",
    ...changeLines(comparison.changes, 100),
    "```",
    ...accept,
    "",
    "</details>",
  ];
}

function verdictTables(reports: readonly Report[], note: Note | null): string[] {
  return arranged(apart(reports).claims, note).flatMap(({ title, rows }) => [
    "",
    `<details><summary>${escaped(title)}</summary>`,
    "",
    "| row | | verdict | claim | evidence |",
    "|---|---|---|---|---|",
    ...rows.flatMap(({ id: row, hypotheses }) =>
      hypotheses.map(({ id, conclusion }) => {
        const { verdict, role, claim } = conclusion;
        const words = `${marks[verdict]} ${verdict}${role ? `, ${role}` : ""}`;
        return `| ${row} | ${id} | ${words} | ${escaped(claim)} | ${escaped(evidenceWords(conclusion))} |`;
      }),
    ),
    "",
    "</details>",
  ]);
}

/** What Markdown and HTML would take for their own. */
const escaped = (text: string) => text.replace(/[&<>|*_`]/g, (character) => `&#${character.charCodeAt(0)};`);
