import type { Conclusion } from "../claim/conclusion.ts";
import type { Note } from "../claim/note.ts";
import type { Blocks, Engine } from "../claim/trainer.ts";
import type { Gallery, Replay } from "../examples/gallery.ts";
import type { Comparison } from "./compare.ts";
import type { FigureState } from "./figure.ts";

/** What a test tells the reporters about its hypothesis, through the task's meta. */
export interface Report {
  readonly id: string;
  readonly conclusion: Conclusion;
  readonly comparison: Comparison;
  readonly picture: FigureState;
  /** Vitest's snapshot mode: `all` under -u, `none` in CI, else `new`. */
  readonly mode: "all" | "new" | "none";
  /** Why it is not to be put on record: its seeds are shifted, say. Left out where it may be. */
  readonly unfit?: string;
  /** What trained it; null where nothing was trained. */
  readonly engine: Omit<Engine, "reproducible"> | null;
  readonly secondsTraining: number;
  readonly blocks: Blocks;
  /** Where the hypothesis stands, from the suite's root. */
  readonly spec: { readonly file: string; readonly line: number | null };
  /** What a page shows beside the conclusion, and no record keeps. */
  readonly galleries: readonly Gallery[];
  readonly replay: Replay | null;
  /** What the hypothesis has to say before its conclusion may be put on record; null where nothing. */
  readonly lacks: string | null;
  /** Whether it was concluded in an earlier run, and nothing that it is a function of has changed. */
  readonly reused: boolean;
}

/** What the plugin tells every worker about the suite. */
export interface Suite {
  readonly root: string;
  readonly note: Note | null;
  /** Why no evidence of this run is any for the record; left out, or null, where it is. */
  readonly variant?: string | null;
}

declare module "vitest" {
  interface TaskMeta {
    hypothesis?: Report;
  }
  interface ProvidedContext {
    hypotheses: Suite;
  }
}

/** Progress of training goes from the thread that trains to the reporter over this channel, a line at a time. */
export const progressChannel = "hypotheses: progress";
