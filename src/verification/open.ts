import type { Ensemble } from "../train/ensemble.ts";
import { finite, InputError } from "../util/check.ts";
import { rounded } from "../util/json.ts";
import type { Trainer } from "./condition.ts";
import type { Finding } from "./finding.ts";
import { galleryOf } from "./gallery.ts";
import type { OpenSpec } from "./specification.ts";

/** Trains what the question needs and records the answer with its uncertainty. */
export async function concludeOpen(spec: OpenSpec, trainer: Trainer): Promise<Finding> {
  const ensembles: { [name: string]: Ensemble } = {};
  for (const [name, condition] of Object.entries(spec.given))
    ensembles[name] = await trainer.train(condition, name);
  const answer = spec.measure(ensembles);
  if (Object.keys(answer.values).length === 0)
    throw new InputError("invalid answer: {}; expected at least one value");
  for (const [name, { value, low, high }] of Object.entries(answer.values)) {
    for (const x of [value, low, high]) finite(`measurement of ${name}`, x);
    if (!(low <= value && value <= high))
      throw new InputError(
        `invalid interval of ${name}: [${low}, ${high}]; expected one that holds the value ${value}`,
      );
  }
  const first = Object.values(ensembles)[0];
  return {
    claim: spec.question,
    kind: "open",
    verdict: "measured",
    summary: answer.answer,
    evidence: Object.fromEntries(
      Object.entries(answer.values).map(([name, { value, low, high }]) => [
        name,
        rounded({ value, low, high }),
      ]),
    ),
    ...(spec.figure ? { draw: () => spec.figure!(ensembles, answer) } : {}),
    galleries: Object.entries(ensembles).map(([name, ensemble]) => galleryOf(name, ensemble)),
    ...(first ? { replay: { model: first.model, recipe: first.recipe, seed: first.runs[0]!.seed } } : {}),
  };
}
