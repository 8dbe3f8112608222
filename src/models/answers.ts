import { fail } from "../util/check.ts";
import { probabilities } from "./decoding.ts";
import type { Model } from "./model.ts";
import { forward, type Parameters } from "./objective.ts";

/** What a model answers to each sample, [samples][outputs]: its outputs, or under cross-entropy its probabilities. */
export function answers(model: Model, parameters: Parameters): number[][] {
  return model.loss === "cross-entropy"
    ? probabilities(model, parameters)
    : forward(model, parameters).map((output) => Array.from(output));
}

/**
 * Features that are recovered, ascending: those whose own answer exceeds `least` and every other answer to the feature's
 * sample. For data with one sample a feature, in order.
 */
export function recovered(model: Model, parameters: Parameters, least: number): number[] {
  const outputs = model.sizes.at(-1)!;
  if (model.data.inputs.length !== outputs)
    fail("data", model.data.name, `one sample for each of the ${outputs} outputs`);
  return answers(model, parameters).flatMap((row, i) => {
    const own = row[i]!;
    return own > least && row.every((y, j) => j === i || y < own) ? [i] : [];
  });
}
