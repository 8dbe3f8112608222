import { test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { InputError } from "../util/check.ts";
import { oneHot } from "./data/data.ts";
import { layout, type Model, validate } from "./model.ts";
import { randomModel } from "./testing/random-model.ts";

/** Untied 4 → 3 → 4 with every kind of parameter. */
const full: Model = {
  sizes: [4, 3, 4],
  layers: [
    { nonlinearity: "identity", bias: true },
    { nonlinearity: "relu", bias: true },
  ],
  tied: false,
  unitNorm: false,
  scale: 1,
  frozen: [],
  loss: "mse",
  data: oneHot(4),
  initialisation: { scheme: "torch" },
};

describe("layout", () => {
  const places = (model: Model) => layout(model).slots.map((s) => [s.name, s.kind, s.layer, s.rows, s.cols, s.offset]);

  test("weight and bias of each layer in turn, then the scale", () => {
    expect(places(full)).toEqual([
      ["weight0", "weight", 0, 3, 4, 0],
      ["bias0", "bias", 0, 3, 1, 12],
      ["weight1", "weight", 1, 4, 3, 15],
      ["bias1", "bias", 1, 4, 1, 27],
      ["scale", "scale", 1, 1, 1, 31],
    ]);
    expect(layout(full).size).toBe(32);
  });

  test("what a model lacks takes no room: a tied weight, a bias, the scale", () => {
    const tied = { ...full, tied: true, scale: null };
    expect(places(tied)).toEqual([
      ["weight0", "weight", 0, 3, 4, 0],
      ["bias0", "bias", 0, 3, 1, 12],
      ["bias1", "bias", 1, 4, 1, 15],
    ]);
    const bare = { ...full, layers: full.layers.map((layer) => ({ ...layer, bias: false })), scale: null };
    expect(places(bare)).toEqual([
      ["weight0", "weight", 0, 3, 4, 0],
      ["weight1", "weight", 1, 4, 3, 12],
    ]);
    expect(layout(bare).size).toBe(24);
  });

  test("of a longer chain only the last weight is tied", () => {
    const layer = { nonlinearity: "identity", bias: false } as const;
    const chain = { ...full, sizes: [4, 2, 3, 2, 4], layers: [layer, layer, layer, layer], tied: true };
    expect(places(chain).map(([name, , , rows, cols]) => [name, rows, cols])).toEqual([
      ["weight0", 2, 4],
      ["weight1", 3, 2],
      ["weight2", 2, 3],
      ["scale", 1, 1],
    ]);
  });

  test("marks frozen parameters", () => {
    const { slots } = layout({ ...full, frozen: ["bias1", "scale"] });
    expect(slots.map((s) => s.frozen)).toEqual([false, false, false, true, true]);
  });

  test.prop([randomModel()])("slots follow one another without gaps and fill the vector", (model) => {
    const { slots, size } = layout(model);
    let offset = 0;
    for (const slot of slots) {
      expect(slot.offset).toBe(offset);
      offset += slot.rows * slot.cols;
    }
    expect(size).toBe(offset);
    expect(new Set(slots.map((s) => s.name)).size).toBe(slots.length);
  });
});

describe("validate", () => {
  test("returns what it accepts", () => {
    expect(validate(full)).toBe(full);
    expect(validate({ ...full, frozen: ["weight0", "weight1", "bias0", "bias1"] }).frozen.length).toBe(4);
    expect(validate({ ...full, scale: -2 }).scale).toBe(-2);
    const start = {
      scheme: "torch-tied-bias",
      at: { bias0: [1, 2, 3] },
      gain: { scale: 0 },
      noise: 0,
    } as const;
    expect(validate({ ...full, initialisation: start }).initialisation).toBe(start);
    const single = validate({ ...full, sizes: [4, 4], layers: [{ nonlinearity: "gelu", bias: false }] });
    expect(layout(single).size).toBe(17);
  });

  const row = [0, 0, 0, 1];
  const data = (inputs: readonly unknown[], targets: readonly unknown[] = inputs) => ({
    data: { name: "mine", inputs, targets },
  });
  const start = (rest: object) => ({ initialisation: { scheme: "torch", ...rest } });
  const layer = { nonlinearity: "identity", bias: false };

  test.each<[Partial<Record<keyof Model, unknown>>, string]>([
    [{ layers: [] }, "invalid layers: 0; expected one fewer than the 3 sizes"],
    [{ layers: [], sizes: [4] }, "invalid layers: 0; expected one fewer than the 1 sizes"],
    [{ sizes: [4, 3, 3, 4] }, "invalid layers: 2; expected one fewer than the 4 sizes"],
    [{ sizes: [-4, 3, 4] }, "invalid features: -4; expected a whole number of at least 1"],
    [{ sizes: [4, 0, 4] }, "invalid hidden: 0; expected a whole number of at least 1"],
    [{ sizes: [4, 3, Number.NaN] }, "invalid sizes[2]: NaN; expected a whole number of at least 1"],
    [{ sizes: [4, 1.5, 2, 4], layers: [layer, layer, layer] }, "invalid sizes[1]: 1.5"],
    [
      { layers: [layer, { nonlinearity: "tanh", bias: false }] },
      'invalid nonlinearity: "tanh"; expected "identity" or "relu" or "gelu"',
    ],
    [{ loss: "l1" }, 'invalid loss: "l1"; expected "mse" or "cross-entropy"'],
    [
      { tied: true, sizes: [4, 3, 5] },
      "invalid sizes of a tied model: [4,3,5]; expected a last layer with the shape of the first one transposed",
    ],
    [{ tied: true, sizes: [4, 3, 2, 4], layers: [layer, layer, layer] }, "tied model: [4,3,2,4]"],
    [{ tied: true, sizes: [4, 4], layers: [layer] }, "invalid sizes of a tied model: [4,4]"],
    [
      { loss: "cross-entropy" },
      'invalid nonlinearity of the last layer: "relu"; expected "identity" under cross-entropy, whose softmax takes its place',
    ],
    [{ scale: Number.POSITIVE_INFINITY }, "invalid scale: Infinity; expected a finite number"],
    [{ scale: -1e39 }, "invalid scale: -1e+39; expected a number that float32 can hold"],
    [{ scale: undefined }, "invalid scale: undefined; expected a finite number"],
    [data([]), 'invalid data: "mine"; expected at least one sample'],
    [data([row, row], [row]), "invalid targets: 1; expected one for each of the 2 inputs"],
    [data([[1, 2]], [row]), 'invalid inputs of data "mine": [1,2]; expected 4 numbers a sample'],
    [data([row], [[1, 2]]), 'invalid targets of data "mine": [1,2]; expected 4 numbers a sample'],
    [data([[0, 0, Number.NaN, 1]], [row]), 'invalid inputs of data "mine": NaN; expected a finite number'],
    [data([row], [[0, 0, 0, "1"]]), 'invalid targets of data "mine": "1"; expected a finite number'],
    [
      { frozen: ["weight2"] },
      'invalid frozen parameter: "weight2"; expected one of weight0, bias0, weight1, bias1, scale',
    ],
    [{ tied: true, frozen: ["weight1"] }, 'frozen parameter: "weight1"; expected one of weight0, bias0, bias1, scale'],
    [
      { scale: null, frozen: ["weight0", "bias0", "weight1", "bias1"] },
      'invalid frozen: ["weight0","bias0","weight1","bias1"]; expected at least one parameter left to train',
    ],
    [
      { unitNorm: true, frozen: ["weight0"] },
      'invalid frozen: ["weight0"]; expected no weight0 when its columns are kept at norm 1',
    ],
    [start({ scheme: "zeros" }), 'invalid initialisation: "zeros"; expected "torch" or "torch-tied-bias"'],
    [start({ gain: { w: 1 } }), 'invalid gain: "w"; expected one of weight0, bias0, weight1, bias1, scale'],
    [start({ gain: { bias0: Number.NaN } }), "invalid gain of bias0: NaN; expected a finite number"],
    [start({ at: { bias2: [1] } }), 'invalid starting value: "bias2"; expected one of weight0,'],
    [start({ at: { bias0: [1, 2] } }), "invalid starting value of bias0: 2 numbers ([1,2]); expected 3 × 1"],
    [start({ at: { bias0: [1, 2, null] } }), "invalid starting value of bias0: null; expected a finite number"],
    [start({ noise: -1 }), "invalid noise: -1; expected a finite number of at least 0"],
  ])("rejects %o", (change, message) => {
    const check = () => validate({ ...full, ...change } as Model);
    expect(check).toThrow(InputError);
    expect(check).toThrow(message);
  });
});
