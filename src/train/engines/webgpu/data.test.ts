import { expect, test } from "vitest";
import { autoencoder } from "../../../models/autoencoder.ts";
import { type DataSet, kHot, oneHot, permuted } from "../../../models/data/data.ts";
import { withAmplitudes } from "../../../models/testing/amplitudes.ts";
import { packData } from "./data.ts";

const pack = (data: DataSet) =>
  packData(autoencoder({ features: data.inputs[0]!.length, hidden: 2, nonlinearity: "relu", loss: "mse", data }));

test("one-hot data take no room, but a buffer may not be empty", () => {
  const { inputs, targets, mass, values } = pack(oneHot(3));
  expect([inputs.ones, inputs.diagonal, targets.ones, targets.diagonal, mass]).toEqual([true, true, true, true, null]);
  expect(values).toEqual(Float32Array.of(0));
});

test("of a diagonal the entries are kept, and the sums of the targets", () => {
  const { inputs, targets, mass, values } = pack(withAmplitudes([0.5, 1, 0]));
  expect([inputs.ones, inputs.diagonal]).toEqual([false, true]);
  expect([...values.subarray(inputs.at, inputs.at + 3)]).toEqual([0.5, 1, 0]);
  expect([...values.subarray(targets.at, targets.at + 3)]).toEqual([0.5, 1, 0]);
  expect(mass).not.toBeNull();
  expect([...values.subarray(mass!, mass! + 3)]).toEqual([0.5, 1, 0]);
});

test("a diagonal is square", () => {
  const rows = [
    [1, 0, 0],
    [0, 1, 0],
  ];
  const { inputs, targets } = pack({ name: "two of three", inputs: rows, targets: rows });
  expect([inputs.diagonal, targets.diagonal]).toEqual([false, false]);
});

test("one row off the diagonal makes a matrix dense", () => {
  const { inputs, targets, mass, values } = pack(permuted(oneHot(3), [0, 2, 1]));
  expect([inputs.diagonal, targets.diagonal, mass]).toEqual([true, false, null]);
  expect([...values.subarray(targets.at, targets.at + 9)]).toEqual([1, 0, 0, 0, 0, 1, 0, 1, 0]);
});

test("dense matrices lie there by rows and by columns", () => {
  const { inputs, targets, mass, values } = pack(permuted(oneHot(3), [1, 2, 0]));
  expect([inputs.diagonal, targets.diagonal, mass]).toEqual([true, false, null]);
  expect([...values.subarray(targets.at, targets.at + 9)]).toEqual([0, 1, 0, 0, 0, 1, 1, 0, 0]);
  expect([...values.subarray(targets.transposed, targets.transposed + 9)]).toEqual([0, 0, 1, 1, 0, 0, 0, 1, 0]);
});

test("a matrix of more samples than features is dense, and masses above 1 are kept", () => {
  const { inputs, mass, values } = pack(kHot(4, 2));
  expect(inputs.diagonal).toBe(false);
  expect([...values.subarray(inputs.at, inputs.at + 8)]).toEqual([1, 1, 0, 0, 1, 0, 1, 0]);
  expect([...values.subarray(inputs.transposed, inputs.transposed + 6)]).toEqual([1, 1, 1, 0, 0, 0]);
  expect([...values.subarray(mass!, mass! + 6)]).toEqual([2, 2, 2, 2, 2, 2]);
});
