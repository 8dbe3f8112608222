import type { Conclusion } from "../claim/conclusion.ts";
import { kinds } from "../claim/kind.ts";
import type { Note } from "../claim/note.ts";
import { roles } from "../claim/role.ts";
import { type Verdict, verdicts } from "../claim/verdict.ts";

/** What Vitest can filter by: `--tags-filter "as-printed and refuted"`, and the search of its UI. */
interface Tagged extends Pick<Conclusion, "role" | "row" | "section" | "kind"> {
  /** On record; undefined where there is none yet. */
  readonly verdict: Verdict | undefined;
}

const tag = (words: string) => words.replaceAll(" ", "-");
const unrecorded = "not-on-record";
const own = "own";

export function tagsOf({ role, row, section, kind, verdict }: Tagged): string[] {
  return [role ? tag(role) : own, kind, ...(row === null ? [] : [section]), verdict ? tag(verdict) : unrecorded];
}

/** Vitest refuses a tag that its configuration does not list. */
export function allTags(note: Note | null): { readonly name: string; readonly description: string }[] {
  return [
    ...roles.map((role) => ({ name: tag(role), description: `role: ${role}` })),
    { name: own, description: "role: none, a hypothesis of one's own" },
    ...kinds.map((kind) => ({ name: kind, description: `kind: ${kind}` })),
    ...(note?.sections ?? []).map(({ id, title }) => ({ name: id, description: `section: ${title}` })),
    ...verdicts.map((verdict) => ({ name: tag(verdict), description: `verdict on record: ${verdict}` })),
    { name: unrecorded, description: "no verdict on record" },
  ];
}
