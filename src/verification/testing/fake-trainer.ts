import { autoencoder } from "../../models/autoencoder.ts";
import { layout } from "../../models/model.ts";
import type { Status } from "../../train/engine.ts";
import type { Ensemble } from "../../train/ensemble.ts";
import { recipe } from "../../train/recipe.ts";
import { Run } from "../../train/run.ts";
import { type Condition, Trainer } from "../condition.ts";

/** A condition of `count` seeds from `from`; nothing is trained, so the model is the smallest there is. */
export function condition(count: number, from = 0): Condition {
  return {
    model: autoencoder({ features: 1, hidden: 1, loss: "mse" }),
    recipe: recipe({ steps: 1, rate: 1 }),
    seeds: Array.from({ length: count }, (_, i) => from + i),
  };
}

/** Pretends to train: the ending of each seed is what `ending` says, and observations are to be made of the seed. */
export class FakeTrainer extends Trainer {
  readonly labels: string[] = [];
  constructor(private readonly ending: (seed: number) => Status = () => "converged") {
    super(() => {});
  }

  override async train({ model, recipe, seeds }: Condition, label: string): Promise<Ensemble> {
    this.labels.push(label);
    const parameters = new Float32Array(layout(model).size);
    const runs = seeds.map((seed) => {
      const end = { step: 1, loss: 0, gradientNorm: 0, parameters };
      return new Run(model, { seed, status: this.ending(seed), end, checkpoints: [] });
    });
    const ensemble: Ensemble = {
      model,
      recipe,
      engine: { name: "wasm", device: null },
      runs,
      key: `key of ${label}`,
      fingerprint: `bits of ${label}`,
      trainedSeconds: 0,
      blocks: { trained: 0, cached: 1, corrupted: 0 },
    };
    this.ensembles.push(ensemble);
    return ensemble;
  }
}
