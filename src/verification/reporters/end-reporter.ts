import type { Reporter, TestModule, Vitest } from "vitest/node";
import { InputError } from "../../util/check.ts";
import type { Note } from "../claim/note.ts";
import { type Outcome, outcomeOf } from "../report/outcome.ts";

/** Something to do at the end of a run, with what it came to. A problem is one line and a failed run, and stops no other reporter. */
export abstract class EndReporter implements Reporter {
  protected vitest!: Vitest;

  constructor(
    protected readonly note: Note | null,
    private readonly variant: () => string | null,
    /** Why a spec file is run, although conclusions may be reused; undefined where they may not. */
    protected readonly becauseOf?: (spec: string) => string | undefined,
  ) {}

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    try {
      const outcome = outcomeOf(this.vitest, modules, this.variant);
      if (outcome) await this.end(outcome);
    } catch (error) {
      const { message } = error as Error;
      this.problem(error instanceof InputError ? message : `${this.purpose}: ${message}`);
    }
  }

  protected abstract end(outcome: Outcome): void | Promise<void>;
  /** What could not be done, for a problem's line: "the atlas could not be written". */
  protected abstract readonly purpose: string;

  protected problem(words: string): void {
    this.vitest.logger.error(words);
    process.exitCode = 1;
  }
}
