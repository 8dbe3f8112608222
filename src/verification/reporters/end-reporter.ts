import type { Reporter, TestModule, Vitest } from "vitest/node";
import { InputError } from "../../util/check.ts";
import type { Note } from "../claim/note.ts";
import { type Outcome, outcomeOf } from "../report/outcome.ts";
import type { Unwritten } from "./unwritten.ts";

/**
 * Something to do at the end of a run, with what it came to. A problem is one line and a failed run, and stops no other reporter;
 * what cannot be written is told with what others could not write.
 */
export abstract class EndReporter implements Reporter {
  protected vitest!: Vitest;

  constructor(
    protected readonly note: Note | null,
    private readonly variant: () => string | null,
    protected readonly unwritten: Unwritten,
    /** Why a spec file is run, although conclusions may be reused; undefined where they may not. */
    protected readonly becauseOf?: (spec: string) => string | undefined,
  ) {}

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    return this.unwritten.inTurn(this.writes, async () => {
      try {
        const outcome = outcomeOf(this.vitest, modules, this.variant);
        if (outcome) await this.end(outcome);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        this.problem(error.message);
      }
    });
  }

  protected abstract end(outcome: Outcome): void | Promise<void>;
  /** What it writes, for the line that says what could not be: "the atlas". */
  protected abstract readonly writes: string;

  protected problem(words: string): void {
    this.vitest.logger.error(words);
    process.exitCode = 1;
  }
}
