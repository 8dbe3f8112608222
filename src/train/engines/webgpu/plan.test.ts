import { describe, expect, test } from "vitest";
import { autoencoder } from "../../../models/autoencoder.ts";
import { kHot, oneHot } from "../../../models/data/data.ts";
import { validate } from "../../../models/model.ts";
import { InputError } from "../../../util/check.ts";
import { exampleModels } from "../testing/models.ts";
import { planKernel, rateFactor } from "./plan.ts";

const relu = { nonlinearity: "relu", loss: "mse" } as const;
/** The least that WebGPU guarantees. */
const limits = { maxComputeWorkgroupStorageSize: 16384, maxComputeInvocationsPerWorkgroup: 256 };
const tied = (features: number, hidden: number) => autoencoder({ features, hidden, ...relu });

describe("lanes", () => {
  test.each([
    // One lane a feature, and so many seeds that at most a tenth of the lanes of 32 idles.
    [40, 40, 3],
    [32, 32, 1],
    [100, 100, 2],
    // Beyond 128 features several a lane.
    [300, 100, 2],
    // 144 of 160 lanes: exactly a tenth idles.
    [72, 72, 2],
  ])("%i features: %i a seed, %i seeds a workgroup", (features, threadsPerSeed, seedsPerGroup) => {
    const plan = planKernel(tied(features, 2), limits);
    expect([plan.threadsPerSeed, plan.seedsPerGroup]).toEqual([threadsPerSeed, seedsPerGroup]);
  });

  test("no more than the device has, in a workgroup or for a seed", () => {
    const small = { ...limits, maxComputeInvocationsPerWorkgroup: 48 };
    const plan = planKernel(tied(40, 2), small);
    expect([plan.threadsPerSeed, plan.seedsPerGroup]).toEqual([40, 1]);
    expect(planKernel(tied(100, 2), small).threadsPerSeed).toBe(34);
  });

  test("the fewest seeds of those workgroups that are equally full", () => {
    // 50 of 64 lanes, or 100 of 128.
    const plan = planKernel(tied(50, 2), { ...limits, maxComputeInvocationsPerWorkgroup: 127 });
    expect([plan.threadsPerSeed, plan.seedsPerGroup]).toEqual([50, 1]);
  });

  test("no more seeds than workgroup memory holds", () => {
    const model = autoencoder({ features: 40, hidden: 20, ...relu, tied: false });
    const { seedsPerGroup } = planKernel(model, { ...limits, maxComputeWorkgroupStorageSize: 2 ** 15 });
    expect(seedsPerGroup).toBe(2);
    expect(planKernel(model, limits).seedsPerGroup).toBe(1);
  });
});

describe("workgroup memory", () => {
  const model = autoencoder({ features: 40, hidden: 2, ...relu, outputBias: true, data: kHot(40, 2) });

  test("what does not fit beside the parameters is spilled, the largest first", () => {
    // 780 samples × 8 bytes for each of output0 and delta0.
    const place = (bytes: number) => {
      const plan = planKernel(model, { ...limits, maxComputeWorkgroupStorageSize: bytes });
      const where = (name: string) => plan.shared.get(name)!.spilled;
      return [plan.scratch, where("output0"), where("delta0"), where("weight0"), where("bias1")];
    };
    expect(place(16384)).toEqual([0, null, null, null, null]);
    expect(place(8192)).toEqual([780, null, 0, null, null]);
    expect(place(4096)).toEqual([1560, 780, 0, null, null]);
  });

  test("is used to its last byte, but for 64 that the shader's own variables take", () => {
    // weight0: 40 × 8 bytes, bias1: 40 × 4, both twice; squares: 40 × 4.
    const pairs = autoencoder({ features: 40, hidden: 2, ...relu, outputBias: true });
    const exactly = 2 * (320 + 160) + 160 + 64;
    const within = (bytes: number) => planKernel(pairs, { ...limits, maxComputeWorkgroupStorageSize: bytes });
    expect(within(exactly).seedsPerGroup).toBe(1);
    expect(() => within(exactly - 1)).toThrow(`${exactly} bytes`);
    // Here weight0 and squares once, the bias once, and 780 × 8 bytes for each of output0 and delta0.
    const samples = 320 + 160 + 160 + 2 * 6240 + 64;
    const scratch = (bytes: number) => planKernel(model, { ...limits, maxComputeWorkgroupStorageSize: bytes }).scratch;
    expect(scratch(samples)).toBe(0);
    expect(scratch(samples - 1)).toBe(780);
  });

  test("the largest is spilled wherever it stands among the others", () => {
    const data = kHot(8, 2);
    const deep = validate({
      ...autoencoder({ features: 8, hidden: 2, ...relu, tied: false, data }),
      sizes: [8, 2, 6, 3, 8],
      layers: (["identity", "relu", "relu", "relu"] as const).map((nonlinearity) => ({
        nonlinearity,
        bias: false,
      })),
    });
    const { shared } = planKernel(deep, { ...limits, maxComputeWorkgroupStorageSize: 2000 });
    const spilled = [...shared.values()].filter((s) => s.spilled !== null).map((s) => s.name);
    // 28 samples × 32 bytes for 6 numbers, × 16 for 3, × 8 for 2.
    expect(spilled).toEqual(["output1", "delta1"]);
  });

  test("parameters that do not fit are an error", () => {
    const large = autoencoder({ features: 1000, hidden: 50, ...relu, tied: false });
    const plan = () => planKernel(large, limits);
    expect(plan).toThrow(InputError);
    expect(plan).toThrow(
      /its parameters take 416576 bytes of workgroup memory \(sizes 1000, 50, 1000\); expected at most 16384; .*"wasm"/,
    );
  });
});

test("only tied one-hot models without anything in between go by pairs", () => {
  const byPairs = Object.entries(exampleModels)
    .filter(([, model]) => planKernel(model, limits).pairs)
    .map(([name]) => name);
  expect(byPairs).toEqual([
    "tied ReLU, d = 2",
    "tied ReLU, d = 3",
    "tied ReLU, d = 5",
    "tied ReLU, d = 1",
    "tied GELU, d = 2",
    "tied GELU, d = 3",
    "tied linear",
    "tied ReLU with output bias, d = 2",
    "tied ReLU with output bias, d = 4",
    "tied GELU with output bias, d = 3",
    "unit norm, tied, fast path",
    "frozen bias",
    "frozen weight, tied",
  ]);
});

test("three layers do not go by pairs", () => {
  const model = validate({
    ...tied(5, 2),
    sizes: [5, 2, 5, 5],
    layers: (["identity", "identity", "relu"] as const).map((nonlinearity) => ({
      nonlinearity,
      bias: false,
    })),
    tied: false,
  });
  expect(planKernel({ ...model, tied: true }, limits).pairs).toBe(false);
});

test("the rate makes up for what the shader leaves out of the gradient", () => {
  const factor = (options: object) =>
    rateFactor(planKernel(autoencoder({ features: 5, hidden: 2, ...relu, ...options }), limits)) * 25;
  expect(factor({})).toBeCloseTo(4, 12);
  expect(factor({ outputBias: true })).toBeCloseTo(2, 12);
  expect(factor({ tied: false })).toBeCloseTo(2, 12);
  const softmax = { nonlinearity: "identity", loss: "cross-entropy", tied: false };
  expect(factor(softmax)).toBeCloseTo(5, 12);
});

test("derivatives go down to the lowest layer that trains", () => {
  const frozen = autoencoder({ features: 5, hidden: 2, ...relu, tied: false, frozen: ["weight0"] });
  expect(planKernel(frozen, limits).lowest).toBe(1);
  expect(planKernel(autoencoder({ features: 5, hidden: 2, ...relu, data: oneHot(5) }), limits).lowest).toBe(0);
});
