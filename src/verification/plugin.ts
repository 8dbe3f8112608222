import type { Plugin } from "vitest/config";
import type { Note } from "./claim/note.ts";
import { placesIn } from "./record/places.ts";
import { finishPending } from "./record/write.ts";
import { AtlasReporter } from "./reporters/atlas.ts";
import { GitHubReporter } from "./reporters/github.ts";
import { ImageDifferencesReporter } from "./reporters/image-differences.ts";
import { ProgressReporter } from "./reporters/progress.ts";
import { RecordReporter } from "./reporters/record.ts";
import { TerminalReporter } from "./reporters/terminal.ts";
import { allTags } from "./tags.ts";

export interface SuiteOptions {
  /** The text whose claims are tested; none for a suite of one's own. */
  readonly note?: Note;
  /** Called once, before anything runs: to settle what every worker is to know. */
  readonly prepare?: () => Promise<unknown>;
  /** Why this run's evidence is none for the record (its seeds are shifted, say); null where it is. */
  readonly variant?: () => string | null;
}

/**
 * Makes a Vitest project a suite of hypotheses: tells its workers about the note, lists the tags, and adds the reporters to
 * whichever others were asked for. Without them nothing would be recorded, so `--reporter=…` must not replace them.
 */
export function hypotheses({ note, prepare, variant = () => null }: SuiteOptions = {}): Plugin {
  return {
    name: "hypotheses",
    async configureVitest({ vitest, project }) {
      await prepare?.();
      await finishPending(placesIn(vitest.config.root));
      project.provide("hypotheses", { root: vitest.config.root, note: note ?? null });
      // Vitest takes a project's tags from where the project is written, not from its plugins.
      project.config.tags.push(...allTags(note ?? null));
      const { reporters } = vitest.config;
      // On GitHub Vitest would turn what each hypothesis tells the UI into a thousand notices.
      for (const reporter of reporters)
        if (Array.isArray(reporter) && reporter[0] === "github-actions")
          reporter[1] = { ...(reporter[1] as object), displayAnnotations: false };
      const ends = [TerminalReporter, AtlasReporter, RecordReporter, GitHubReporter].map(
        (EndReporter) => new EndReporter(note ?? null, variant),
      );
      reporters.push(...([new ProgressReporter(), ...ends, new ImageDifferencesReporter()] as never[]));
    },
  };
}
