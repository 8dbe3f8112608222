import { byId, type ConclusionRecord } from "./record.ts";
import type { Verdict } from "./verdict.ts";

const marks: Readonly<Record<Verdict, string>> = {
  holds: "✓ holds",
  refuted: "✗ refuted",
  inconclusive: "? inconclusive",
  measured: "≈ measured",
};

const begin = "<!-- findings: written by `npm run findings` from snapshots/conclusions.json -->";
const end = "<!-- end of findings -->";

/** The conclusions on record as Markdown, a table for each section of the note, in the ledger's order. */
export function findings(record: ConclusionRecord): string {
  const ids = Object.keys(record).sort(byId);
  const sections = [...new Set(ids.map((id) => record[id]!.section))];
  const risk = ids.reduce((sum, id) => sum + (record[id]!.errorRate ?? 0), 0);
  const counts = (Object.keys(marks) as Verdict[]).flatMap((verdict) => {
    const n = ids.filter((id) => record[id]!.verdict === verdict).length;
    return n > 0 ? [`${n} ${verdict}`] : [];
  });
  const head = `${ids.length} hypotheses: ${counts.join(", ")}. The chance that the luck of the seeds made any of these verdicts wrong is at most ${+(100 * risk).toPrecision(2)} %.`;
  const tables = sections
    .map((section) => {
      const rows = ids
        .filter((id) => record[id]!.section === section)
        .map((id) => {
          const { claim, verdict, summary, figure } = record[id]!;
          const name = figure ? `[${id}](snapshots/figures/${id}.png)` : id;
          return `| ${name} | ${cell(claim)} | ${marks[verdict]} | ${cell(summary)} |`;
        });
      return [`### ${section}`, "", "| | claim | verdict | evidence |", "|---|---|---|---|", ...rows].join(
        "\n",
      );
    })
    .join("\n\n");
  return `${head}\n\n${tables}`;
}

/** Text that cannot break a table: no bars, no line breaks, nothing that Markdown would take for markup. */
function cell(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[|*_<>]/g, (c) => `\\${c}`);
}

/** The page with its findings brought up to date. Throws where the page lacks the two markers between which they go. */
export function withFindings(page: string, record: ConclusionRecord): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the page lacks the markers ${begin} and ${end}`);
  return `${page.slice(0, from + begin.length)}\n\n${findings(record)}\n\n${page.slice(to)}`;
}
