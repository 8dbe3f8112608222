import { fold, hang, paint, type Terminal } from "../util/terminal.ts";
import { byId } from "./record.ts";
import type { Report } from "./report.ts";
import type { Verdict } from "./verdict.ts";

/** How each verdict is shown. */
export const marks: {
  readonly [verdict in Verdict]: { mark: string; colour: "green" | "red" | "yellow" | "cyan" };
} = {
  holds: { mark: "✓ holds", colour: "green" },
  refuted: { mark: "✗ refuted", colour: "red" },
  inconclusive: { mark: "? inconclusive", colour: "yellow" },
  measured: { mark: "≈ measured", colour: "cyan" },
};

/** A narrower terminal gets claim and evidence under the verdict instead of beside it. */
const narrow = 72;
const verdictWidth = 16;

/** The verdicts of a run, by section of the note, as lines. */
export function verdictTable(reports: readonly Report[], terminal: Terminal): string[] {
  const { columns } = terminal;
  const sorted = [...reports].sort((a, b) => byId(a.id, b.id));
  const sections = [...new Set(sorted.map((r) => r.conclusion.section))];
  const idWidth = Math.max(0, ...sorted.map((r) => r.id.length));
  const lines: string[] = [];
  for (const section of sections) {
    lines.push("", ...fold(section, columns).map((line) => paint(terminal, "bold", line)));
    for (const { id, conclusion, comparison } of sorted.filter((r) => r.conclusion.section === section)) {
      const { mark, colour } = marks[conclusion.verdict];
      const flag = comparison.outcome === "same" ? "" : `[${comparison.outcome}]`;
      const claim = flag ? `${conclusion.claim} ${flag}` : conclusion.claim;
      const row = `  ${id.padEnd(idWidth)} `;
      const beside = columns >= narrow;
      const indent = " ".repeat(beside ? row.length + verdictWidth : 4);
      const text = hang(indent, claim, columns);
      if (flag) text.push(text.pop()!.replace(flag, paint(terminal, "yellow", flag)));
      const verdict = paint(terminal, colour, beside ? mark.padEnd(verdictWidth) : mark);
      lines.push(row + verdict + (beside ? text.shift()!.trimStart() : ""), ...text);
      lines.push(...hang(indent, conclusion.summary, columns).map((line) => paint(terminal, "dim", line)));
    }
  }
  return lines;
}

export function countVerdicts(reports: readonly Report[]): string {
  const counts = (Object.keys(marks) as Verdict[]).flatMap((verdict) => {
    const n = reports.filter((r) => r.conclusion.verdict === verdict).length;
    return n > 0 ? [`${n} ${verdict}`] : [];
  });
  return counts.join(", ");
}
