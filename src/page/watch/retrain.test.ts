import { afterAll, expect, test } from "vitest";
import { autoencoder } from "../../models/autoencoder.ts";
import { closeEngines } from "../../train/engines/registry.ts";
import { recipe } from "../../train/recipe.ts";
import { train } from "../../train/train.ts";
import { retrain } from "./retrain.ts";

afterAll(closeEngines);

const rate = { initial: 0.025, max: 0.75, final: 0.5, warmup: 0.05 };
const conditions = {
  "tied ReLU, which converges before its budget is spent": {
    model: autoencoder({ features: 5, hidden: 2, nonlinearity: "relu", loss: "mse" }),
    recipe: recipe({ steps: 8000, rate, convergence: { gradientNorm: 1e-4, every: 250 } }),
  },
  "untied softmax, which uses it up, with checkpoints of its own": {
    model: autoencoder({ features: 7, hidden: 3, tied: false, outputBias: true, loss: "cross-entropy" }),
    recipe: recipe({ steps: 1500, rate, checkpoints: { count: 7, spacing: "even" } }),
  },
};

test.each(Object.entries(conditions))("comes to the same bits as in its population: %s", async (_, condition) => {
  const seeds = [3, 4, 17, 18, 19];
  const { runs } = await train(condition.model, condition.recipe, seeds, {
    engine: "wasm",
    cache: null,
    progress: () => {},
  });
  for (const run of runs) {
    const again = await retrain({ ...condition, seeds }, run.seed, () => {});
    const end = ({ status, step, loss, gradientNorm, parameters }: typeof run) => ({
      status,
      step,
      loss,
      gradientNorm,
      parameters,
    });
    expect(end(again)).toEqual(end(run));
    expect(again.checkpoints.length).toBeGreaterThan(50);
    expect(again.checkpoints[0]!.step).toBe(0);
  }
});

test("tells how far it is", async () => {
  const told: number[] = [];
  const { steps } = conditions["untied softmax, which uses it up, with checkpoints of its own"].recipe;
  await retrain(
    { ...conditions["untied softmax, which uses it up, with checkpoints of its own"], seeds: [0] },
    0,
    ({ seedSteps }) => told.push(seedSteps.done),
  );
  expect(told.at(-1)).toBe(steps);
});
