import { specs } from "virtual:specs";
import type { Note } from "../verification/claim/note.ts";
import { about, found } from "./hypothesis.ts";

/** A hypothesis of the suite, from the spec file that it stands in. */
export async function definitionOf(id: string, spec: string, note: Note | null) {
  about(note);
  await specs[spec]?.();
  const definition = found.get(id);
  if (!definition) throw new Error(`this page was made without ${id} of ${spec}`);
  return definition;
}
