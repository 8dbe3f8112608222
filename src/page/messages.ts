import type { Explored, ExploreRequest, Outcome } from "./try/messages.ts";
import type { Verified, VerifyRequest } from "./verify/messages.ts";
import type { Replay, ReplayRequest } from "./watch/messages.ts";

/** What the page may ask a worker for, by name: what it sends, what comes on the way, and what comes of it. */
export interface Tasks {
  verify: { request: VerifyRequest; partial: never; result: Verified };
  explore: { request: ExploreRequest; partial: readonly Outcome[]; result: Explored };
  replay: { request: ReplayRequest; partial: never; result: Replay };
  /** To end its training threads. */
  close: { request: null; partial: never; result: null };
}
export type TaskName = keyof Tasks;

export interface Request<T extends TaskName = TaskName> {
  readonly task: T;
  readonly request: Tasks[T]["request"];
}

export type Answer<T extends TaskName = TaskName> =
  /** How far it is, in words. */
  | { readonly kind: "progress"; readonly words: string }
  | { readonly kind: "partial"; readonly partial: Tasks[T]["partial"] }
  | { readonly kind: "result"; readonly result: Tasks[T]["result"] }
  /** `why` in a line. */
  | { readonly kind: "failed"; readonly why: string };

/** With this a task tells the page how it goes. */
export interface Tell<T extends TaskName> {
  readonly progress: (words: string) => void;
  readonly partial: (partial: Tasks[T]["partial"]) => void;
}
