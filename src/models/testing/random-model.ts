import fc from "fast-check";
import { type DataSet, kHot, oneHot, permuted, sparseUniform } from "../data/data.ts";
import { type Initialisation, type Layer, layout, type Model, nonlinearities, schemes, validate } from "../model.ts";
import { withAmplitudes } from "./amplitudes.ts";

/**
 * One of 2²⁰ evenly spaced numbers between the bounds: for the bounds used here exact in float32 and never 0. Unbiased,
 * because coincidences between weights put sums exactly on ReLU's kink, where rounding alone decides the slope.
 */
const real = (min: number, max: number) =>
  fc.noBias(fc.integer({ min: 0, max: 2 ** 20 - 1 })).map((k) => min + ((max - min) * (2 * k + 1)) / 2 ** 21);
const vector = (length: number, min: number, max: number) =>
  fc.array(real(min, max), { minLength: length, maxLength: length });

/**
 * Models of the whole family that an engine has to train, small enough to be quick: 2 to 4 layers, features 2 to 7,
 * inner sizes 1 to 4, any nonlinearities and biases, tied or not, unit-norm columns, output scale, frozen parameters,
 * both losses, every kind of data set, and both initialisation schemes with gains and given starting points.
 */
export function randomModel(): fc.Arbitrary<Model> {
  return fc
    .record({
      features: fc.integer({ min: 2, max: 7 }),
      inner: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
      outputs: fc.integer({ min: 2, max: 7 }),
      tied: fc.boolean(),
      sameOutputs: fc.boolean(),
      loss: fc.constantFrom("mse" as const, "cross-entropy" as const),
    })
    .chain(({ features, inner, outputs, tied, sameOutputs, loss }) => {
      const sizes = [features, ...inner, tied || sameOutputs ? features : outputs];
      // A tied chain is the same at both ends: the last inner size is that of the first.
      if (tied) sizes[sizes.length - 2] = sizes[1]!;
      return fc
        .record({
          layers: randomLayers(sizes.length - 1, loss === "cross-entropy"),
          data: randomData(features, sizes.at(-1)!),
          unitNorm: fc.boolean(),
          scale: fc.option(real(0.5, 2), { freq: 2 }),
        })
        .map((rest) => ({ sizes, tied, loss, ...rest }));
    })
    .chain((shape) => {
      const open: Model = { ...shape, frozen: [], initialisation: { scheme: "torch" } };
      return fc
        .record({ frozen: randomFrozen(open), initialisation: randomInitialisation(open) })
        .map((rest) => validate({ ...open, ...rest }));
    });
}

function randomLayers(count: number, identityLast: boolean): fc.Arbitrary<Layer[]> {
  const layer = fc.record({ nonlinearity: fc.constantFrom(...nonlinearities), bias: fc.boolean() });
  return fc
    .array(layer, { minLength: count, maxLength: count })
    .map((layers) => layers.map((l, i) => (identityLast && i === count - 1 ? { ...l, nonlinearity: "identity" } : l)));
}

function randomData(features: number, outputs: number): fc.Arbitrary<DataSet> {
  const mixed = fc.integer({ min: 1, max: 6 }).chain((samples) => {
    const rows = (width: number, min: number) =>
      fc.array(vector(width, min, 1), { minLength: samples, maxLength: samples });
    return fc.record({
      name: fc.constant("arbitrary"),
      inputs: rows(features, -1),
      targets: rows(outputs, 0),
    });
  });
  if (outputs !== features) return mixed;
  const indices = Array.from({ length: features }, (_, i) => i);
  const same = fc.oneof(
    fc.constant(oneHot(features)),
    vector(features, 0.25, 2).map(withAmplitudes),
    fc.integer({ min: 1, max: Math.min(3, features) }).map((active) => kHot(features, active)),
    fc
      .record({
        sparsity: real(0, 0.875),
        samples: fc.integer({ min: 1, max: 10 }),
        seed: fc.integer({ min: 0, max: 1000 }),
      })
      .map((options) => sparseUniform(features, options)),
  );
  const moved = fc
    .tuple(same, fc.shuffledSubarray(indices, { minLength: features, maxLength: features }))
    .map(([data, permutation]) => permuted(data, permutation));
  return fc.oneof(same, moved, mixed);
}

/** Any parameters may be frozen, but not all of them, nor columns that are kept at norm 1. */
function randomFrozen(model: Model): fc.Arbitrary<string[]> {
  const names = layout(model).slots.map((slot) => slot.name);
  const allowed = names.filter((name) => !(model.unitNorm && name === "weight0"));
  const some = fc.subarray(allowed, { maxLength: Math.min(allowed.length, names.length - 1) });
  return fc.oneof({ arbitrary: fc.constant<string[]>([]), weight: 2 }, { arbitrary: some, weight: 1 });
}

function randomInitialisation(model: Model): fc.Arbitrary<Initialisation> {
  const { slots } = layout(model);
  const scheme = fc.constantFrom(...schemes);
  const plain = scheme.map((s): Initialisation => ({ scheme: s }));
  const changed = fc
    .record({
      scheme,
      scaled: fc.subarray(slots.map((slot) => slot.name)),
      given: fc.subarray([...slots]),
      gain: real(0.5, 2),
      noise: fc.constantFrom(0, 0.1),
    })
    .chain(({ scheme: s, scaled, given, gain, noise }) =>
      fc.tuple(...given.map((slot) => vector(slot.rows * slot.cols, -1, 1))).map(
        (values): Initialisation => ({
          scheme: s,
          gain: Object.fromEntries(scaled.map((name) => [name, gain])),
          at: Object.fromEntries(given.map((slot, i) => [slot.name, values[i]!])),
          noise,
        }),
      ),
    );
  return fc.oneof({ arbitrary: plain, weight: 2 }, { arbitrary: changed, weight: 1 });
}
