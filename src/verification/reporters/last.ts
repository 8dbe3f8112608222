import type { Reporter, Vitest } from "vitest/node";
import type { Unwritten } from "./unwritten.ts";

/** Says at the very end of a run what could not be written, whichever reporter was to write it. */
export class LastReporter implements Reporter {
  private vitest!: Vitest;

  constructor(private readonly unwritten: Unwritten) {}

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
    for (const reporter of reportersOf(vitest)) if (reporter !== this) this.guard(reporter);
  }

  async onTestRunEnd(): Promise<void> {
    const line = await this.unwritten.line();
    if (line !== null) this.vitest.logger.error(line);
  }

  /** Where one of its reporters throws, Vitest shows a stack and ends, whatever the others had still to write. */
  private guard(reporter: Reporter): void {
    const end = reporter.onTestRunEnd?.bind(reporter);
    if (!end) return;
    const what = `the report of ${reporter.constructor.name}`;
    reporter.onTestRunEnd = (...run) => this.unwritten.attempt(what, () => end(...run));
  }
}

/** Private to Vitest. Looked for, not relied on: without it, it fails as it does by itself. */
function reportersOf(vitest: Vitest): readonly Reporter[] {
  return (vitest as unknown as { readonly reporters?: readonly Reporter[] }).reporters ?? [];
}
