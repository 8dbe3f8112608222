import { type Json, plain } from "../../util/json.ts";
import { isExact, isOpen, isPopulation } from "../claim/conclusion.ts";
import type { Note } from "../claim/note.ts";
import { criterionWords, evidenceWords } from "../claim/words.ts";
import { acceptCommand } from "../record/accept.ts";
import type { Report } from "../record/report.ts";
import { changeSentences } from "./changes.ts";

/** What Vitest's UI and HTML report show of a test: a box each, headed by the type. They do not keep lines apart. */
export interface Annotation {
  readonly type: string;
  readonly message: string;
  /** A picture's file, from the suite's root. */
  readonly picture?: string;
}

/** A hypothesis as its reader asks: what is claimed, what came of it, what changed, how it looks, and why. */
export function annotationsOf(
  { id, conclusion, comparison, picture, replay, unfit }: Report,
  note: Note | null,
): Annotation[] {
  const say = (type: string, ...messages: string[]) => messages.map((message) => ({ type, message }));
  const { recorded, actual, difference } = picture;
  const pictures =
    picture.state === "different" ? { "on record": recorded, now: actual, difference } : { "of this run": actual };
  const { row, role, section, kind, claim, operationalisation, verdict, title } = conclusion;
  const { outcome, changes } = comparison;
  const printed = note?.rows.find((r) => r.id === row);
  return [
    ...say("claim", claim),
    ...(printed ? say("row of the note", `${row} (${role}): ${printed.claim}`) : []),
    ...say("section", `${note?.sections.find((s) => s.id === section)?.title ?? section} (${kind})`),
    ...(operationalisation ? say("operationalisation", operationalisation) : []),
    ...say("verdict", `${verdict}: ${evidenceWords(conclusion)}`),
    ...(outcome === "missing" ? say("missing", "nothing on record") : []),
    ...(changes.length > 0 ? say(outcome, ...changeSentences(changes)) : []),
    ...(outcome === "changed" && !unfit ? say("to accept it", acceptCommand(`${id} ${title}`)) : []),
    ...Object.entries(pictures).flatMap(([message, file]) =>
      file ? [{ type: "figure", message, picture: file }] : [],
    ),
    ...say("evidence", ...evidenceLines(conclusion)),
    ...(replay ? say("replay", `seed ${replay.seed}: ${replay.command}`) : []),
  ];
}

/** The evidence, a line for each condition, statement or number. */
function evidenceLines({ evidence }: Report["conclusion"]): string[] {
  const lines = (table: Readonly<Record<string, unknown>>) =>
    Object.entries(table).map(([name, value]) => `${name}: ${plain(value as Json)}`);
  if (isPopulation(evidence)) {
    const { criterion, cells, control, positiveControl } = evidence;
    const controls = { control, ...(positiveControl && { "positive control": positiveControl }) };
    return [criterionWords(criterion), ...lines(cells), ...lines(controls)];
  }
  if (isExact(evidence)) {
    const found = (prefix: string, table: typeof evidence.properties) =>
      Object.entries(table).map(([words, checked]) => `${prefix}${words}: ${checked.found}`);
    return [...found("", evidence.properties), ...found("near miss: ", evidence.nearMisses)];
  }
  return isOpen(evidence) ? [...lines(evidence.values), ...lines(evidence.populations)] : [];
}
