import { BroadcastChannel } from "node:worker_threads";
import type { Reporter, TestCase, TestModule, TestSpecification, Vitest } from "vitest/node";
import { idOf } from "../claim/id.ts";
import { fromRoot } from "../record/places.ts";
import { progressChannel } from "../record/report.ts";
import { Left, type Took } from "../report/left.ts";
import type { KeptSpec } from "../reuse/kept.ts";
import type { Reuse } from "../reuse/reuse.ts";

/** Vitest's summary at the foot of a terminal, redrawn every second: the lines that it shows. Private to it. */
interface Summary {
  createSummary(): string[];
}

/** Milliseconds between lines of progress where nothing can be redrawn: on a terminal, and in a log. */
const interval = { terminal: 5000, log: 30_000 };

/**
 * Shows how far the hypotheses that train are, a line each: above Vitest's own summary, redrawn in place, if there is
 * one; otherwise as lines now and then. After them, how far the whole run is.
 */
export class ProgressReporter implements Reporter {
  private readonly lines = new Map<string, string>();
  private vitest!: Vitest;
  private channel: BroadcastChannel | undefined;
  private printed = 0;
  private left = new Left(0);

  constructor(private readonly reuse: Reuse | null = null) {}

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunStart(specifications: readonly Pick<TestSpecification, "moduleId" | "project">[]): void {
    const summary = summaryOf(this.vitest);
    if (summary) this.join(summary);
    this.printed = Date.now();
    this.left = new Left(this.printed);
    for (const { moduleId, project } of specifications)
      if (project.name === "hypotheses") {
        const file = fromRoot(this.vitest.config, moduleId);
        const kept = this.reuse?.kept.read(file);
        if (!kept || !this.reuse?.unchanged(kept)) this.left.add(file, kept ? this.asked(kept) : null);
      }
    this.channel = new BroadcastChannel(progressChannel);
    this.channel.onmessage = (message) => {
      const line = String((message as { data: unknown }).data);
      this.lines.set(line.split(" ", 1)[0]!, line);
      if (!summary) this.print();
    };
    this.channel.unref();
  }

  onTestModuleCollected({ relativeModuleId }: Pick<TestModule, "relativeModuleId">): void {
    if (this.reuse?.taken(relativeModuleId)) this.left.remove(relativeModuleId);
  }

  onTestCaseResult({ name, module }: Pick<TestCase, "name"> & { module: Pick<TestModule, "relativeModuleId"> }): void {
    this.lines.delete(idOf(name));
    this.left.end(module.relativeModuleId, name);
  }

  onTestModuleEnd({ relativeModuleId }: Pick<TestModule, "relativeModuleId">): void {
    this.left.close(relativeModuleId);
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
      return [blank, ...this.shown().map((line) => `  ${line}`.slice(0, width)), ...rest];
    };
  }

  private shown(): string[] {
    const whole = this.left.line(Date.now());
    return [...this.lines.values(), ...(whole === null ? [] : [whole])];
  }

  /** What the tests that are asked for took; null where that is not known of all. */
  private asked({ tests }: KeptSpec): Took | null {
    const pattern = this.vitest.config.testNamePattern;
    const asked = tests.filter(({ name }) => !pattern || pattern.test(name));
    if (!asked.every(({ seconds }) => seconds > 0)) return null;
    return new Map(asked.map(({ name, seconds }) => [name, seconds]));
  }

  private print(): void {
    const now = Date.now();
    if (now - this.printed < (process.stdout.isTTY ? interval.terminal : interval.log)) return;
    this.printed = now;
    for (const line of this.shown()) this.vitest.logger.log(`  ${line}`);
  }
}

/** Looked for, not relied on: without it there are lines. */
function summaryOf(vitest: Vitest): Summary | undefined {
  const { reporters = [] } = vitest as unknown as { reporters?: readonly { summary?: Partial<Summary> }[] };
  const summary = reporters.find((reporter) => reporter.summary)?.summary;
  return typeof summary?.createSummary === "function" ? (summary as Summary) : undefined;
}
