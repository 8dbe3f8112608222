import type { FlagName } from "../../explore/flags.ts";
import type { Status } from "../../train/engine.ts";
import type { Thumbnail } from "../../verification/claim/trainer.ts";

/** To train what flags ask for. */
export interface ExploreRequest {
  readonly given: readonly (readonly [FlagName, string])[];
}

/** What a seed came to. */
export interface Outcome {
  readonly seed: number;
  readonly status: Status;
  readonly loss: number;
  /** How many; null for a run that diverged, and where they cannot be told. */
  readonly directions: number | null;
  /** In three dimensions the polyhedron of the directions, by name. */
  readonly shape: string | null;
  /** Of the first few seeds of each kind. */
  readonly example?: { readonly thumbnail: Thumbnail | null };
}

export interface Explored {
  readonly seconds: number;
}
