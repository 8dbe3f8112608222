import { expect, test } from "vitest";
import { autoencoder } from "../models/autoencoder.ts";
import { kHot } from "../models/data/data.ts";
import { network } from "../models/network.ts";
import { recipe } from "../train/recipe.ts";
import { describe } from "./describe.ts";

const quick = recipe({ steps: 8000, rate: 0.1 });
const model = autoencoder({ features: 10, hidden: 2, nonlinearity: "relu", loss: "mse" });
const seeds = [1000, 1001, 1002];

test("a condition says model, recipe and seeds on a line", () => {
  expect(describe({ model, recipe: quick, seeds })).toBe("tied ReLU 10 → 2, 8,000 steps at rate 0.1, seeds 1000–1002");
  const schedule = recipe({ steps: 100, rate: { initial: 0.005, max: 2, final: 0.1, warmup: 0.05 } });
  expect(describe({ model, recipe: schedule, seeds: [142] })).toBe(
    "tied ReLU 10 → 2, 100 steps at rate 0.005 → 2 → 0.1, seed 142",
  );
  expect(describe({ model, recipe: quick, seeds: [5, 7, 12] })).toMatch(/, 3 seeds$/);
});

test("a condition whose ends are disturbed says how", () => {
  const pushed = (rounds: number) => describe({ model, recipe: quick, seeds, disturbed: { noise: 0.01, rounds } });
  expect(pushed(2)).toBe(
    "tied ReLU 10 → 2, 8,000 steps at rate 0.1, 2 times noise of 0.01 on every weight, and trained on, seeds 1000–1002",
  );
  expect(pushed(1)).toContain(", 1 time noise of 0.01 on");
});

const words = (of: typeof model) => describe({ model: of, recipe: quick, seeds }).split(", 8,000 steps")[0];

test("of an autoencoder everything that is not the ordinary case", () => {
  const plain = { features: 10, hidden: 2 } as const;
  expect(words(autoencoder({ ...plain, loss: "cross-entropy", tied: false }))).toBe("untied softmax 10 → 2");
  expect(words(autoencoder({ ...plain, loss: "mse" }))).toBe("tied linear 10 → 2");
  const biased = {
    ...model,
    layers: [
      { ...model.layers[0]!, bias: true },
      { ...model.layers[1]!, bias: true },
    ],
  };
  expect(words(biased)).toBe("tied ReLU 10 → 2, hidden bias, end bias");
  expect(words({ ...model, unitNorm: true, scale: 1, frozen: ["weight0"] })).toBe(
    "tied ReLU 10 → 2, unit norm, scale from 1, weight0 frozen",
  );
  expect(words({ ...model, data: kHot(10, 2) })).toBe("tied ReLU 10 → 2, data: 2-hot");
});

test("of its initialisation what is not PyTorch's", () => {
  const started = (initialisation: Partial<typeof model.initialisation>) =>
    words({ ...model, initialisation: { ...model.initialisation, ...initialisation } });
  expect(started({ scheme: "torch-tied-bias" })).toBe("tied ReLU 10 → 2, initialised by torch-tied-bias");
  expect(started({ at: { weight0: [] }, noise: 0.05 })).toBe("tied ReLU 10 → 2, started at given weight0 ± 0.05");
  expect(started({ gain: { weight0: 2 } })).toBe("tied ReLU 10 → 2, start weight0 × 2");
});

test("of a chain every width, and what lies inside", () => {
  const nonlinearities = ["identity", "relu", "identity"] as const;
  expect(words(network({ sizes: [10, 2, 8, 10], nonlinearities, loss: "mse" }))).toBe(
    "untied linear 10 → 2 → 8 → 10 (linear, ReLU inside)",
  );
});
