import type { Condition } from "../suite/condition.ts";
import { toyModels } from "../suite/trainer.ts";
import type { Run } from "../train/run.ts";
import type { Note } from "../verification/claim/note.ts";
import { type Definition, definitions } from "../verification/definition.ts";

/** In the page it stands for suite/hypothesis.ts: a spec file that is read leaves its hypotheses here. */
export const trainer = toyModels({ cache: null });
export const found = new Map<string, Definition<Condition, Run>>();

let note: Note | null = null;
const seen = new Set<string>();

/** Before the first spec file is read. */
export function about(text: Note | null): void {
  note = text;
}

export const { hypothesis, exactClaim, openQuestion } = definitions<Condition, Run>(
  () => ({ note, seen }),
  (definition) => found.set(definition.id, definition),
);
