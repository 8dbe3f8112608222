import { validate } from "../../models/model.ts";
import type { Condition } from "../../suite/condition.ts";
import type { Progress } from "../../train/progress.ts";
import type { Recipe } from "../../train/recipe.ts";
import type { Run } from "../../train/run.ts";
import { train } from "../../train/train.ts";

/** Frames of a training that uses its whole budget, about. */
const frames = 120;

/** The same training, looked at more often. Most happens early: the looks are spaced evenly in the step's logarithm. */
export const watched = (recipe: Recipe): Recipe => ({ ...recipe, checkpoints: { count: frames, spacing: "log" } });

/** Trains one seed of a condition again, to the same bits; of a disturbed one, until it is disturbed. */
export async function retrain(
  { model, recipe }: Condition,
  seed: number,
  progress: (progress: Progress) => void,
): Promise<Run> {
  const { runs } = await train(validate(model), watched(recipe), [seed], { engine: "wasm", cache: null, progress });
  return runs[0]!;
}
