import type { Conclusion } from "./conclusion.ts";
import type { Comparison } from "./gate.ts";
import type { PictureState } from "./picture.ts";

/** What a test tells the reporter about its hypothesis, through the task's meta. */
export interface Report {
  readonly id: string;
  readonly conclusion: Conclusion;
  readonly comparison: Comparison;
  readonly picture: PictureState;
  /** Vitest's snapshot mode: `all` under -u, `none` in CI, else `new`. */
  readonly mode: "all" | "new" | "none";
  readonly engine: string | null;
  readonly secondsTraining: number;
  readonly blocks: { readonly trained: number; readonly cached: number; readonly corrupted: number };
}

declare module "vitest" {
  interface TaskMeta {
    hypothesis?: Report;
  }
}

/** Progress of training goes from the thread that trains to the reporter over this channel, a line at a time. */
export const progressChannel = "hypotheses: progress";

/** The id at the head of a hypothesis's title: "T10 tied ReLU in 3D …" → "T10". */
export function idOf(title: string): string {
  return title.split(/\s/, 1)[0]!;
}
