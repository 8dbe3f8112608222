import type { Model } from "../../models/model.ts";
import { gradientNorm, loss, type Parameters } from "../../models/objective.ts";
import type { Snapshot, Status } from "../engine.ts";
import type { Look } from "../recipe.ts";

/** A seed at one step. Loss and gradient norm are those of the definition at exactly these parameters. */
export function measured(model: Model, step: number, parameters: Parameters): Snapshot {
  return {
    step,
    loss: loss(model, parameters),
    gradientNorm: gradientNorm(model, parameters),
    parameters: Float32Array.from(parameters),
  };
}

/** How a seed ends with a look at it; null: it goes on. */
export function statusOf(now: Snapshot, { check, last }: Look, tolerance: number): Status | null {
  const finite = Number.isFinite(now.loss) && Number.isFinite(now.gradientNorm);
  if (!finite || !now.parameters.every(Number.isFinite)) return "diverged";
  if (check && now.gradientNorm <= tolerance) return "converged";
  return last ? "stopped" : null;
}
