import fc from "fast-check";
import { mersenne } from "pure-rand/generator/mersenne";
import { autoencoder, exactClaim, models } from "../../src/index.ts";
import { indices, integers, mean } from "../helpers.ts";

/** The weights and biases that a seed starts from (B4e). */

const shapes = fc.record({
  seed: integers(0, 1_000_000),
  n: integers(1, 12),
  d: integers(1, 5),
  hiddenBias: fc.boolean(),
  outputBias: fc.boolean(),
});
type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

exactClaim("B4e the initialisation of the note's code", {
  row: "B4",
  role: "instrument",
  claim:
    "A seed starts from PyTorch's uniform numbers within ±1/√fan-in, bit for bit: embedding, hidden bias, unembedding, end bias, in this order.",
  operationalisation:
    "From MT19937, in float32. The note's code has two versions, which differ for tied models. The older initialisation scheme draws an unembedding too, drops it, and has the end bias within ±1/√d. The newer one draws no unembedding and has the end bias within ±1/√n.",
  properties: {
    untied: fc.property(shapes, startsBy({ scheme: "older", tied: false, endFanIn: "d" })),
    "tied, older initialisation scheme": fc.property(shapes, startsBy({ scheme: "older", tied: true, endFanIn: "d" })),
    "tied, newer initialisation scheme": fc.property(shapes, startsBy({ scheme: "newer", tied: true, endFanIn: "n" })),
    "near given weights: noise with the deviation asked for, two thirds of it within": () => {
      const start = { scheme: "torch" as const, at: { weight0: new Array<number>(200).fill(3) }, noise: 0.5 };
      const model = autoencoder({ features: 100, hidden: 2, loss: "mse", initialisation: start });
      const noise = indices(50).flatMap((seed) => [...models.initialise(model, seed)].map((x) => x - 3));
      const within = noise.filter((x) => Math.abs(x) < 0.5).length / noise.length;
      return Math.abs(mean(noise.map((x) => x * x)) - 0.25) < 0.01 && Math.abs(within - 0.6827) < 0.02;
    },
  },
  nearMiss: {
    "tied, older initialisation scheme, with the end bias within ±1/√n": fc.property(
      shapes,
      startsBy({ scheme: "older", tied: true, endFanIn: "n" }),
    ),
  },
});

type Scheme = Readonly<{ scheme: "older" | "newer"; tied: boolean; endFanIn: "n" | "d" }>;

/** Embedding and hidden bias by n inputs, an unembedding by d unless the newer scheme leaves it out, an end bias by `endFanIn`. */
function startsBy({ scheme, tied, endFanIn }: Scheme) {
  return (shape: Shape) => {
    const { seed, n, d, hiddenBias, outputBias } = shape;
    const draw = drawing(seed);
    const first = [...draw(n * d, n), ...(hiddenBias ? draw(d, n) : [])];
    const unembedding = scheme === "older" ? draw(n * d, d) : [];
    const endBias = outputBias ? draw(n, shape[endFanIn]) : [];
    const expected = [...first, ...(tied ? [] : unembedding), ...endBias];
    const initialisation = scheme === "older" ? "torch" : "torch-tied-bias";
    const options = { features: n, hidden: d, loss: "mse", tied, hiddenBias, outputBias } as const;
    const found = models.initialise(autoencoder({ ...options, initialisation }), seed);
    return found.length === expected.length && expected.every((x, k) => x === found[k]);
  };
}

/** Float32 uniforms as PyTorch makes them: the low 24 bits of MT19937's numbers over 2²⁴, scaled to ±1/√fan-in. */
function drawing(seed: number) {
  const generator = mersenne(seed);
  return (count: number, fanIn: number) =>
    indices(count).map(() => {
      const bound = Math.fround(1 / Math.sqrt(fanIn));
      return Math.fround(((generator.next() & 0xffffff) / 2 ** 24) * 2 * bound - bound);
    });
}
