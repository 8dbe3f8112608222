import { fail, finite, InputError } from "../../util/check.ts";
import { type Json, rounded } from "../../util/json.ts";
import { demandKnown } from "../../util/names.ts";
import type { Measured, OpenEvidence } from "../claim/conclusion.ts";
import { isCondition, type OpenAnswer, type OpenSpec } from "../claim/specification.ts";
import type { Population, Seeded, Trained } from "../claim/trainer.ts";
import { galleryOf, replayOf } from "../examples/gallery.ts";
import type { Finding } from "./finding.ts";
import type { Training } from "./training.ts";

/** Trains what the question needs and records the answer with its uncertainty. */
export async function concludeOpen<C extends Seeded, R extends Trained>(
  { given, measure, figure }: OpenSpec<C, R>,
  training: Training<C, R>,
): Promise<Finding> {
  const { trainer } = training;
  const conditions = Object.entries(isCondition(given) ? { given } : given);
  if (conditions.length === 0)
    throw new InputError("invalid given: {}; expected a condition, or one for each population");
  const populations: { [label: string]: Population<R> } = {};
  for (const [label, condition] of conditions) populations[label] = await training.train(condition, label);
  const answer = checkedAnswer(measure(populations));
  const evidence: OpenEvidence = {
    answer: answer.answer,
    values: rounded(answer.values as unknown as Json) as unknown as OpenEvidence["values"],
    populations: Object.fromEntries(conditions.map(([label, condition]) => [label, trainer.describe(condition)])),
  };
  const [label, first] = conditions[0]!;
  const { runs, engine } = populations[label]!;
  return {
    kind: "open",
    verdict: "measured",
    evidence,
    errorRate: null,
    figure: figure && (() => figure(populations, answer)),
    galleries: conditions.map(([label, condition]) => galleryOf(label, populations[label]!, condition, trainer)),
    replay: replayOf(trainer, first, engine.name, runs[0]!.seed),
  };
}

/** Whatever types say, a measurement may give anything. */
function checkedAnswer(given: unknown): OpenAnswer {
  if (given instanceof Promise) throw new InputError("measure gave a Promise (async?); expected answer and values");
  const { answer, values } = (given ?? {}) as { readonly answer?: unknown; readonly values?: unknown };
  if (typeof answer !== "string" || answer.trim() === "") fail("answer", answer, "a line of words");
  if (typeof values !== "object" || values === null || Object.keys(values).length === 0)
    fail("values", values, "at least one value, by name");
  for (const [name, measured] of Object.entries(values)) {
    if (typeof measured !== "object" || measured === null)
      fail(`measurement of ${name}`, measured, "a value with the interval that holds it, { value, low, high }");
    demandKnown(`the measurement of ${name}`, measured, ["value", "low", "high"]);
    const { value, low, high } = measured as Measured;
    for (const x of [value, low, high]) finite(`measurement of ${name}`, x);
    if (!(low <= value && value <= high)) fail(`interval of ${name}`, [low, high], `one that holds the value ${value}`);
  }
  return given as OpenAnswer;
}
