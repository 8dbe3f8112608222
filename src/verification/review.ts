import { hang, paint, type Terminal } from "../util/terminal.ts";
import { acceptCommand } from "./accept.ts";
import { changeLines, changesBetween, onlyHashes } from "./changes.ts";
import { byId, type ConclusionRecord } from "./record.ts";
import type { Report } from "./report.ts";

/** With more changes than this the rest is named only; so is what differs beyond so many lines. */
const most = { hypotheses: 10, lines: 16, moved: 12 };

/** A hypothesis of this run beside its title. */
export interface Reviewed {
  readonly title: string;
  readonly report: Report;
}

/**
 * What differs from the record, for the terminal: conclusions that changed, grouped by how, then value by value with their
 * pictures and the command that accepts each; figures drawn anew; moved evidence and new conclusions, a line each.
 */
export function review(
  reviewed: readonly Reviewed[],
  record: ConclusionRecord,
  terminal: Terminal,
): string[] {
  const sorted = [...reviewed].sort((a, b) => byId(a.report.id, b.report.id));
  const having = (outcome: Report["comparison"]["outcome"]) =>
    sorted.filter(({ report }) => report.comparison.outcome === outcome);
  const onRecord = ({ report }: Reviewed) => record[report.id] !== undefined;
  const accepted = sorted.some(({ report }) => report.mode === "all");
  return [
    ...changedLines(having("changed").filter(onRecord), record, accepted, terminal),
    ...redrawnLines(having("same"), accepted, terminal),
    ...movedLines(having("moved").filter(onRecord), record, accepted, terminal),
    ...missingLines(having("missing"), terminal),
  ];
}

function changedLines(
  changed: readonly Reviewed[],
  record: ConclusionRecord,
  accepted: boolean,
  terminal: Terminal,
): string[] {
  if (changed.length === 0) return [];
  const { columns } = terminal;
  const lines = heading(
    `${count(changed.length, "changed conclusion")}${accepted ? ", accepted" : ""}:`,
    terminal,
  );
  for (const [transition, ids] of transitions(changed, record))
    lines.push(...hang(`    ${transition}: `, ids.join(", "), columns));
  for (const { title, report } of changed.slice(0, most.hypotheses)) {
    const { id, conclusion } = report;
    const indent = " ".repeat(4);
    const differences = changeLines(changesBetween(record[id]!, conclusion), columns - 4);
    lines.push("", ...hang(`  ${id} `, conclusion.claim, columns).map((l) => paint(terminal, "bold", l)));
    lines.push(...differences.slice(0, most.lines).map((line) => indent + line));
    if (differences.length > most.lines)
      lines.push(`${indent}… ${count(differences.length - most.lines, "more line")}`);
    lines.push(...pictureLines(report));
    if (!accepted) lines.push(`${indent}accept this one: ${acceptCommand(title)}`);
  }
  if (changed.length > most.hypotheses)
    lines.push(
      "",
      ...hang("  ", `… ${changed.length - most.hypotheses} more: in full with -t "^ID "`, columns),
    );
  if (!accepted && changed.length > 1) lines.push("", `  accept all: ${acceptCommand()}`);
  return lines;
}

/** "holds → refuted": the ids of which that is true. */
function transitions(changed: readonly Reviewed[], record: ConclusionRecord): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { report } of changed) {
    const [old, now] = [record[report.id]!.verdict, report.conclusion.verdict];
    const transition = old === now ? "another answer" : `${old} → ${now}`;
    groups.set(transition, [...(groups.get(transition) ?? []), report.id]);
  }
  return groups;
}

/** Paths and commands are not folded: they are there to be copied. */
function pictureLines({ picture, mode }: Report): string[] {
  if (picture.state !== "different") return [];
  const paths = [
    [mode === "all" ? "figure, now on record" : "figure on record", picture.recorded],
    ["figure now", mode === "all" ? undefined : picture.actual],
    ["difference", picture.difference],
  ] as const;
  return paths.flatMap(([name, path]) => (path ? [`    ${name}: ${path}`] : []));
}

function redrawnLines(same: readonly Reviewed[], accepted: boolean, terminal: Terminal): string[] {
  const redrawn = same.filter(({ report }) => report.picture.state === "different");
  if (redrawn.length === 0) return [];
  return [
    ...heading(
      `${count(redrawn.length, "figure")} drawn anew from the same evidence${accepted ? ", accepted" : ""}:`,
      terminal,
    ),
    ...redrawn.flatMap(({ report }) => [`    ${report.id}`, ...pictureLines(report)]),
  ];
}

function movedLines(
  moved: readonly Reviewed[],
  record: ConclusionRecord,
  accepted: boolean,
  terminal: Terminal,
): string[] {
  if (moved.length === 0) return [];
  const lines = heading(
    accepted ? "moved evidence, recorded:" : "moved evidence, same verdict (record it with -u):",
    terminal,
  );
  const [alike, others] = byHashesOnly(moved, record);
  for (const { report } of others.slice(0, most.moved)) {
    const [first, ...more] = changesBetween(record[report.id]!, report.conclusion);
    const also = [
      more.length > 0 ? `${more.length} more` : [],
      report.picture.state === "different" ? "another figure" : [],
    ].flat();
    const words = first
      ? `${first.path.join(" · ")}: ${first.before ?? "absent"} → ${first.after ?? "absent"}`
      : "";
    const and = also.length > 0 ? ` (and ${also.join(", ")})` : "";
    lines.push(...hang(`    ${report.id} `, words + and, terminal.columns));
  }
  const ids = (those: readonly Reviewed[]) => those.map(({ report }) => report.id).join(", ");
  const rest = others.slice(most.moved);
  if (rest.length > 0) lines.push(...hang(`    and ${rest.length} more: `, ids(rest), terminal.columns));
  if (alike.length > 0) lines.push(...hang("    ", `${movedHashes}: ${ids(alike)}`, terminal.columns));
  return lines;
}

export const movedHashes = "trained something else, or to other bits, with the same outcome";

/** Those of which only hashes moved, often many for one reason, and the others. */
export function byHashesOnly(
  moved: readonly Reviewed[],
  record: ConclusionRecord,
): [alike: Reviewed[], others: Reviewed[]] {
  const alike = moved.filter(
    ({ report: { id, conclusion, picture } }) =>
      picture.state !== "different" && record[id] && onlyHashes(changesBetween(record[id], conclusion)),
  );
  return [alike, moved.filter((one) => !alike.includes(one))];
}

function missingLines(missing: readonly Reviewed[], terminal: Terminal): string[] {
  if (missing.length === 0) return [];
  const ids = missing.map(({ report }) => report.id).join(", ");
  return [
    ...heading(missing[0]!.report.mode === "none" ? "not on record:" : "newly on record:", terminal),
    ...hang("    ", ids, terminal.columns),
  ];
}

const heading = (text: string, terminal: Terminal) => [
  "",
  ...hang("  ", text, terminal.columns).map((line) => paint(terminal, "yellow", line)),
];

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? "" : "s"}`;
