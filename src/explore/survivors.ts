import type { Model } from "../models/model.ts";
import type { Recipe } from "../train/recipe.ts";
import { rateFlag } from "./command.ts";

/** What to say where nothing is left to describe. Where the model starts far out, that may be why. */
export function everySeedDiverged(seeds: number, recipe: Recipe, model?: Model): string {
  const large = (x: number) => Math.abs(x) > 1;
  const started = {
    "--gain": Object.values(model?.initialisation.gain ?? {}).some(large),
    "--scale": large(model?.scale ?? 0),
  };
  const reasons = ["--lr", ...Object.entries(started).flatMap(([flag, is]) => (is ? [flag] : []))];
  return `every seed diverged (${seeds} of ${seeds}) at learning rate ${rateFlag(recipe)}; expected a smaller ${reasons.join(" or ")}`;
}
