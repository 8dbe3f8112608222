import type { TestCase } from "vitest/node";
import { acceptCommand } from "./accept.ts";
import { changeLines, changesBetween } from "./changes.ts";
import { byId, type ConclusionRecord } from "./record.ts";
import { idOf, type Report } from "./report.ts";
import { byHashesOnly, movedHashes, type Reviewed } from "./review.ts";
import { countVerdicts, marks } from "./table.ts";

/** For each hypothesis that failed a workflow command that GitHub shows at its line in the spec. */
export function errorAnnotations(cases: readonly TestCase[]): string[] {
  return cases.flatMap((test) => {
    const result = test.result();
    if (result.state !== "failed") return [];
    const words = result.errors.map(({ message }) => message).join("\n");
    const place = {
      file: test.module.relativeModuleId,
      line: test.location?.line ?? 1,
      title: idOf(test.name),
    };
    const properties = Object.entries(place).map(([key, value]) => `${key}=${property(String(value))}`);
    return [`::error ${properties.join(",")}::${data(words)}`];
  });
}

// As GitHub's own toolkit escapes them: github.com/actions/toolkit, packages/core/src/command.ts.
const data = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string) => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** What a run found, for a job's summary: what changed first, in full, then the verdicts by section of the note. */
export function markdownSummary(
  reviewed: readonly Reviewed[],
  failed: readonly string[],
  unowned: readonly string[],
  record: ConclusionRecord,
): string {
  const sorted = [...reviewed].sort((a, b) => byId(a.report.id, b.report.id));
  const reports = sorted.map(({ report }) => report);
  const having = (outcome: Report["comparison"]["outcome"]) =>
    sorted.filter(({ report }) => report.comparison.outcome === outcome);
  const lines = ["", "## Hypotheses", "", `${countVerdicts(reports)}.`];
  if (failed.length > 0) lines.push("", `**Failed:** ${failed.join(", ")}`);
  const changed = having("changed");
  if (changed.length > 0) lines.push("", "### Changed conclusions", "");
  for (const one of changed) lines.push(...block(one, record), "");
  const moved = having("moved");
  const [alike, others] = byHashesOnly(moved, record);
  if (moved.length > 0) lines.push("", "### Moved evidence, same verdict", "");
  for (const one of others) lines.push(...block(one, record), "");
  if (alike.length > 0)
    lines.push("", `These ${movedHashes}: ${alike.map(({ report }) => report.id).join(", ")}`);
  const missing = having("missing").map(({ report }) => report.id);
  if (missing.length > 0) lines.push("", `**Not on record before:** ${missing.join(", ")}`);
  if (unowned.length > 0) lines.push("", `**No hypothesis owns these:** ${unowned.join(", ")}`);
  return [...lines, "", "### Verdicts", ...verdictTables(reports), ""].join("\n");
}

function block({ title, report }: Reviewed, record: ConclusionRecord): string[] {
  const { id, conclusion, comparison } = report;
  const old = record[id];
  if (!old) return [];
  const verdict =
    comparison.outcome === "changed" ? `${old.verdict} → ${conclusion.verdict}` : conclusion.verdict;
  const accept =
    report.mode === "all" ? [] : ["", `Accept it: <code>${escaped(acceptCommand(title))}</code>`];
  return [
    `<details><summary>${escaped(`${id} ${verdict}: ${conclusion.claim}`)}</summary>`,
    "",
    "```",
    ...changeLines(changesBetween(old, conclusion), 100),
    "```",
    ...accept,
    "",
    "</details>",
  ];
}

function verdictTables(reports: readonly Report[]): string[] {
  const sections = [...new Set(reports.map(({ conclusion }) => conclusion.section))];
  return sections.flatMap((section) => {
    const rows = reports.filter(({ conclusion }) => conclusion.section === section);
    return [
      "",
      `<details><summary>${escaped(section)}: ${countVerdicts(rows)}</summary>`,
      "",
      "| | verdict | claim | evidence |",
      "|---|---|---|---|",
      ...rows.map(
        ({ id, conclusion: { verdict, claim, summary } }) =>
          `| ${id} | ${marks[verdict].mark} | ${escaped(claim)} | ${escaped(summary)} |`,
      ),
      "",
      "</details>",
    ];
  });
}

/** What Markdown and HTML would take for their own. */
const escaped = (text: string) => text.replace(/[&<>|*_`]/g, (character) => `&#${character.charCodeAt(0)};`);
