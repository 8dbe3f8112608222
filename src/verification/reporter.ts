import { appendFileSync } from "node:fs";
import type { Reporter, TestCase, TestModule, Vitest } from "vitest/node";
import { hang, standardOutput } from "../util/terminal.ts";
import { writeAtlas } from "./atlas/atlas.ts";
import { duplicateIds, isFullRun, unownedBy } from "./completeness.ts";
import { errorAnnotations, markdownSummary } from "./github.ts";
import { ProgressDisplay } from "./progress-display.ts";
import { byId, type ConclusionRecord, readRecord } from "./record.ts";
import { absentFigures, isFresh, putOnRecord } from "./recording.ts";
import { describeEngines, idOf, type Report } from "./report.ts";
import { type Reviewed, review } from "./review.ts";
import { strict } from "./strict.ts";
import { countVerdicts, verdictTable } from "./table.ts";

/** What a run, or the shards of one brought together, came to. */
interface Outcome {
  readonly reviewed: readonly Reviewed[];
  readonly cases: readonly TestCase[];
  readonly failed: readonly string[];
  readonly unowned: readonly string[];
  /** As it was before this run. */
  readonly record: ConclusionRecord;
}

/**
 * Ends a run with the verdict table, and writes the record: conclusions and figures together, at the very end, so that
 * a run killed before that has touched nothing. A shard of a run writes nothing: `--merge-reports` does, once it
 * has all of them, and ends as the whole run would have.
 */
export class HypothesisReporter implements Reporter {
  private vitest!: Vitest;
  private progress: ProgressDisplay | undefined;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunStart(): void {
    this.progress = new ProgressDisplay(this.vitest);
  }

  onTestCaseResult(test: TestCase): void {
    this.progress?.forget(idOf(test.name));
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    this.progress?.close();
    const mine = [...new Set(modules)].filter((m) => m.project.name === "hypotheses");
    if (mine.length === 0) return;
    const cases = mine.flatMap((m) => [...m.children.allTests()]);
    const record = readRecord();
    const full = isFullRun(this.vitest, mine, cases);
    const failed = cases.filter((c) => c.result().state === "failed").map((c) => idOf(c.name));
    const outcome: Outcome = {
      reviewed: cases.flatMap((c) => {
        const report = c.meta().hypothesis;
        return report ? [{ title: c.name, report }] : [];
      }),
      cases,
      failed: failed.sort(byId),
      unowned: full
        ? unownedBy(
            cases.map((c) => idOf(c.name)),
            record,
          )
        : [],
      record,
    };
    // Before the record, whose figures it shows beside new ones.
    if (!this.vitest.config.shard && outcome.reviewed.length > 0)
      writeAtlas(
        outcome.reviewed.map(({ report }) => report),
        record,
      );
    this.write(outcome);
    this.print(outcome);
    if (process.env.GITHUB_ACTIONS === "true" && !this.vitest.config.shard) this.tellGitHub(outcome);
  }

  private problem(words: string): void {
    this.vitest.logger.error(words);
    process.exitCode = 1;
  }

  private write({ reviewed, cases, record, unowned }: Outcome): void {
    if (this.vitest.config.shard) return;
    const reports = reviewed.map(({ report }) => report);
    const problems = [
      ...duplicateIds(cases),
      ...absentFigures(reports).map((file) => `${file} is absent: bring each shard's reports/figures here`),
    ];
    for (const words of problems) this.problem(words);
    if (problems.length === 0) putOnRecord(reports, record, unowned);
  }

  private print({ reviewed, failed, unowned, record }: Outcome): void {
    if (reviewed.length === 0) return;
    const terminal = standardOutput();
    const { columns } = terminal;
    const reports = reviewed.map(({ report }) => report);
    const lines = [...verdictTable(reports, terminal), ...review(reviewed, record, terminal), ""];
    const { shard } = this.vitest.config;
    const say = (text: string) => lines.push(...hang("  ", text, columns));
    if (unowned.length > 0) {
      const removed = reports.some((r) => r.mode === "all");
      say(`no hypothesis owns these${removed ? "; removed" : " (-u removes them)"}: ${unowned.join(", ")}`);
    }
    say(countVerdicts(reports));
    if (failed.length > 0) say(`failed: ${failed.join(", ")}`);
    if (strict()) say("strict mode: what is refuted or inconclusive fails, on record or not (STRICT is set)");
    if (shard && reports.some(isFresh))
      say(
        `shard ${shard.index} of ${shard.count}: nothing is recorded before --merge-reports has brought all together`,
      );
    lines.push("");
    say(provenance(reports));
    // What Vitest's HTML reporter writes is there only after this.
    const html = this.vitest.config.reporters.some((r) => Array.isArray(r) && r[0] === "html");
    if (!shard) say("the atlas, to open in a browser: reports/index.html");
    say(`figures: reports/figures${html ? "; Vitest's report: npx vite preview --outDir reports/html" : ""}`);
    this.vitest.logger.log([...lines, ""].join("\n"));
  }

  /** The verdict table in the job's summary, and failures at their lines in the specs. */
  private tellGitHub({ reviewed, cases, failed, unowned, record }: Outcome): void {
    for (const line of errorAnnotations(cases)) this.vitest.logger.log(line);
    const file = process.env.GITHUB_STEP_SUMMARY;
    if (file && reviewed.length > 0) appendFileSync(file, markdownSummary(reviewed, failed, unowned, record));
  }
}

function provenance(reports: readonly Report[]): string {
  const engines = describeEngines(reports.map((r) => r.engine));
  const sum = (field: "trained" | "cached" | "corrupted") => reports.reduce((n, r) => n + r.blocks[field], 0);
  const seconds = reports.reduce((total, r) => total + r.secondsTraining, 0);
  const corrupted =
    sum("corrupted") > 0 ? `, ${sum("corrupted")} corrupted in the cache and trained again` : "";
  return `engine ${engines}: ${sum("trained")} blocks of seeds trained in ${seconds.toFixed(1)} s, ${sum("cached")} read from the cache${corrupted}`;
}
