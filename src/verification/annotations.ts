import { exploreCommand } from "../explore/command.ts";
import { plain } from "../util/json.ts";
import { acceptCommand } from "./accept.ts";
import { changeSentences, changesBetween } from "./changes.ts";
import type { Conclusion } from "./conclusion.ts";
import type { Finding } from "./finding.ts";
import type { Report } from "./report.ts";

/** What Vitest's UI and HTML report show of a test: a box each, headed by the type. They do not keep lines apart. */
export interface Annotation {
  readonly type: string;
  readonly message: string;
  /** A picture's file, from the repository's root. */
  readonly picture?: string;
}

/** A hypothesis as its reader asks: what is claimed, what came of it, what changed, how it looks, and why. */
export function annotationsOf(
  title: string,
  reading: string | undefined,
  { conclusion, comparison, picture, engine }: Report,
  recorded: Conclusion | undefined,
  { replay }: Pick<Finding, "replay">,
): Annotation[] {
  const say = (type: string, ...messages: string[]) => messages.map((message) => ({ type, message }));
  const show = (message: string, file: string | undefined) =>
    file ? [{ type: "figure", message, picture: file }] : [];
  const { outcome } = comparison;
  const command = replay && exploreCommand(replay.model, replay.recipe, replay.seed, engine?.name);
  return [
    ...say("claim", conclusion.claim),
    ...say("section", `${conclusion.section} (${conclusion.kind})`),
    ...(reading ? say("reading", reading) : []),
    ...say("verdict", `${conclusion.verdict}: ${conclusion.summary}`),
    ...(outcome === "same"
      ? []
      : say(
          outcome,
          ...(recorded ? changeSentences(changesBetween(recorded, conclusion)) : comparison.differences),
        )),
    ...(outcome === "changed" ? say("to accept it", acceptCommand(title)) : []),
    ...(picture.state === "different"
      ? [
          ...show("on record", picture.recorded),
          ...show("now", picture.actual),
          ...show("difference", picture.difference),
        ]
      : show("of this run", picture.actual)),
    ...Object.entries(conclusion.evidence).flatMap(([name, value]) =>
      say("evidence", `${name}: ${plain(value)}`),
    ),
    ...(command ? say("replay", `seed ${replay.seed}: ${command}`) : []),
  ];
}
