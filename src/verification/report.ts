import type { Conclusion } from "./conclusion.ts";
import type { Details } from "./details.ts";
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
  /**
   * What trained it; null where nothing was trained. `device`: null when every run was cached. `why`: how the engine came
   * to be chosen, where it was not asked for by name: "auto: no hardware WebGPU adapter".
   */
  readonly engine: { readonly name: string; readonly device: string | null; readonly why?: string } | null;
  readonly secondsTraining: number;
  readonly blocks: { readonly trained: number; readonly cached: number; readonly corrupted: number };
  /** What a page shows beside the conclusion, and no record keeps. */
  readonly details?: Details;
}

declare module "vitest" {
  interface TaskMeta {
    hypothesis?: Report;
  }
}

/** Progress of training goes from the thread that trains to the reporter over this channel, a line at a time. */
export const progressChannel = "hypotheses: progress";

/**
 * What trained a run's hypotheses, for a line such as "engine wasm on 2 threads (auto: no hardware WebGPU adapter)"; those
 * that trained nothing, or read all of it from the cache, add no words.
 */
export function describeEngines(engines: readonly Report["engine"][]): string {
  const trained = engines.filter((engine) => engine !== null);
  const names = [...new Set(trained.map((engine) => engine.name))];
  const about = names.map((name) => {
    const those = trained.filter((engine) => engine.name === name);
    const devices = [...new Set(those.flatMap((engine) => engine.device ?? []))];
    const why = those.find((engine) => engine.why)?.why;
    return `${name}${devices.length > 0 ? ` on ${devices.join(" and ")}` : ""}${why ? ` (${why})` : ""}`;
  });
  return about.join(", ") || "none";
}

/** The id at the head of a hypothesis's title: "T10 tied ReLU in 3D …" → "T10". */
export function idOf(title: string): string {
  return title.split(/\s/, 1)[0]!;
}
