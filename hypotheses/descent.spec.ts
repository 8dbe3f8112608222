import fc from "fast-check";
import { mersenne } from "pure-rand/generator/mersenne";
import { always, autoencoder, hypothesis, initialise } from "../src/index.ts";
import {
  compared,
  crossEntropy,
  exact,
  features,
  few,
  isSame,
  type Off,
  reading,
  relu,
  same,
  squaredError,
  twice,
} from "./descent-setup.ts";
import { biased, section as endBias, scaled } from "./relu-mse/end-bias-setup.ts";
import { hidden, section as hiddenBias } from "./relu-mse/hidden-bias-setup.ts";
import { untied, section as untiedSection } from "./relu-mse/untied-setup.ts";

/**
 * What a seed starts from and what training does with it, for the models that T8b leaves out: biases (B4e, B4f, H2d), softmax
 * (C1b), unit norm and scale (B9b), frozen weights (U7c). wᵢ are the embedding's columns, uⱼ the unembedding's rows, a and b
 * the hidden and the end bias, s the scale.
 */

const meanOf = { squared: features ** 2, entropy: features };

/** What float32 uniforms of PyTorch's generator are: the low 24 bits of MT19937's numbers over 2²⁴, scaled to ±1/√fan-in. */
function drawn(seed: number) {
  const generator = mersenne(seed);
  return (count: number, fanIn: number) =>
    Array.from({ length: count }, () => {
      const bound = Math.fround(1 / Math.sqrt(fanIn));
      return Math.fround(((generator.next() & 0xffffff) / 2 ** 24) * 2 * bound - bound);
    });
}
const shapes = fc.record({
  seed: fc.integer({ min: 0, max: 1_000_000 }),
  n: fc.integer({ min: 1, max: 12 }),
  d: fc.integer({ min: 1, max: 5 }),
  hiddenBias: fc.boolean(),
  outputBias: fc.boolean(),
});
type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;
const starts = (
  { seed, n, d, hiddenBias, outputBias }: Shape,
  model: { tied: boolean; scheme?: "torch" | "torch-tied-bias" },
  expected: (draw: ReturnType<typeof drawn>, kept: (part: number[]) => void) => void,
) => {
  const found = initialise(
    autoencoder({
      features: n,
      hidden: d,
      loss: "mse",
      hiddenBias,
      outputBias,
      tied: model.tied,
      initialisation: model.scheme ?? "torch",
    }),
    seed,
  );
  const wanted: number[] = [];
  expected(drawn(seed), (part) => wanted.push(...part));
  return found.length === wanted.length && wanted.every((x, k) => x === found[k]);
};
/** Embedding and hidden bias by n inputs, unembedding and end bias by d; a tied model draws an unembedding and drops it. */
const older = (shape: Shape, tied: boolean, endFanIn = shape.d) =>
  starts(shape, { tied }, (draw, kept) => {
    const { n, d } = shape;
    kept(draw(n * d, n));
    if (shape.hiddenBias) kept(draw(d, n));
    const unembedding = draw(n * d, d);
    if (!tied) kept(unembedding);
    if (shape.outputBias) kept(draw(n, endFanIn));
  });

hypothesis("B4e the note's starting points", {
  claim:
    "A seed starts from PyTorch's uniform numbers within ±1/√fan-in, bit for bit: embedding, hidden bias, unembedding, end bias, in this order.",
  section: endBias,
  reading:
    "From MT19937, in float32. A tied model draws its unembedding too and drops it in the older version of the note's code; in the newer one it does not, and its end bias is within ±1/√n instead of ±1/√d.",
  properties: {
    untied: fc.property(shapes, (shape) => older(shape, false)),
    "tied, older code": fc.property(shapes, (shape) => older(shape, true)),
    "tied, newer code": fc.property(shapes, (shape) =>
      starts(shape, { tied: true, scheme: "torch-tied-bias" }, (draw, kept) => {
        kept(draw(shape.n * shape.d, shape.n));
        if (shape.hiddenBias) kept(draw(shape.d, shape.n));
        if (shape.outputBias) kept(draw(shape.n, shape.n));
      }),
    ),
    "near given weights: noise with the deviation asked for, two thirds of it within": () => {
      const start = { scheme: "torch" as const, at: { weight0: new Array<number>(200).fill(3) }, noise: 0.5 };
      const model = autoencoder({ features: 100, hidden: 2, loss: "mse", initialisation: start });
      const noise = Array.from({ length: 50 }, (_, seed) =>
        [...initialise(model, seed)].map((x) => x - 3),
      ).flat();
      const share = noise.filter((x) => Math.abs(x) < 0.5).length / noise.length;
      const square = noise.reduce((sum, x) => sum + x * x, 0) / noise.length;
      return Math.abs(square - 0.25) < 0.01 && Math.abs(share - 0.6827) < 0.02;
    },
  },
  nearMiss: {
    "tied, older code, with the end bias within ±1/√n": fc.property(shapes, (shape) =>
      older(shape, true, shape.n),
    ),
  },
});

hypothesis("B4f training moves end biases like columns", {
  claim:
    "Training a tied model with an end bias is plain gradient descent of columns and biases on the mean squared error.",
  section: endBias,
  kind: "dynamics",
  reading: reading("Σᵢⱼ (ReLU(wᵢ·wⱼ + bⱼ) − δᵢⱼ)²/n²"),
  given: few(biased(features)),
  endPoints: false,
  observe: (run) =>
    compared(run, {
      loss: (at) => squaredError(at, relu),
      terms: meanOf.squared,
    }),
  expect: same,
  control: twice,
  witness: exact,
});

hypothesis("H2d training moves hidden biases like columns", {
  claim:
    "Training a model with a hidden bias, tied or untied, with an end bias or without, is plain gradient descent of weights and biases on the mean squared error.",
  section: hiddenBias,
  kind: "dynamics",
  reading: reading("Σᵢⱼ (ReLU(uⱼ·(wᵢ + a) + bⱼ) − δᵢⱼ)²/n², uⱼ = wⱼ where tied"),
  given: {
    tied: few(hidden(features)),
    untied: few(hidden(features, { tied: false })),
    "tied, end bias too": few(hidden(features, { outputBias: true })),
    "untied, end bias too": few(hidden(features, { tied: false, outputBias: true })),
  },
  endPoints: false,
  observe: (run) => compared(run, { loss: (at) => squaredError(at, relu), terms: meanOf.squared }),
  expect: same,
  control: twice,
  witness: exact,
});

const softmax = (tied: boolean, outputBias: boolean) =>
  autoencoder({ features, hidden: 2, loss: "cross-entropy", tied, outputBias });

hypothesis("C1b softmax training is plain gradient descent", {
  claim:
    "Under softmax, tied or untied, with an end bias or without, training is plain gradient descent on the mean cross-entropy.",
  section: "Softmax + cross-entropy · tied, no bias",
  kind: "dynamics",
  reading: reading("Σᵢ −ln (exp zᵢᵢ/Σⱼ exp zᵢⱼ)/n, zᵢⱼ = uⱼ·wᵢ + bⱼ"),
  given: {
    tied: few(softmax(true, false)),
    untied: few(softmax(false, false)),
    "tied, end bias": few(softmax(true, true)),
    "untied, end bias": few(softmax(false, true)),
  },
  endPoints: false,
  observe: (run) => compared(run, { loss: crossEntropy, terms: meanOf.entropy }),
  expect: same,
  control: twice,
  witness: exact,
});

type Scaled = Off & { "scale at the start": number };

hypothesis("B9b training with unit norm and a scale", {
  claim:
    "A scale starts where it is told and trains by plain gradient descent like columns and biases; columns are put back to norm 1 after every step.",
  section: endBias,
  kind: "dynamics",
  reading: `${reading("Σᵢⱼ (s ReLU(wᵢ·wⱼ + bⱼ) − δᵢⱼ)²/n²")} The norm counts only the part of the gradient across the columns that are kept at norm 1. The scale starts at 2.`,
  given: { "unit norm": few(scaled(features, 2)), "free norms": few(scaled(features, 2, false)) },
  endPoints: false,
  observe: (run): Scaled => ({
    ...compared(run, {
      loss: (at) => squaredError(at, (z) => at.s[0]![0]! * relu(z)),
      terms: meanOf.squared,
      unitNorm: run.model.unitNorm,
    }),
    "scale at the start": run.checkpoints[0]!.scale!,
  }),
  expect: always(
    (o: Scaled) => isSame(o) && o["scale at the start"] === 2,
    "the same numbers, from a scale of 2",
  ),
  control: twice,
  witness: { ...exact, "scale at the start": 2 },
});

hypothesis("U7c frozen weights stay", {
  claim:
    "Where the written vectors are frozen they stay, and the readers train by plain gradient descent; likewise the other way round.",
  section: untiedSection,
  kind: "dynamics",
  reading: reading("Σᵢⱼ (ReLU(uⱼ·wᵢ) − δᵢⱼ)²/n²"),
  given: {
    "written vectors frozen": few(untied("relu", features, { frozen: ["weight0"] })),
    "readers frozen": few(untied("relu", features, { frozen: ["weight1"] })),
  },
  endPoints: false,
  observe: (run) =>
    compared(run, {
      loss: (at) => squaredError(at, relu),
      terms: meanOf.squared,
      frozen: run.model.frozen.includes("weight1") ? "u" : "w",
    }),
  expect: same,
  control: { name: "nothing frozen", model: untied("relu", features) },
  witness: exact,
});
