import type { Model } from "../models/model.ts";
import type { Disturbance } from "../train/disturb.ts";
import type { Recipe } from "../train/recipe.ts";

/** A population of toy models to train: a model, how it is trained, and from which seeds. */
export interface Condition {
  readonly model: Model;
  readonly recipe: Recipe;
  readonly seeds: readonly number[];
  /** Noise that is added to where each seed ended, to train on from there. */
  readonly disturbed?: Disturbance | undefined;
}
