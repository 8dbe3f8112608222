import { createHash } from "node:crypto";
import { type Model, validate } from "../models/model.ts";
import type { Ensemble } from "../train/ensemble.ts";
import { formatProgress } from "../train/progress.ts";
import type { Recipe } from "../train/recipe.ts";
import { type TrainOptions, train } from "../train/train.ts";

/** A population to train: a model, a recipe, and the seeds. */
export interface Condition {
  readonly model: Model;
  readonly recipe: Recipe;
  readonly seeds: readonly number[];
}

/** Trains conditions one after another (training itself uses every core), and remembers what it trained. */
export class Trainer {
  readonly ensembles: Ensemble[] = [];
  /** `where`: engine and cache, if not those of `train`. */
  constructor(
    private readonly onProgress: (line: string) => void,
    private readonly where: Pick<TrainOptions, "engine" | "cache"> = {},
  ) {}

  async train({ model, recipe, seeds }: Condition, label: string): Promise<Ensemble> {
    const ensemble = await train(validate(model), recipe, seeds, {
      ...this.where,
      progress: (p) => this.onProgress(`${label}: ${formatProgress(p)}`),
    });
    this.ensembles.push(ensemble);
    return ensemble;
  }

  /** What trained everything, as the record has it: see `Conclusion.engine`. */
  get engine(): string | null {
    const [first] = this.ensembles;
    if (!first) return null;
    const { name, device } = first.engine;
    const allNow = this.ensembles.every((ensemble) => ensemble.blocks.cached === 0);
    return name !== "wasm" && allNow ? `${name} on ${device}` : name;
  }

  /** Hashes over everything trained, for the record; null when nothing was. */
  hash(field: "key" | "fingerprint"): string | null {
    if (this.ensembles.length === 0) return null;
    const hash = createHash("sha256");
    for (const ensemble of this.ensembles) hash.update(ensemble[field]);
    return hash.digest("hex").slice(0, 16);
  }
}
