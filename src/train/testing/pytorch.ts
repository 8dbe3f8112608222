import { readFileSync } from "node:fs";
import { oneHot } from "../../models/data/data.ts";
import { type Model, validate } from "../../models/model.ts";
import type { Job } from "../engine.ts";
import { recipe, type Schedule } from "../recipe.ts";

/** One seed trained by PyTorch in float32 (`scripts/torch-fixtures.py`), as the job that repeats it. */
export interface TrainedCase {
  readonly name: string;
  readonly job: Job;
  /** What PyTorch ended with: the mean loss, and the parameters in the order of `layout`. */
  readonly loss: number;
  readonly parameters: readonly number[];
}

interface Stored extends Omit<TrainedCase, "job"> {
  readonly model: Omit<Model, "data" | "frozen">;
  readonly seed: number;
  readonly steps: number;
  readonly rate: Schedule;
}

export function trainedCases(): TrainedCase[] {
  const file = new URL("../fixtures/trained.json", import.meta.url);
  const { cases }: { cases: Stored[] } = JSON.parse(readFileSync(file, "utf8"));
  return cases.map(({ name, loss, parameters, model, seed, steps, rate }) => ({
    name,
    loss,
    parameters,
    job: {
      model: validate({ ...model, data: oneHot(model.sizes[0]!), frozen: [] }),
      recipe: recipe({ steps, rate }),
      seeds: [seed],
    },
  }));
}
