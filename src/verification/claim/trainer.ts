/**
 * What verification asks of whatever produces populations: neural networks, random walks, anything that has seeds. It
 * knows nothing else about them.
 */

export type Status = "converged" | "stopped" | "diverged";

/** One member of a population: what its seed came to. */
export interface Trained {
  readonly seed: number;
  /** `stopped`: the budget ran out before an end was reached. `diverged`: there is nothing to observe. */
  readonly status: Status;
  /** What was minimised, for people; NaN where nothing was. */
  readonly loss: number;
}

/** A population to produce. */
export interface Seeded {
  readonly seeds: readonly number[];
}

/** What produced a population. */
export interface Engine {
  readonly name: string;
  /** What it ran on, for people; null when every run came out of a cache. */
  readonly device: string | null;
  /** Whether the same condition gives the same bits wherever this engine runs. */
  readonly reproducible: boolean;
  /** How it came to be chosen, where it was not asked for by name. */
  readonly why?: string;
}

/** How many parts of a population were trained now, read from a cache, found damaged there, and could not be kept in it. */
export type Blocks = Readonly<Record<"trained" | "cached" | "corrupted" | "unkept", number>>;

export interface Population<Run extends Trained> {
  /** In the order of the seeds; diverged and stopped ones included. */
  readonly runs: readonly Run[];
  /** Hash of what was asked for, whatever produces it. */
  readonly key: string;
  /** Hash of what came out, to the last bit. */
  readonly fingerprint: string;
  readonly engine: Engine;
  readonly trainedSeconds: number;
  readonly blocks: Blocks;
}

export interface Trainer<Condition extends Seeded, Run extends Trained> {
  /** Throws InputError on an invalid condition, before anything is trained. `progress` is told how far it is, in words. */
  train(condition: Condition, progress: (words: string) => void): Promise<Population<Run>>;
  /** What a condition trains, on a line for people: "tied ReLU 10 → 2, 8,000 steps at rate 0.1, seeds 1000–2023". */
  describe(condition: Condition): string;
  /** The command that trains one seed again, with {seed} in its place; null where there is none. */
  replay?(condition: Condition, engine: string): string | null;
  /** The same condition with its ends disturbed and trained on, and how, in words; absent or null where that makes no sense. */
  disturbed?(condition: Condition): { readonly condition: Condition; readonly words: string } | null;
  /** A run as a small picture for galleries; null where there is nothing to draw. */
  thumbnail?(run: Run): Thumbnail | null;
}

/** A small picture in whole numbers. Places lie within 50 of the origin; y grows downwards. */
export interface Thumbnail {
  /** What 50 stands for. */
  readonly reach: number;
  /** x and y of each place. Those that several things share come first. */
  readonly places: readonly number[];
  readonly shared: number;
  /** x and y of places of a second kind. */
  readonly read?: readonly number[];
  /** Pairs of places that a line joins; those in front first. */
  readonly edges?: readonly number[];
  /** How many of the edges are in front. */
  readonly front?: number;
  /**
   * A square matrix instead of places: a row after another, a letter a cell. "c" is zero; "d" and "e" are positive, "b"
   * and "a" negative, the outer ones strongly.
   */
  readonly heat?: string;
}
