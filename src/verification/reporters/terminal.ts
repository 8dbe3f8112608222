import { hang, standardOutput } from "../../util/terminal.ts";
import type { Report } from "../record/report.ts";
import { strict } from "../record/strict.ts";
import { isFresh } from "../record/write.ts";
import { describeEngines } from "../report/engines.ts";
import type { Outcome } from "../report/outcome.ts";
import { reuseLines } from "../report/reused.ts";
import { review } from "../report/review.ts";
import { closing, verdictTable } from "../report/table.ts";
import { EndReporter } from "./end-reporter.ts";

/** Reporters of Vitest that write what a program reads to the standard output, unless they are given a file. */
const machines = ["json", "junit", "tap", "tap-flat"];
/** Lines of a failure that are shown again at the end. */
const shownLines = 4;

/** Ends a run with its verdicts by row of the note, what differs from the record, what failed and why, and where to read on. */
export class TerminalReporter extends EndReporter {
  protected readonly writes = "the table";

  protected end({ reports, failures, unowned, record, variant, shard }: Outcome): void {
    if (reports.length === 0 && failures.length === 0) return;
    const terminal = standardOutput();
    const { columns } = terminal;
    const lines = [
      ...verdictTable(reports, this.note, terminal),
      ...(reports.length > 0 ? closing(reports, this.note, record, columns) : []),
      ...review(reports, record, terminal),
      "",
    ];
    const say = (text: string) => lines.push(...hang("  ", text, columns));
    if (unowned.length > 0) {
      const removed = reports.some((r) => r.mode === "all") && !reports.some((r) => r.unfit);
      say(`no hypothesis owns these${removed ? "; removed" : " (-u removes them)"}: ${unowned.join(", ")}`);
    }
    if (variant !== null) say(`not for the record: ${variant}`);
    if (failures.length > 0) say("failed:");
    for (const { id, message } of failures)
      for (const [i, line] of message.split("\n").slice(0, shownLines).entries())
        lines.push(...hang(i === 0 ? `    ${id} ` : "      ", line.trim(), columns));
    if (strict()) say("strict mode: what is refuted, in part or inconclusive fails, on record or not (STRICT is set)");
    if (shard && reports.some(isFresh))
      say(
        `shard ${shard.index} of ${shard.count}: nothing is recorded before --merge-reports has brought all together`,
      );
    if (this.becauseOf) for (const line of reuseLines(reports, this.becauseOf)) say(line);
    if (reports.some((report) => !report.reused)) say(provenance(reports));
    const { reporters, outputFile } = this.vitest.config;
    const asked = (name: string) => reporters.some((r) => Array.isArray(r) && r[0] === name);
    const why = (lack: "unwritten" | "unattached") => reports.find(({ picture }) => picture[lack])?.picture[lack];
    const [unwritten, unattached] = [why("unwritten"), why("unattached")];
    if (unattached) this.unwritten.add("attachments", unattached);
    if (unwritten) this.unwritten.add("figures", unwritten);
    else {
      // What Vitest's HTML reporter writes is there only after this.
      if (!shard) say("the atlas, to open in a browser: reports/index.html");
      say(
        `figures: reports/figures${asked("html") ? "; Vitest's report: npx vite preview --outDir reports/html" : ""}`,
      );
    }
    const file = (name: string) =>
      typeof outputFile === "string" || (outputFile as Record<string, string> | undefined)?.[name] !== undefined;
    const read = machines.some((name) => asked(name) && !file(name));
    const text = [...lines, ""].join("\n");
    if (read) process.stderr.write(`${text}\n`);
    else this.vitest.logger.log(text);
  }
}

function provenance(reports: readonly Report[]): string {
  const engines = describeEngines(reports.map((r) => r.engine));
  const sum = (field: keyof Report["blocks"]) => reports.reduce((n, r) => n + r.blocks[field], 0);
  const seconds = reports.reduce((total, r) => total + r.secondsTraining, 0);
  const unkept = sum("unkept") > 0 ? `, ${sum("unkept")} not kept: the cache cannot be written` : "";
  const corrupted = sum("corrupted") > 0 ? `, ${sum("corrupted")} corrupted in the cache and trained again` : "";
  return `engine ${engines}: ${sum("trained")} blocks of seeds trained in ${seconds.toFixed(1)} s, ${sum("cached")} read from the cache${corrupted}${unkept}`;
}
