import { BroadcastChannel } from "node:worker_threads";
import type { Reporter, TestCase, Vitest } from "vitest/node";
import { idOf } from "../claim/id.ts";
import { progressChannel } from "../record/report.ts";

/** Vitest's summary at the foot of a terminal, redrawn every second: the lines that it shows. Private to it. */
interface Summary {
  createSummary(): string[];
}

/** Milliseconds between lines of progress where nothing can be redrawn: on a terminal, and in a log. */
const interval = { terminal: 5000, log: 30_000 };

/**
 * Shows how far the hypotheses that train are, a line each: above Vitest's own summary, redrawn in place, if there is
 * one; otherwise as lines now and then.
 */
export class ProgressReporter implements Reporter {
  private readonly lines = new Map<string, string>();
  private vitest!: Vitest;
  private channel: BroadcastChannel | undefined;
  private printed = 0;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunStart(): void {
    const summary = summaryOf(this.vitest);
    if (summary) this.join(summary);
    this.printed = Date.now();
    this.channel = new BroadcastChannel(progressChannel);
    this.channel.onmessage = (message) => {
      const line = String((message as { data: unknown }).data);
      this.lines.set(line.split(" ", 1)[0]!, line);
      if (!summary) this.print();
    };
    this.channel.unref();
  }

  onTestCaseResult(test: Pick<TestCase, "name">): void {
    this.lines.delete(idOf(test.name));
  }

  onTestRunEnd(): void {
    this.channel?.close();
    this.lines.clear();
  }

  private join(summary: Summary): void {
    const { createSummary } = Object.getPrototypeOf(summary) as Summary;
    summary.createSummary = () => {
      const [blank = "", ...rest] = createSummary.call(summary);
      const width = this.vitest.logger.getColumns() - 1;
      return [blank, ...[...this.lines.values()].map((line) => `  ${line}`.slice(0, width)), ...rest];
    };
  }

  private print(): void {
    const now = Date.now();
    if (now - this.printed < (process.stdout.isTTY ? interval.terminal : interval.log)) return;
    this.printed = now;
    for (const line of this.lines.values()) this.vitest.logger.log(`  ${line}`);
  }
}

/** Looked for, not relied on: without it there are lines. */
function summaryOf(vitest: Vitest): Summary | undefined {
  const { reporters = [] } = vitest as unknown as { reporters?: readonly { summary?: Partial<Summary> }[] };
  const summary = reporters.find((reporter) => reporter.summary)?.summary;
  return typeof summary?.createSummary === "function" ? (summary as Summary) : undefined;
}
