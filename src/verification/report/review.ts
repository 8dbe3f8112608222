import { hang, paint, type Terminal } from "../../util/terminal.ts";
import { acceptCommand } from "../record/accept.ts";
import { type Comparison, onlyHash } from "../record/compare.ts";
import { byId, type ConclusionRecord } from "../record/record.ts";
import type { Report } from "../record/report.ts";
import { arrow, changeLines } from "./changes.ts";

/** With more changes than this the rest is named only; so is what differs beyond so many lines. */
const most = { hypotheses: 10, lines: 16, moved: 12 };

/**
 * What differs from the record, for the terminal: conclusions that changed, grouped by how, then value by value with their
 * pictures and the command that accepts each; figures drawn anew; moved evidence and new conclusions, a line each.
 */
export function review(reports: readonly Report[], record: ConclusionRecord, terminal: Terminal): string[] {
  const { changed, same, moved, missing } = byOutcome(reports);
  const unfit = reports.find((report) => report.unfit)?.unfit;
  const how = { terminal, unfit, accepted: !unfit && reports.some(({ mode }) => mode === "all") };
  return [
    ...changedLines(changed, record, how),
    ...redrawnLines(same, how),
    ...movedLines(moved, how),
    ...missingLines(missing, how),
  ];
}

/** How differences are told: `accepted` under -u; where one is unfit nothing is recorded, and it is not said how. */
type How = Readonly<{ terminal: Terminal; unfit: string | undefined; accepted: boolean }>;

/** In the order of their ids. */
export function byOutcome(reports: readonly Report[]) {
  const sorted = [...reports].sort((a, b) => byId(a.id, b.id));
  const having = (outcome: Comparison["outcome"]) => sorted.filter(({ comparison }) => comparison.outcome === outcome);
  return { changed: having("changed"), same: having("same"), moved: having("moved"), missing: having("missing") };
}

function changedLines(changed: readonly Report[], record: ConclusionRecord, how: How): string[] {
  const { terminal, accepted, unfit } = how;
  if (changed.length === 0) return [];
  const { columns } = terminal;
  const lines = heading(`${count(changed.length, "changed conclusion")}${accepted ? ", accepted" : ""}:`, terminal);
  for (const [transition, ids] of transitions(changed, record))
    lines.push(...hang(`    ${transition}: `, ids.join(", "), columns));
  for (const report of changed.slice(0, most.hypotheses)) {
    const { id, conclusion, comparison } = report;
    const indent = " ".repeat(4);
    const differences = changeLines(comparison.changes, columns - 4);
    lines.push("", ...hang(`  ${id} `, conclusion.claim, columns).map((l) => paint(terminal, "bold", l)));
    lines.push(...differences.slice(0, most.lines).map((line) => indent + line));
    if (differences.length > most.lines)
      lines.push(`${indent}… ${count(differences.length - most.lines, "more line")}`);
    lines.push(...pictureLines(report, accepted));
    if (!accepted && !unfit) lines.push(`${indent}accept this one: ${acceptCommand(`${id} ${conclusion.title}`)}`);
  }
  if (changed.length > most.hypotheses)
    lines.push("", ...hang("  ", `… ${changed.length - most.hypotheses} more: in full with -t "^ID "`, columns));
  if (!accepted && !unfit && changed.length > 1) lines.push("", `  accept all: ${acceptCommand()}`);
  return lines;
}

/** "holds → refuted": the ids of which that is true. */
function transitions(changed: readonly Report[], record: ConclusionRecord): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { id, conclusion } of changed) {
    const old = record[id]?.verdict;
    const transition = old === conclusion.verdict ? "another answer" : `${old} → ${conclusion.verdict}`;
    groups.set(transition, [...(groups.get(transition) ?? []), id]);
  }
  return groups;
}

/** Paths and commands are not folded: they are there to be copied. */
function pictureLines({ picture }: Report, accepted: boolean): string[] {
  if (picture.state !== "different") return [];
  const paths = [
    [accepted ? "figure, now on record" : "figure on record", picture.recorded],
    ["figure now", accepted ? undefined : picture.actual],
    ["difference", picture.difference],
  ] as const;
  return paths.flatMap(([name, path]) => (path ? [`    ${name}: ${path}`] : []));
}

function redrawnLines(same: readonly Report[], { accepted, terminal }: How): string[] {
  const redrawn = same.filter(({ picture }) => picture.state === "different");
  if (redrawn.length === 0) return [];
  const what = `${count(redrawn.length, "figure")} drawn anew from the same evidence`;
  return [
    ...heading(`${what}${accepted ? ", accepted" : ""}:`, terminal),
    ...redrawn.flatMap((report) => [`    ${report.id}`, ...pictureLines(report, accepted)]),
  ];
}

function movedLines(moved: readonly Report[], { accepted, terminal, unfit }: How): string[] {
  if (moved.length === 0) return [];
  const told = `same verdict${unfit ? "" : " (record it with -u)"}`;
  const lines = heading(`moved evidence, ${accepted ? "recorded" : told}:`, terminal);
  const { others, alike } = byWhatMoved(moved);
  for (const { id, comparison, picture } of others.slice(0, most.moved)) {
    const [first, ...more] = comparison.changes;
    const also = [
      more.length > 0 ? `${more.length} more` : [],
      picture.state === "different" ? "another figure" : [],
    ].flat();
    const words = first ? `${first.path.join(" · ")}: ${arrow(first)}` : "";
    const and = also.length > 0 ? ` (and ${also.join(", ")})` : "";
    lines.push(...hang(`    ${id} `, words + and, terminal.columns));
  }
  const rest = others.slice(most.moved);
  if (rest.length > 0) lines.push(...hang(`    and ${rest.length} more: `, idsOf(rest), terminal.columns));
  for (const [words, those] of alike) lines.push(...hang("    ", `${words}: ${idsOf(those)}`, terminal.columns));
  return lines;
}

/** Those of which only hashes moved, often many for one reason, by what that means; and the others. */
export function byWhatMoved(moved: readonly Report[]) {
  const hashOf = ({ comparison, picture }: Report) =>
    picture.state === "different" ? undefined : onlyHash(comparison);
  const alike = [
    ["trained something else, with the same outcome", moved.filter((one) => hashOf(one) === "trained")],
    ["trained to other bits, with the same outcome", moved.filter((one) => hashOf(one) === "fingerprint")],
  ] as const;
  const others = moved.filter((one) => hashOf(one) === undefined);
  return { alike: alike.filter(([, those]) => those.length > 0), others };
}

function missingLines(missing: readonly Report[], { terminal, unfit }: How): string[] {
  if (missing.length === 0) return [];
  const recorded = unfit ? `new, not recorded, since ${unfit}:` : "new, recorded by this run:";
  const words = missing[0]!.mode === "none" ? "not on record:" : recorded;
  return [...heading(words, terminal), ...hang("    ", idsOf(missing), terminal.columns)];
}

export const idsOf = (some: readonly { readonly id: string }[]) => some.map(({ id }) => id).join(", ");

const heading = (text: string, terminal: Terminal) => [
  "",
  ...hang("  ", text, terminal.columns).map((line) => paint(terminal, "yellow", line)),
];

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? "" : "s"}`;
