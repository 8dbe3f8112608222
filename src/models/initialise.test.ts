import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { createNormal } from "../util/torch-random.ts";
import { autoencoder } from "./autoencoder.ts";
import { oneHot } from "./data/data.ts";
import { initialise } from "./initialise.ts";
import { type Initialisation, layout, type Model } from "./model.ts";
import { randomModel } from "./testing/random-model.ts";

/** What PyTorch drew; see scripts/torch-fixtures.py. `sha256` is of all parameters as little-endian float32. */
interface InitialCase {
  readonly model: Omit<Model, "data" | "frozen">;
  readonly seed: number;
  readonly size: number;
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly sha256: string;
}

const file = new URL("../train/fixtures/initial.json", import.meta.url);
const { cases }: { cases: InitialCase[] } = JSON.parse(readFileSync(file, "utf8"));

function title({ model, seed }: InitialCase): string {
  const biases = model.layers.flatMap((layer, i) => (layer.bias ? [`bias${i}`] : []));
  const { scheme } = model.initialisation;
  return [model.sizes.join("→"), model.tied ? "tied" : "untied", ...biases, scheme, `seed ${seed}`].join(" ");
}

describe("equals PyTorch's initial parameters bit for bit", () => {
  test.each(cases.map((c) => [title(c), c] as const))("%s", (_, { model, seed, size, first, last, sha256 }) => {
    const features = model.sizes[0]!;
    const parameters = initialise({ ...model, data: oneHot(features), frozen: [] }, seed);
    expect(parameters.length).toBe(size);
    expect([...parameters.subarray(0, 4)]).toEqual(first);
    expect([...parameters.subarray(-4)]).toEqual(last);
    expect(createHash("sha256").update(new Uint8Array(parameters.buffer)).digest("hex")).toBe(sha256);
  });
});

const model = (initialisation: Initialisation) =>
  autoencoder({
    features: 6,
    hidden: 2,
    tied: false,
    hiddenBias: true,
    outputBias: true,
    scale: 1.25,
    loss: "mse",
    initialisation,
  });

/** Starting parameters of seed 9 by name. */
function start(initialisation: Omit<Initialisation, "scheme">, seed = 9) {
  const m = model({ scheme: "torch", ...initialisation });
  const parameters = initialise(m, seed);
  return Object.fromEntries(
    layout(m).slots.map((s) => [s.name, [...parameters.subarray(s.offset, s.offset + s.rows * s.cols)]]),
  );
}

const drawn = start({});
const given = Array.from({ length: 12 }, (_, i) => (i - 5.5) / 8);

test("the scale starts where the model says", () => {
  expect(drawn.scale).toEqual([1.25]);
});

test("gain multiplies the parameters it names and no others", () => {
  expect(start({ gain: { weight1: 0.5, scale: 2, bias0: -1 } })).toEqual({
    ...drawn,
    weight1: drawn.weight1!.map((x) => x / 2),
    scale: [2.5],
    bias0: drawn.bias0!.map((x) => -x),
  });
  expect(start({ gain: { bias1: 0 } }).bias1!.every((x) => x === 0)).toBe(true);
});

test("at replaces the parameters it names and leaves what the others draw", () => {
  expect(start({ at: { weight1: given, scale: [0.75] } })).toEqual({
    ...drawn,
    weight1: given,
    scale: [0.75],
  });
});

test("gain applies to a given start too", () => {
  expect(start({ at: { weight0: given }, gain: { weight0: 4 } }).weight0).toEqual(given.map((x) => 4 * x));
});

test("noise is added to given starts only", () => {
  const noisy = start({ at: { weight1: given }, noise: 0.25 });
  expect({ ...noisy, weight1: given }).toEqual({ ...drawn, weight1: given });
  expect(noisy.weight1!.every((x, i) => x !== given[i])).toBe(true);
  expect(start({ noise: 0.25 })).toEqual(drawn);
});

test("noise goes to the given starts in the order of the layout", () => {
  const bias1 = given.slice(0, 6);
  const noisy = start({ at: { bias1, weight0: given }, noise: 0.25 }, 9);
  const normal = createNormal(9);
  expect(noisy.weight0).toEqual(given.map((x) => Math.fround(x + 0.25 * normal())));
  expect(noisy.bias1).toEqual(bias1.map((x) => Math.fround(x + 0.25 * normal())));
});

test("noise has the standard deviation that is asked for, and mean 0", () => {
  const offsets = Array.from({ length: 500 }, (_, seed) =>
    start({ at: { weight1: given }, noise: 0.25 }, seed).weight1!.map((x, i) => x - given[i]!),
  ).flat();
  const moment = (k: number) => offsets.reduce((sum, x) => sum + x ** k, 0) / offsets.length;
  expect(Math.abs(moment(1))).toBeLessThan(5 * 0.25 * Math.sqrt(1 / offsets.length));
  expect(Math.abs(moment(2) / 0.25 ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / offsets.length));
});

test.prop([randomModel()])("every number is a float32, drawn within ±1/√fan-in", (m) => {
  const plain = { ...m, initialisation: { scheme: m.initialisation.scheme } };
  const parameters = initialise(plain, 3);
  const { slots, size } = layout(m);
  expect(parameters).toBeInstanceOf(Float32Array);
  expect(parameters.length).toBe(size);
  const last = m.layers.length - 1;
  for (const slot of slots.filter((s) => s.kind !== "scale")) {
    const undrawn = m.tied && slot.layer === last && m.initialisation.scheme === "torch-tied-bias";
    const bound = Math.fround(1 / Math.sqrt(m.sizes[undrawn ? 0 : slot.layer]!));
    const values = parameters.subarray(slot.offset, slot.offset + slot.rows * slot.cols);
    expect(values.every((x) => Math.abs(x) <= bound && x !== 0)).toBe(true);
  }
});
