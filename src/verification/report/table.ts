import { fold, hang, paint, type Terminal } from "../../util/terminal.ts";
import { isPopulation } from "../claim/conclusion.ts";
import type { Note } from "../claim/note.ts";
import type { Verdict } from "../claim/verdict.ts";
import { cellsWords, evidenceWords, marks, verdictCounts } from "../claim/words.ts";
import type { ConclusionRecord } from "../record/record.ts";
import type { Report } from "../record/report.ts";
import { apart, arranged, type Concluded, type RowOf, standing, standingCounts } from "./rows.ts";

const colours: Readonly<Record<Verdict, "green" | "red" | "yellow" | "cyan">> = {
  holds: "green",
  refuted: "red",
  "in part": "yellow",
  inconclusive: "yellow",
  measured: "cyan",
};

/** A narrower terminal gets claim and evidence under the verdict instead of beside it. */
const narrow = 72;
const headWidth = 34;

/** The verdicts of a run by row of the note, as lines: as printed first, then what is true instead. Instruments are left out. */
export function verdictTable(reports: readonly Report[], note: Note | null, terminal: Terminal): string[] {
  const { columns } = terminal;
  return arranged(apart(reports).claims, note).flatMap(({ title, rows }) => [
    "",
    ...fold(title, columns).map((line) => paint(terminal, "bold", line)),
    ...rows.flatMap((row) => [
      ...(row.row ? hang(`  ${row.id} `, row.row.claim, columns) : []),
      ...row.hypotheses.flatMap((report) => hypothesisLines(report, terminal)),
    ]),
  ]);
}

function hypothesisLines({ id, conclusion, comparison }: Report, terminal: Terminal): string[] {
  const { columns } = terminal;
  const { verdict, role, claim } = conclusion;
  const flag =
    comparison.outcome === "same" ? "" : ` [${comparison.outcome === "missing" ? "new" : comparison.outcome}]`;
  const head = `    ${marks[verdict]} ${verdict}${role ? `, ${role}` : ""}`;
  const beside = columns >= narrow;
  const indent = " ".repeat(beside ? headWidth : 6);
  const text = hang(indent, `${id}: ${claim}${flag}`, columns);
  const first = paint(terminal, colours[verdict], beside ? head.padEnd(headWidth) : head);
  return [
    first + (beside ? text.shift()!.trimStart() : ""),
    ...text,
    ...hang(indent, evidenceWords(conclusion), columns).map((line) => paint(terminal, "dim", line)),
  ];
}

/**
 * What a reader wants to know at the end: how the note's rows stand, with what is on record of those that were not run; which
 * of those that were run are false as printed, where and how often, and what is true instead.
 */
export function closing(
  reports: readonly Report[],
  note: Note | null,
  record: ConclusionRecord,
  columns: number,
): string[] {
  const say = (text: string) => hang("  ", text, columns);
  const fresh = new Set(reports.map(({ id }) => id));
  const recorded = Object.entries(record).flatMap(([id, conclusion]) => (fresh.has(id) ? [] : [{ id, conclusion }]));
  const sections = arranged([...reports, ...recorded], note);
  const rows = sections.flatMap((section) => section.rows);
  const unlike = rows
    .filter((row) => ["refuted as printed", "in part as printed"].includes(standing(row)))
    .filter(({ hypotheses }) => hypotheses.some(({ id }) => fresh.has(id)));
  const { claims, instruments } = apart(reports);
  const errata = note?.errata.length ?? 0;
  const about = "instruments, which test this project and not the note";
  return [
    ...(unlike.length > 0 ? ["", ...say("not as printed:")] : []),
    ...unlike.flatMap((row) => unlikeLines(row, columns)),
    "",
    ...(rows.some(({ row }) => row !== null) ? say(standingCounts(sections)) : []),
    ...(unlike.length > 0 && errata > 0
      ? say(`the note's ${errata} ${errata === 1 ? "erratum" : "errata"}: snapshots/README.md`)
      : []),
    ...(claims.length > 0
      ? say(`${claims.length} ${claims.length === 1 ? "hypothesis" : "hypotheses"}: ${verdictCounts(claims)}`)
      : []),
    ...(instruments.length > 0 ? say(`${about}: ${verdictCounts(instruments)}`) : []),
  ];
}

/** A row that is false as printed: where and how often, and what is true instead. */
function unlikeLines({ hypotheses }: RowOf<Concluded>, columns: number): string[] {
  return hypotheses.flatMap(({ id, conclusion }) => {
    const { role, verdict, claim, evidence } = conclusion;
    const mark = marks[verdict];
    const where = isPopulation(evidence) ? cellsWords(evidence) : evidenceWords(conclusion);
    if (role === "as printed" && (verdict === "refuted" || verdict === "in part"))
      return hang(`    ${id} ${mark} `, `${claim} ${where}`, columns);
    if (role === "repaired" && verdict === "holds") return hang(`      instead ${id} ${mark} `, claim, columns);
    return [];
  });
}
