import { expect, test } from "vitest";
import { oneHot } from "./data/data.ts";
import { layout } from "./model.ts";
import { network } from "./network.ts";

test("an untied chain of the given layers on one-hot data", () => {
  const model = network({
    sizes: [5, 2, 8, 5],
    nonlinearities: ["identity", "relu", "identity"],
    biases: [false, true, false],
    loss: "mse",
  });
  expect(layout(model).slots.map((s) => s.name)).toEqual(["weight0", "weight1", "bias1", "weight2"]);
  expect(model.layers.map((l) => l.nonlinearity)).toEqual(["identity", "relu", "identity"]);
  expect(model.data).toEqual(oneHot(5));
  expect(model.tied).toBe(false);
});

test("no biases unless asked for, and any data", () => {
  const data = { name: "sum", inputs: [[1, 2]], targets: [[3]] };
  const model = network({ sizes: [2, 1], nonlinearities: ["identity"], loss: "mse", data });
  expect(model.layers[0]!.bias).toBe(false);
  expect(model.data).toBe(data);
});

test("one nonlinearity and one bias a layer", () => {
  const sizes = [3, 2, 3];
  expect(() => network({ sizes, nonlinearities: ["relu"], loss: "mse" })).toThrow(
    'invalid nonlinearities: ["relu"]; expected one for each of 2 layers',
  );
  expect(() => network({ sizes, nonlinearities: ["relu", "relu"], biases: [true], loss: "mse" })).toThrow(
    "invalid biases: [true]; expected one for each of 2 layers",
  );
});
