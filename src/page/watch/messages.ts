import type { Status } from "../../train/engine.ts";
import type { Note } from "../../verification/claim/note.ts";
import type { ExploreRequest } from "../try/messages.ts";

/** To train one seed again: of a gallery (hypothesis and spec file, and the gallery's label), or of what flags ask for. */
export type ReplayRequest = { readonly seed: number } & (
  | { readonly id: string; readonly spec: string; readonly note: Note | null; readonly label: string }
  | ExploreRequest
);

type Points = readonly (readonly number[])[];

/** The directions of a configuration in space, and their hull: without faces where they lie in a plane. */
export interface Shape {
  readonly vertices: Points;
  readonly faces: Points;
  /** Features in each direction, and in none. */
  readonly counts: readonly number[];
  readonly atOrigin: number;
}

/** A seed at one step of its training. */
export interface Frame {
  readonly step: number;
  readonly loss: number;
  readonly gradientNorm: number;
  /** How much is learned: what is counted is the same for all frames. */
  readonly learned: number;
  /** Where each feature is written, as in the picture: turned the same way in all frames. */
  readonly points: Points;
  /** What each output reads, of an untied model. */
  readonly reading: Points | null;
  /** In three dimensions only. */
  readonly shape: Shape | null;
}

/** The training of one seed, from its start to its end. */
export interface Replay {
  readonly status: Status;
  /** The budget. */
  readonly steps: number;
  readonly counted: "directions" | "features decoded";
  readonly drawn: "plane" | "space" | "matrix";
  /** Members of one direction are worth √Σ‖w‖² together. */
  readonly combined: boolean;
  /** The largest norm, or entry of the matrix, of all frames; null where they share no scale, because it diverged. */
  readonly extent: number | null;
  /** The finite ones, at least one. */
  readonly frames: readonly Frame[];
  /** What is not shown, in sentences. */
  readonly remarks: readonly string[];
}
