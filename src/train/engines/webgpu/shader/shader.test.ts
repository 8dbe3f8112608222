import { describe, expect, test } from "vitest";
import { autoencoder } from "../../../../models/autoencoder.ts";
import { kHot } from "../../../../models/data/data.ts";
import { type Model, validate } from "../../../../models/model.ts";
import { withAmplitudes } from "../../../../models/testing/amplitudes.ts";
import { exampleModels } from "../../testing/models.ts";
import { planKernel } from "../plan.ts";
import { writeShader } from "./shader.ts";

const relu = { nonlinearity: "relu", loss: "mse" } as const;
const limits = { maxComputeWorkgroupStorageSize: 16384, maxComputeInvocationsPerWorkgroup: 256 };
const write = (model: Model, memory = 16384) =>
  writeShader(planKernel(model, { ...limits, maxComputeWorkgroupStorageSize: memory }));

describe("the text, for review", () => {
  test.each([
    ["tied-relu-40-2", autoencoder({ features: 40, hidden: 2, ...relu })],
    ["untied-softmax-40-2", autoencoder({ features: 40, hidden: 2, loss: "cross-entropy", tied: false })],
    [
      "tied-gelu-bias-20-3",
      autoencoder({ features: 20, hidden: 3, nonlinearity: "gelu", loss: "mse", outputBias: true }),
    ],
    ["unit-norm-scale", exampleModels["unit norm and scale"]!],
    ["four-layers", exampleModels["four layers, tied, all nonlinearities"]!],
  ])("%s", async (name, model) => {
    await expect(write(model)).toMatchFileSnapshot(`snapshots/${name}.wgsl`);
  });

  test("two-hot-spilled", async () => {
    const model = autoencoder({ features: 40, hidden: 5, ...relu, outputBias: true, data: kHot(40, 2) });
    await expect(write(model)).toMatchFileSnapshot("snapshots/two-hot-spilled.wgsl");
  });
});

test.each(Object.entries(exampleModels))("is well formed: %s", (_, model) => {
  const text = write(model);
  expect(text).not.toMatch(/undefined|NaN|Infinity|\[object/);
  expect(text.split("{").length).toBe(text.split("}").length);
  // Every name that is declared for the workgroup is used.
  for (const [, name] of text.matchAll(/var<workgroup> (\w+)/g))
    expect(text.split(new RegExp(`\\b${name}\\b`)).length, name).toBeGreaterThan(2);
});

test("depends on the form of the data, not on its values", () => {
  const amplitudes = (values: number[]) =>
    write(autoencoder({ features: 3, hidden: 2, ...relu, data: withAmplitudes(values) }));
  expect(amplitudes([0.5, 1, 2])).toBe(amplitudes([0.1, 0.2, 0.3]));
  expect(amplitudes([0.5, 1, 2])).not.toBe(amplitudes([1, 1, 1]));
});

test("what would be written out more than sixteen times is a loop", () => {
  const wide = validate({
    ...autoencoder({ features: 20, hidden: 2, ...relu }),
    sizes: [20, 18, 19, 20],
    layers: (["identity", "relu", "relu"] as const).map((nonlinearity) => ({ nonlinearity, bias: false })),
    tied: false,
  });
  const chain = write(wide, 2 ** 17);
  // Layer 1 forward, by its 19 rows, and backward.
  expect(chain.match(/for \(var r = 0u; r < 19u; r\+\+\)/g)).toHaveLength(2);
  const one = validate({ ...wide, sizes: [20, 20], layers: [{ nonlinearity: "relu", bias: true }] });
  expect(write(one, 2 ** 17)).toContain("for (var k = 0u; k < 20u; k++) {");
});

test("frozen parameters are never written", () => {
  const text = write(exampleModels["frozen embedding"]!);
  expect(text.match(/\bweight0\[[^\]]*\] = /g)).toHaveLength(1);
  expect(text.match(/\bweight1\[[^\]]*\] = /g)).toHaveLength(2);
});
