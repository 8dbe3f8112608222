import type { Conclusion } from "../../verification/claim/conclusion.ts";
import type { Note } from "../../verification/claim/note.ts";
import type { Comparison } from "../../verification/record/compare.ts";

/** To run a hypothesis. */
export interface VerifyRequest {
  readonly id: string;
  readonly recorded: Conclusion;
  readonly note: Note | null;
}

/** A hypothesis that was run in the page. */
export interface Verified {
  readonly conclusion: Conclusion;
  /** With the record. */
  readonly comparison: Comparison;
  /** Its figure, as PNG. */
  readonly picture: Blob | null;
  readonly seconds: number;
}
