import { expect, test } from "vitest";
import { autoencoder } from "../models/autoencoder.ts";
import { network } from "../models/network.ts";
import { createReferenceEngine } from "../train/engines/reference.ts";
import { recipe } from "../train/recipe.ts";
import { toyModels } from "./trainer.ts";

const model = autoencoder({ features: 3, hidden: 2, nonlinearity: "relu", loss: "mse" });
const condition = { model, recipe: recipe({ steps: 2, rate: 0.1 }), seeds: [0, 1, 2] };
const trainer = toyModels({ engine: createReferenceEngine(), cache: null });

test("toy models are trained by the engine that is asked for, which says whether its bits can be relied on", async () => {
  const lines: string[] = [];
  const population = await trainer.train(condition, (line) => lines.push(line));
  expect(population.runs.map(({ seed }) => seed)).toEqual([0, 1, 2]);
  expect(population.runs[0]!.recipe).toEqual(condition.recipe);
  expect(population.engine).toMatchObject({ name: "reference", reproducible: true });
  expect(lines.length).toBeGreaterThan(0);
  expect(trainer.thumbnail!(population.runs[0]!)?.places).toHaveLength(6);
});

test("a model that is none is refused before anything is trained", async () => {
  const none = { ...condition, model: { ...model, layers: [] } };
  await expect(trainer.train(none, () => {})).rejects.toThrow("layers");
});

test("one seed is trained and drawn again by a command of explore, where its flags can say it", () => {
  expect(trainer.replay!(condition, "wasm")).toMatch(
    /^npm run explore -- --features 3 .* --seeds \{seed\} --engine wasm --figure reports\/seed\.png$/,
  );
  const chain = network({
    sizes: [2, 2, 1, 2],
    nonlinearities: ["identity", "identity", "relu"],
    biases: [false, true, false],
    loss: "mse",
  });
  expect(trainer.replay!({ ...condition, model: chain }, "wasm")).toBeNull();
});

test("its ends can be disturbed: other weights, and no command that trains them again", async () => {
  const { condition: pushed, words } = trainer.disturbed!(condition)!;
  expect(words).toBe("3 times noise of 0.001 on every weight, and trained on");
  expect({ ...pushed, disturbed: undefined }).toEqual({ ...condition, disturbed: undefined });
  const [before, after] = [await trainer.train(condition, () => {}), await trainer.train(pushed, () => {})];
  expect(after.runs.map(({ seed }) => seed)).toEqual([0, 1, 2]);
  expect([after.key === before.key, after.fingerprint === before.fingerprint]).toEqual([false, false]);
  expect(after.engine.reproducible).toBe(true);
  expect(trainer.replay!(pushed, "wasm")).toBeNull();
});
