import { describe, expect, test } from "vitest";
import { autoencoder } from "../../../models/autoencoder.ts";
import { type DataSet, oneHot } from "../../../models/data/data.ts";
import type { Layer, Model } from "../../../models/model.ts";
import { withAmplitudes } from "../../../models/testing/amplitudes.ts";
import { recipe } from "../../recipe.ts";
import { BASE, type Layout, planMemory } from "./plan.ts";

const training = recipe({ steps: 2, rate: 0.5 });

/** So many words of the plan's image from an address on; the fields are those of `Plan` in kernel/plan.ts. */
const words = ({ image }: Layout, address: number, count: number) => [
  ...new Int32Array(image.buffer, address - BASE, count),
];
const singles = ({ image }: Layout, address: number, count: number) => [
  ...new Float32Array(image.buffer, address - BASE, count),
];
const doubles = ({ image }: Layout, address: number, count: number) => [
  ...new Float64Array(image.buffer, address - BASE, count),
];
const field = (layout: Layout, index: number) => words(layout, BASE, 24)[index]!;
const pairs = (model: Model) => field(planMemory(model, training), 3);

const simple = autoencoder({ features: 4, hidden: 2, nonlinearity: "relu", loss: "mse" });
const plain: Layer = { nonlinearity: "identity", bias: false };
const [bottleneck, output] = [plain, simple.layers[1]!];
const data = (inputs: DataSet["inputs"], targets = inputs): DataSet => ({ name: "other", inputs, targets });
const identity = oneHot(4).inputs;
const softmaxOf = (features: number) => autoencoder({ features, hidden: 2, loss: "cross-entropy" });

describe("the sweep over pairs of features", () => {
  test.each<[string, Partial<Model>]>([
    ["a tied model on one-hot data", {}],
    ["the same with an output bias", { layers: [bottleneck, { ...output, bias: true }] }],
    ["the same with unit-norm columns", { unitNorm: true }],
    ["softmax", { layers: [plain, plain], loss: "cross-entropy" }],
    ["softmax with an output bias", { layers: [plain, { ...plain, bias: true }], loss: "cross-entropy" }],
    ["softmax of 256 features", softmaxOf(256)],
  ])("serves %s", (_, change) => {
    expect(pairs({ ...simple, ...change })).toBe(1);
  });

  test.each<[string, Partial<Model>]>([
    ["an untied model", { tied: false }],
    ["three layers", { sizes: [4, 2, 2, 4], layers: [bottleneck, plain, output] }],
    ["softmax of more features", softmaxOf(257)],
    ["an output scale", { scale: 1 }],
    ["a nonlinearity of the bottleneck", { layers: [output, output] }],
    ["a bias of the bottleneck", { layers: [{ ...plain, bias: true }, output] }],
    ["amplitudes other than 1", { data: withAmplitudes([1, 1, 1, 2]) }],
    ["other inputs", { data: data(identity.toReversed(), identity) }],
    ["other targets", { data: data(identity, identity.toReversed()) }],
    ["a part of the one-hot samples", { data: data(identity.slice(0, 3)) }],
  ])("does not serve %s", (_, change) => {
    expect(pairs({ ...simple, ...change })).toBe(0);
  });
});

describe("step sizes turn the accumulated gradient into that of the mean loss", () => {
  // Of the summed loss's gradient under squared error, a sweep over pairs accumulates 1/4 without a bias, all else 1/2.
  test.each<[string, Partial<Model>, number]>([
    ["pairs", {}, 4 / 16],
    ["pairs with a bias", { layers: [bottleneck, { ...output, bias: true }] }, 2 / 16],
    ["squared error", { tied: false }, 2 / 16],
    ["squared error with a bias", { tied: false, layers: [bottleneck, { ...output, bias: true }] }, 2 / 16],
    ["pairs under cross-entropy", { layers: [plain, plain], loss: "cross-entropy" }, 1 / 4],
    ["cross-entropy", { layers: [plain, plain], loss: "cross-entropy", tied: false }, 1 / 4],
  ])("%s", (_, change, factor) => {
    const layout = planMemory({ ...simple, ...change }, training);
    expect(singles(layout, field(layout, 20), 2)).toEqual([0.5 * factor, 0.5 * factor]);
  });
});

test("activations share the room of the sums exactly where the nonlinearity is the identity", () => {
  const layout = planMemory(simple, training);
  const [first, second] = [0, 1].map((i) => words(layout, field(layout, 9) + 36 * i, 9));
  expect(first![6]).toBe(first![5]);
  // Four sums of 16 bytes lie between.
  expect(second![6]).toBe(second![5]! + 64);
});

test("under softmax there are two sets of layers, with the same parameters and rooms of their own", () => {
  const layers = [{ nonlinearity: "relu" as const, bias: true }, plain];
  const layout = planMemory({ ...simple, layers, loss: "cross-entropy" }, training);
  const layer = (index: number) => words(layout, field(layout, 9) + 36 * index, 9);
  const all = [0, 1, 2, 3].map(layer);
  expect(all.slice(2).map((words) => words.slice(0, 5))).toEqual(all.slice(0, 2).map((words) => words.slice(0, 5)));
  // Four for a layer, of which two are one where the nonlinearity is the identity.
  expect(new Set(all.flatMap((words) => words.slice(5))).size).toBe(2 * (4 + 3));
});

test("a sweep over pairs under softmax has room for them before the seeds begin", () => {
  const layout = planMemory(softmaxOf(7), training);
  expect(layout.groups - words(layout, BASE + 96, 1)[0]!).toBe(16 * (5 * 7 + 7 * 6));
  expect(words(planMemory(simple, training), BASE + 96, 1)).toEqual([0]);
});

test("samples are stored by their entries that are not 0", () => {
  const rows = [
    [0, 0, 2, 0],
    [0, 0, 0, 0],
    [3, 0, 0, 0.1],
  ];
  const layout = planMemory({ ...simple, data: data(rows) }, training);
  for (const at of [10, 14]) {
    const [starts, columns, values32, values64] = words(layout, BASE + 4 * at, 4);
    expect(words(layout, starts!, 4)).toEqual([0, 1, 1, 3]);
    expect(words(layout, columns!, 3)).toEqual([2, 0, 3]);
    expect(singles(layout, values32!, 3)).toEqual([2, 3, Math.fround(0.1)]);
    expect(doubles(layout, values64!, 3)).toEqual([2, 3, 0.1]);
  }
});
