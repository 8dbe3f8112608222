import { styleText } from "node:util";
import { byId } from "./record.ts";
import type { Report } from "./report.ts";
import type { Verdict } from "./verdict.ts";

const marks: {
  readonly [verdict in Verdict]: { mark: string; colour: "green" | "red" | "yellow" | "cyan" };
} = {
  holds: { mark: "✓ holds", colour: "green" },
  refuted: { mark: "✗ refuted", colour: "red" },
  inconclusive: { mark: "? inconclusive", colour: "yellow" },
  measured: { mark: "≈ measured", colour: "cyan" },
};

/** What the terminal allows: its width in characters, and whether it takes colours. */
export interface Terminal {
  readonly columns: number;
  readonly colours: boolean;
}

/** The verdicts of a run, by section of the note, as lines. Narrow terminals get the evidence under the claim. */
export function verdictTable(reports: readonly Report[], { columns, colours }: Terminal): string[] {
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    colours ? styleText(style, text, { validateStream: false }) : text;
  const sorted = [...reports].sort((a, b) => byId(a.id, b.id));
  const sections = [...new Set(sorted.map((r) => r.conclusion.section))];
  const idWidth = Math.max(0, ...sorted.map((r) => r.id.length));
  const indent = " ".repeat(idWidth + 19);
  const lines: string[] = [];
  for (const section of sections) {
    lines.push("", paint("bold", section));
    for (const { id, conclusion, comparison } of sorted.filter((r) => r.conclusion.section === section)) {
      const { mark, colour } = marks[conclusion.verdict];
      const flag = comparison.outcome === "same" ? "" : paint("yellow", ` [${comparison.outcome}]`);
      const head = `  ${id.padEnd(idWidth)} ${paint(colour, mark.padEnd(15))} `;
      lines.push(...fold(conclusion.claim, columns - indent.length, head, indent, flag));
      lines.push(
        ...fold(conclusion.summary, columns - indent.length, indent, indent, "").map((l) => paint("dim", l)),
      );
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

/** Breaks words into lines of at most `width` characters (and at least 20). */
function fold(text: string, width: number, head: string, indent: string, tail: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line && line.length + 1 + word.length > Math.max(width, 20)) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  lines.push(line);
  return lines.map((l, i) => (i === 0 ? head : indent) + l + (i === lines.length - 1 ? tail : ""));
}
