import { appendFileSync } from "node:fs";
import { errorAnnotations, markdownSummary } from "../report/github.ts";
import type { Outcome } from "../report/outcome.ts";
import { EndReporter } from "./end-reporter.ts";

/** In a GitHub workflow: the verdicts in the job's summary, and failures at their lines in the specs. */
export class GitHubReporter extends EndReporter {
  protected readonly writes = "the job's summary";

  protected end(outcome: Outcome): void {
    if (process.env.GITHUB_ACTIONS !== "true" || outcome.shard) return;
    for (const line of errorAnnotations(outcome.cases)) this.vitest.logger.log(line);
    const file = process.env.GITHUB_STEP_SUMMARY;
    if (file && outcome.reports.length > 0) appendFileSync(file, markdownSummary(outcome.reports, outcome, this.note));
  }
}
