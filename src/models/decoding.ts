import { fail } from "../util/check.ts";
import type { Model } from "./model.ts";
import { forward, logSumExp, type Parameters } from "./objective.ts";

/** The softmax of every sample's outputs, [samples][outputs]. */
export function probabilities(model: Model, parameters: Parameters): number[][] {
  return forward(model, parameters).map((logits) => {
    const normaliser = logSumExp(logits);
    return Array.from(logits, (z) => Math.exp(z - normaliser));
  });
}

/**
 * Whether each sample is decoded, [samples]: the output asked for is strictly the largest. Unlike a
 * threshold on its probability this does not depend on the scale of the weights. Throws InputError on a sample that asks
 * for no output, or for several.
 */
export function decoded(model: Model, parameters: Parameters): boolean[] {
  return forward(model, parameters).map((outputs, sample) => {
    const target = model.data.targets[sample]!;
    const asked = target.flatMap((t, k) => (t === 0 ? [] : [k]));
    if (asked.length !== 1) fail(`targets of sample ${sample}`, target, "exactly one that is not 0");
    return outputs.every((z, k) => k === asked[0] || z < outputs[asked[0]!]!);
  });
}
