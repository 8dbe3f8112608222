import { exploreCommand } from "../explore/command.ts";
import { validate } from "../models/model.ts";
import { type Disturbance, trainDisturbed } from "../train/disturb.ts";
import { formatProgress, type Progress } from "../train/progress.ts";
import type { Run } from "../train/run.ts";
import { type TrainOptions, train } from "../train/train.ts";
import type { Trainer } from "../verification/claim/trainer.ts";
import type { Condition } from "./condition.ts";
import { describe, disturbanceWords } from "./describe.ts";
import { thumbnail } from "./thumbnail.ts";

/** Engines whose results depend on nothing but the condition. */
const reproducible: readonly string[] = ["wasm", "reference"];

/** What an end has to withstand to be called stable: a thousandth of a feature's length or so, on every weight. */
const push: Disturbance = { noise: 1e-3, rounds: 3 };

/** Toy models as something to verify claims about. `where`: engine and cache, if not those of `train`. */
export function toyModels(where: Pick<TrainOptions, "engine" | "cache"> = {}): Trainer<Condition, Run> {
  return {
    async train({ model, recipe, seeds, disturbed }, progress) {
      const options = { ...where, progress: (p: Progress) => progress(formatProgress(p)) };
      const ensemble = disturbed
        ? await trainDisturbed(validate(model), recipe, seeds, disturbed, options)
        : await train(validate(model), recipe, seeds, options);
      const { engine } = ensemble;
      return { ...ensemble, engine: { ...engine, reproducible: reproducible.includes(engine.name) } };
    },
    describe,
    replay: ({ model, recipe, disturbed }, engine) => {
      const command = disturbed ? null : exploreCommand(model, recipe, 0, engine);
      return command && `${command.replace(/--seeds 0(?= |$)/, "--seeds {seed}")} --figure reports/seed.png`;
    },
    disturbed: (condition) => ({ condition: { ...condition, disturbed: push }, words: disturbanceWords(push) }),
    thumbnail,
  };
}
