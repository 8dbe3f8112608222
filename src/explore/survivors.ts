import type { Recipe } from "../train/recipe.ts";
import { rateFlag } from "./command.ts";

/** What to say where nothing is left to describe. */
export function everySeedDiverged(seeds: number, recipe: Recipe): string {
  return `every seed diverged (${seeds} of ${seeds}) at learning rate ${rateFlag(recipe)}; expected a smaller --lr`;
}
