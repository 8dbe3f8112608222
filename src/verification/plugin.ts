import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vitest/config";
import type { Vitest } from "vitest/node";
import type { Scripts } from "./atlas/scripts.ts";
import type { Note } from "./claim/note.ts";
import { fromRoot, placesIn } from "./record/places.ts";
import { finishPending } from "./record/write.ts";
import { allTags } from "./report/tags.ts";
import { AtlasReporter } from "./reporters/atlas.ts";
import { GitHubReporter } from "./reporters/github.ts";
import { ImageDifferencesReporter } from "./reporters/image-differences.ts";
import { ProgressReporter } from "./reporters/progress.ts";
import { RecordReporter } from "./reporters/record.ts";
import { ReuseReporter } from "./reporters/reuse.ts";
import { TerminalReporter } from "./reporters/terminal.ts";
import { Reuse, type ReuseOptions } from "./reuse/reuse.ts";
import { mayMatch, stubOf, unloadedStub } from "./reuse/stub.ts";

export interface SuiteOptions {
  /** The text whose claims are tested; none for a suite of one's own. */
  readonly note?: Note;
  /** Called once, before anything runs: to settle what every worker is to know. */
  readonly prepare?: () => Promise<unknown>;
  /** Why this run's evidence is none for the record (its seeds are shifted, say); null where it is. */
  readonly variant?: () => string | null;
  /** How conclusions of earlier runs are reused; null, or left out: they are not. */
  readonly reuse?: () => Promise<ReuseOptions | null>;
  /** The scripts with which the page runs hypotheses where its reader sits; left out, it does not. */
  readonly running?: () => Promise<Scripts>;
}

/**
 * Makes a Vitest project a suite of hypotheses: tells its workers about the note, lists the tags, and adds the reporters to
 * whichever others were asked for. Without them nothing would be recorded, so `--reporter=…` must not replace them.
 */
export function hypotheses({ note, prepare, variant = () => null, reuse, running }: SuiteOptions = {}): Plugin {
  let suite: { readonly vitest: Vitest; readonly reuse: Reuse | null; readonly directory: string } | undefined;
  return {
    name: "hypotheses",
    enforce: "pre",
    /** A spec file of which all conclusions are kept, or none is asked for, is not loaded: calls stand for them. */
    async load(id) {
      if (!suite || !id.endsWith(".spec.ts")) return null;
      const { vitest, directory } = suite;
      const { root, testNamePattern, watch } = vitest.config;
      const source = readFileSync(id, "utf8");
      if (testNamePattern && !watch && !mayMatch(source, testNamePattern))
        return { code: unloadedStub(source), map: null };
      const spec = fromRoot({ root }, id);
      const plan = await suite.reuse?.plan(spec);
      if (!plan || !("kept" in plan)) return null;
      // What it stands for is loaded by nobody, and still is to be run again when it changes.
      if (watch) for (const file of Object.keys(plan.kept.inputs)) this.addWatchFile(join(root, file));
      return { code: stubOf(directory, spec, plan.kept, source), map: null };
    },
    async configureVitest({ vitest, project }) {
      await prepare?.();
      const reused = (await reuse?.()) ?? null;
      const reuses = reused && new Reuse(vitest.config.root, withNote(reused, note ?? null));
      suite = { vitest, reuse: reuses, directory: reused?.directory ?? "" };
      await finishPending(placesIn(vitest.config.root));
      project.provide("hypotheses", { root: vitest.config.root, note: note ?? null });
      // Vitest takes a project's tags from where the project is written, not from its plugins.
      project.config.tags.push(...allTags(note ?? null));
      const { reporters } = vitest.config;
      // On GitHub Vitest would turn what each hypothesis tells the UI into a thousand notices.
      for (const reporter of reporters)
        if (Array.isArray(reporter) && reporter[0] === "github-actions")
          reporter[1] = { ...(reporter[1] as object), displayAnnotations: false };
      if (reuses) reporters.push(new ReuseReporter(reuses) as never);
      const given = [note ?? null, variant, reuses ? (spec: string) => reuses.because(spec) : undefined] as const;
      const ends = [
        new TerminalReporter(...given),
        new AtlasReporter(running, ...given),
        new RecordReporter(...given),
        new GitHubReporter(...given),
      ];
      reporters.push(...([new ProgressReporter(reuses), ...ends, new ImageDifferencesReporter()] as never[]));
    },
  };
}

/** A hypothesis has its section from its row of the note. */
function withNote(options: ReuseOptions, note: Note | null): ReuseOptions {
  const rows = note?.rows.map(({ id, section }) => `${id} ${section}`) ?? [];
  return { ...options, environment: [...options.environment, rows.join("\n")] };
}
