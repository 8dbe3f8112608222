import { exploreCommand } from "../explore/command.ts";
import { validate } from "../models/model.ts";
import { formatProgress } from "../train/progress.ts";
import type { Run } from "../train/run.ts";
import { type TrainOptions, train } from "../train/train.ts";
import type { Trainer } from "../verification/claim/trainer.ts";
import type { Condition } from "./condition.ts";
import { describe } from "./describe.ts";
import { thumbnail } from "./thumbnail.ts";

/** Engines whose results depend on nothing but the condition. */
const reproducible: readonly string[] = ["wasm", "reference"];

/** Toy models as something to verify claims about. `where`: engine and cache, if not those of `train`. */
export function toyModels(where: Pick<TrainOptions, "engine" | "cache"> = {}): Trainer<Condition, Run> {
  return {
    async train({ model, recipe, seeds }, progress) {
      const ensemble = await train(validate(model), recipe, seeds, {
        ...where,
        progress: (p) => progress(formatProgress(p)),
      });
      const { engine } = ensemble;
      return { ...ensemble, engine: { ...engine, reproducible: reproducible.includes(engine.name) } };
    },
    describe,
    replay: ({ model, recipe }, engine) =>
      exploreCommand(model, recipe, 0, engine)?.replace(/--seeds 0(?= |$)/, "--seeds {seed}") ?? null,
    thumbnail,
  };
}
