import { fail, oneOf } from "../../util/check.ts";
import { demandKnown } from "../../util/names.ts";
import type { Conclusion } from "./conclusion.ts";
import { idOf } from "./id.ts";
import type { Note } from "./note.ts";
import { type Role, roles } from "./role.ts";

/** What a hypothesis says of itself. */
export type Statement = Pick<Conclusion, "title" | "row" | "role" | "section" | "claim" | "operationalisation">;

/** The fields of each kind of hypothesis: those that it needs, and those that it may have. */
export type Fields = Readonly<Record<"needed" | "allowed", readonly string[]>>;

/** What a hypothesis says of itself, or what is wrong with it; that is told when it runs, so that it fails alone. */
export function stated(
  title: string,
  spec: object,
  { needed, allowed }: Fields,
  note: Note | null,
  /** The ids that its file has had so far; its own is added. */
  seen: Set<string>,
): { readonly statement?: Statement; readonly problem?: Error } {
  try {
    const id = idOf(title);
    if (!/^[A-Za-z][\w.-]*$/.test(id))
      fail("id", id, 'a title that starts with one, such as "T10 tied ReLU in 3D learns …"');
    if (seen.has(id)) fail("id", id, "one that no other hypothesis has");
    seen.add(id);
    const given = spec as Readonly<Record<string, unknown>>;
    demandKnown(id, given, [...needed, ...allowed]);
    for (const field of needed)
      if (given[field] === undefined) fail(`fields of ${id}`, Object.keys(given), `${field} among them`);
    demandShapes(id, given);
    const claim = words(`claim of ${id}`, given.claim ?? given.question);
    const place = placed(id, given, note);
    const operationalisation =
      given.operationalisation === undefined ? null : words(`operationalisation of ${id}`, given.operationalisation);
    return { statement: { title: title.slice(id.length).trim(), ...place, claim, operationalisation } };
  } catch (error) {
    return { problem: error as Error };
  }
}

/** What types would have said, had they been asked. */
function demandShapes(id: string, given: Readonly<Record<string, unknown>>): void {
  for (const field of ["observe", "measure", "figure"])
    if (given[field] !== undefined && typeof given[field] !== "function")
      fail(`${field} of ${id}`, given[field], "a function");
  for (const field of ["given", "control", "positiveControl", "expect", "versus"])
    if (given[field] !== undefined && (typeof given[field] !== "object" || given[field] === null))
      fail(`${field} of ${id}`, given[field], "an object");
  if (given.kind !== undefined) oneOf(`kind of ${id}`, given.kind, ["population", "dynamics", "landscape"]);
  if (given.holdsIn !== undefined) oneOf(`holdsIn of ${id}`, given.holdsIn, ["every cell", "some cell"]);
  if (given.endPoints !== undefined && typeof given.endPoints !== "boolean")
    fail(`endPoints of ${id}`, given.endPoints, "true or false");
  const named = { control: "control", positiveControl: "positive control" };
  for (const [field, called] of Object.entries(named))
    if (given[field]) words(`name of the ${called} of ${id}`, (given[field] as { name?: unknown }).name);
}

function placed(id: string, { row, role, section }: Readonly<Record<string, unknown>>, note: Note | null) {
  // T99 would look like a row of the note's.
  const like = note?.rows.some((r) => r.id[0] === id[0]) ? /^.\d+/.exec(id)?.[0] : undefined;
  if (row === undefined) {
    if (like) fail(`id of ${id}`, id, "a row beside it, or an id that begins as none of the note's rows do");
    if (role !== undefined) fail(`role of ${id}`, role, "a row beside it");
    return { row: null, role: null, section: words(`section of ${id}`, section) };
  }
  if (section !== undefined) fail(`section of ${id}`, section, "none: the row has one");
  const known = note?.rows.find((r) => r.id === row);
  if (!known) fail(`row of ${id}`, row, "the id of a row of the note, or no row and a section of your own");
  if (like && !note?.rows.some((r) => r.id === like))
    fail(`id of ${id}`, id, `one that begins with a row's, such as ${known.id}b`);
  if (!roles.includes(role as Role)) fail(`role of ${id}`, role, roles.join(", "));
  return { row: known.id, role: role as Role, section: known.section };
}

function words(what: string, value: unknown): string {
  if (typeof value !== "string" || value.trim() === "") fail(what, value, "words");
  return value;
}
