import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { autoencoder } from "../models/autoencoder.ts";
import { balanced } from "../models/data/balanced.ts";
import { kHot, sparseUniform } from "../models/data/data.ts";
import { layout, type Model, nonlinearities, schemes, validate } from "../models/model.ts";
import { withAmplitudes } from "../models/testing/amplitudes.ts";
import { engineNames } from "../train/engines/registry.ts";
import { type Recipe, recipe } from "../train/recipe.ts";
import { parseArguments, type Request } from "./arguments.ts";
import { exploreCommand } from "./command.ts";
import { toData } from "./data.ts";

const training = recipe({ steps: 100, rate: 2 });
const model = autoencoder({ features: 5, hidden: 2, loss: "mse", nonlinearity: "relu" });

test("the command of a plain run is short", () => {
  expect(exploreCommand(model, training, 17)).toBe(
    "npm run explore -- --features 5 --hidden 2 --tied --loss mse --nonlinearity relu" +
      " --steps 100 --lr 2 --tolerance 0.001 --seeds 17",
  );
  expect(exploreCommand(model, training, 17, "wasm")).toMatch(/ --seeds 17 --engine wasm$/);
});

test("the command of a chain, and of other data", () => {
  const chain = { ...model, tied: false, sizes: [5, 8, 2, 5], layers: [model.layers[0]!, ...model.layers] };
  expect(exploreCommand(chain, training, 1)).toContain("--features 5 --hidden 8,2 --untied --loss mse");
  expect(exploreCommand({ ...model, data: kHot(5, 2) }, training, 1)).toContain(" --data k-hot --active 2 --steps");
});

const positive = fc.double({ min: 0, max: 1e3, minExcluded: true, noNaN: true });
/** What float32 can hold, without −0, which would be printed as 0. */
const gain = fc.double({ noNaN: true, min: -1e30, max: 1e30 }).map((x) => x + 0);
const count = fc.integer({ min: 1, max: 12 });

const options = fc.constantFrom("mse" as const, "cross-entropy" as const).chain((loss) =>
  fc.record({
    features: count,
    hidden: count,
    loss: fc.constant(loss),
    nonlinearity: loss === "mse" ? fc.constantFrom(...nonlinearities) : fc.constant("identity" as const),
    tied: fc.boolean(),
    hiddenBias: fc.boolean(),
    outputBias: fc.boolean(),
    hiddenNonlinearity: fc.constantFrom(...nonlinearities),
    unitNorm: fc.boolean(),
    scale: fc.option(gain),
    initialisation: fc.constantFrom(...schemes),
  }),
);

/** A two-layer model, with some of its parameters frozen and some drawn larger or smaller. */
const models: fc.Arbitrary<Model> = options.chain((given) => {
  const plain = autoencoder(given);
  const names = layout(plain).slots.map((slot) => slot.name);
  const scheme = plain.initialisation.scheme;
  return fc
    .record({
      frozen: fc.subarray(names.slice(1)),
      gain: fc.uniqueArray(fc.tuple(fc.constantFrom(...names), gain), { selector: ([name]) => name }),
    })
    .map(({ frozen, gain }) =>
      autoencoder({
        ...given,
        frozen,
        initialisation: gain.length > 0 ? { scheme, gain: Object.fromEntries(gain) } : { scheme },
      }),
    );
});

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }).map((x) => x + 0);
const recipes: fc.Arbitrary<Recipe> = fc
  .record({
    steps: fc.integer({ min: 1, max: 1e6 }),
    rate: fc.oneof(
      positive,
      fc.record({ initial: positive, max: positive, final: positive, warmup: fraction }),
      fc.record({ rate: positive, warmup: fraction }).map(({ rate, warmup }) => ({
        initial: rate,
        max: rate,
        final: rate,
        warmup,
      })),
    ),
    convergence: fc.record({
      gradientNorm: positive,
      every: fc.option(fc.integer({ min: 1, max: 1000 })),
    }),
    checkpoints: fc.record({
      count: fc.nat({ max: 50 }),
      spacing: fc.constantFrom("even" as const, "log" as const),
    }),
  })
  .map(recipe);

const data = (features: number) =>
  fc.oneof(
    fc.record({ data: fc.constant("k-hot" as const), active: fc.integer({ min: 1, max: Math.min(features, 4) }) }),
    fc.record({
      data: fc.constant("sparse-uniform" as const),
      sparsity: fc.double({ min: 0, max: 0.99, noNaN: true }).map((x) => x + 0),
      samples: fc.integer({ min: 1, max: 30 }),
      "data-seed": fc.nat({ max: 99 }),
    }),
  );
const withData = models.chain((m) => data(m.sizes[0]!).map((flags) => ({ ...m, data: toData(m.sizes[0]!, flags) })));

/** Some of them tied, where the last layer has the shape of the first one. */
const chains: fc.Arbitrary<Model> = fc
  .record({
    plain: models,
    inner: fc.array(fc.tuple(count, fc.constantFrom(...nonlinearities)), { minLength: 2, maxLength: 4 }),
    bias: fc.boolean(),
  })
  .map(({ plain, inner, bias }) => {
    const [features] = plain.sizes;
    const same = inner[0]![0] === inner.at(-1)![0];
    return validate({
      ...plain,
      sizes: [features!, ...inner.map(([size]) => size), features!],
      layers: [...inner.map(([, nonlinearity]) => ({ nonlinearity, bias })), plain.layers.at(-1)!],
      tied: plain.tied && same,
      frozen: [],
      initialisation: { scheme: plain.initialisation.scheme },
    });
  });

test.prop([
  fc.oneof(models, withData, chains),
  recipes,
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  fc.constantFrom(...engineNames),
])("parsed again gives the same model, recipe, seed and engine", (m, r, seed, engine) => {
  const words = exploreCommand(m, r, seed, engine)!.split(" ");
  expect(words.slice(0, 4)).toEqual(["npm", "run", "explore", "--"]);
  const request = parseArguments(words.slice(4)) as Request;
  expect(request.model).toEqual(m);
  expect(request.recipe).toEqual(r);
  expect(request.seeds).toEqual([seed]);
  expect(request.engine).toBe(engine);
});

describe("no command says", () => {
  const { layers } = model;
  test.each<[string, Model]>([
    [
      "a bias in some hidden layers",
      { ...model, tied: false, sizes: [5, 8, 2, 5], layers: [{ nonlinearity: "identity", bias: true }, ...layers] },
    ],
    ["a single layer", { ...model, sizes: [5, 5], layers: layers.slice(1), tied: false }],
    ["outputs that are not the features", { ...model, sizes: [5, 2, 4], tied: false }],
    ["other data", { ...model, data: balanced(kHot(5, 2), 3) }],
    ["data by the name of other ones", { ...model, data: { ...kHot(5, 2), name: "3-hot" } }],
    ["a sample whose seed is not told", { ...model, data: sparseUniform(5, { sparsity: 0.5, samples: 9, seed: 1 }) }],
    ["amplitudes", { ...model, data: withAmplitudes([1, 1, 1, 1, 2]) }],
    [
      "a given starting point",
      { ...model, initialisation: { scheme: "torch", at: { weight0: new Array(10).fill(0) } } },
    ],
    ["noise", { ...model, initialisation: { scheme: "torch", noise: 0.1 } }],
  ])("%s", (_, other) => {
    expect(exploreCommand(other, training, 1)).toBeNull();
  });
});
