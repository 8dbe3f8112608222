import type { TestModule } from "vitest/node";
import { writeAtlas } from "../atlas/atlas.ts";
import type { Scripts } from "../atlas/scripts.ts";
import type { Failure, Outcome } from "../report/outcome.ts";
import { EndReporter } from "./end-reporter.ts";

/** Writes the page to browse. Before the record is written, whose figures it shows beside new ones. */
export class AtlasReporter extends EndReporter {
  protected readonly purpose = "the atlas could not be written";
  /** Why spec files came to nothing. */
  private broken: readonly { readonly file: string; readonly message: string }[] = [];

  /** `running`: with what the page runs hypotheses itself. */
  constructor(
    private readonly running: (() => Promise<Scripts>) | undefined,
    ...given: ConstructorParameters<typeof EndReporter>
  ) {
    super(...given);
  }

  override async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    this.broken = modules
      .filter((module) => module.project.name === "hypotheses" && module.errors().length > 0)
      .map((module) => {
        const { relativeModuleId: file } = module;
        const why = module.errors().map(({ message }) => message);
        return { file, message: `${file} could not be loaded: ${why.join("\n")}` };
      });
    await super.onTestRunEnd(modules);
  }

  protected async end(outcome: Outcome): Promise<void> {
    if (outcome.shard) return;
    const lacking = outcome.lacking.map((file) => ({ file, message: `${file} is in none of the merged reports` }));
    const failures = [...this.broken, ...lacking].flatMap(({ file, message }) => failedWith(file, message, outcome));
    writeAtlas({ ...outcome, failures: [...outcome.failures, ...failures] }, this.note, await this.scripts());
  }

  /** Without them the page shows as much, and runs nothing. */
  private async scripts(): Promise<Scripts | null> {
    try {
      return (await this.running?.()) ?? null;
    } catch (error) {
      this.vitest.logger.warn(`the page cannot run hypotheses itself: ${(error as Error).message}`);
      return null;
    }
  }
}

/** With a spec file fails what is on record of it; or the file, where nothing is. */
function failedWith(file: string, message: string, { record, reports, failures }: Outcome): Failure[] {
  const told = new Set([...reports, ...failures].map(({ id }) => id));
  const own = Object.entries(record).filter(([, { spec }]) => spec === file);
  if (own.length === 0) return [{ id: file, title: "", message }];
  return own.filter(([id]) => !told.has(id)).map(([id, { title }]) => ({ id, title, message }));
}
