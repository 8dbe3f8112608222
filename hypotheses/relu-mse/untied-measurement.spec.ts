import fc from "fast-check";
import {
  angleBetween,
  compose,
  cosine,
  distribution,
  dot,
  frameSpectrum,
  gradient,
  hypothesis,
  outerSum,
  type Point,
  prettyGoodVectors,
  type Run,
  recipe,
  reciprocalVectors,
  terms,
} from "../../src/index.ts";
import {
  type Activation,
  at,
  condition,
  degrees,
  fresh,
  frozenPair,
  mean,
  medianOf,
  nearPentagon,
  section,
  size,
  untied,
  weights,
} from "./untied-setup.ts";

/**
 * Untied, no bias: how far the analogy to quantum measurement goes (U8). Written vectors vᵢ stand for states, reading vectors
 * uⱼ for measurements; losses are summed over the n² outputs.
 */

/** Integer vectors that span, and are no multiples of one another. */
const spanning = fc
  .record({ d: fc.integer({ min: 2, max: 4 }), extra: fc.integer({ min: 0, max: 4 }) })
  .chain(({ d, extra }) =>
    fc.array(
      fc.array(
        fc.integer({ min: -9, max: 9 }).map((k) => k / 5),
        { minLength: d, maxLength: d },
      ),
      { minLength: d + extra, maxLength: d + extra },
    ),
  )
  .filter((vectors) => frameSpectrum(vectors)[0]! > 0.1);

/** Largest gradient of the summed loss by the unembedding. */
function steepest(
  nonlinearity: Activation | "identity",
  written: readonly Point[],
  reading: readonly Point[],
): number {
  const model = untied(nonlinearity, written.length, { hidden: written[0]!.length });
  const g = gradient(model, weights(written, reading)).gradient.slice(written.length * written[0]!.length);
  return terms(model) * Math.max(...g.map(Math.abs));
}

hypothesis("U8b reciprocal vectors are the best linear readers, pretty-good ones are not", {
  claim:
    "Without a nonlinearity the best readers are the reciprocal (dual-frame) vectors S⁻¹vᵢ, S = Σvᵢvᵢᵀ, for any number of vectors, and Σuᵢvᵢᵀ is then the identity; the pretty-good ones S^−½vᵢ are 45° − θ/2 away for two unit vectors θ apart.",
  section,
  reading:
    "The loss is convex in the readers, so they are best where the gradient by the unembedding vanishes.",
  properties: {
    "at the reciprocal vectors the linear loss has no gradient by the unembedding": fc.property(
      spanning,
      (v) => steepest("identity", v, reciprocalVectors(v)) < 1e-9,
    ),
    "Σuᵢvᵢᵀ = I: the readers resolve the identity as the elements of a POVM do": fc.property(spanning, (v) =>
      outerSum(reciprocalVectors(v), v).every((row, i) =>
        row.every((x, j) => Math.abs(x - (i === j ? 1 : 0)) < 1e-9),
      ),
    ),
    "pretty-good vectors of two unit vectors: 45° − θ/2 from the reciprocal ones": fc.property(
      fc.integer({ min: 5, max: 89 }),
      (angle) => {
        const v = [at(0), at(angle)];
        const [p, u] = [prettyGoodVectors(v), reciprocalVectors(v)];
        return p.every((x, i) => Math.abs(degrees(angleBetween(x, u[i]!)) - (45 - angle / 2)) < 1e-5);
      },
    ),
  },
  nearMiss: {
    "the same gradient at the pretty-good vectors": fc.property(
      spanning,
      (v) => steepest("identity", v, prettyGoodVectors(v)) < 1e-9,
    ),
    "the same gradient under ReLU": fc.property(
      spanning,
      (v) => steepest("relu", v, reciprocalVectors(v)) < 1e-9,
    ),
  },
});

/** Five written vectors that stay near norm 1 at uneven angles (noise 0.1), readers that start near them. */
function frozenFive(nonlinearity: Activation | "identity") {
  const vectors = [0, 25, 70, 150, 250].map(at);
  const weight0 = [0, 1].flatMap((row) => vectors.map((v) => v[row]!));
  return {
    model: untied(nonlinearity, 5, {
      frozen: ["weight0"],
      initialisation: { scheme: "torch", at: { weight0, weight1: vectors.flat() }, noise: 0.1 },
    }),
    recipe: recipe({ steps: 20_000, rate: 0.05 * 25, convergence: { gradientNorm: 1e-6, every: 1000 } }),
    seeds: fresh(256),
  };
}

const candidates = {
  "the written vector": (v: readonly Point[]) => v,
  "the pretty-good one": prettyGoodVectors,
  "the reciprocal one": reciprocalVectors,
};
type Candidate = keyof typeof candidates;

/** Mean cosine of the readers that show more than a tenth of their feature with what a theory would have them be. */
function likeness(run: Run, candidate: Candidate): number[] {
  const [v, u] = [run.points, run.unembedding];
  const ideal = candidates[candidate](v);
  const found = v.flatMap((p, i) => (dot(p, u[i]!) > 0.1 ? [cosine(u[i]!, ideal[i]!)] : []));
  return found.length > 0 ? [mean(found)] : [];
}

/** Of each reader but that of the longest written vector: how far (degrees) from perpendicular to some other written vector. */
function offSilence(run: Run): number {
  const [v, u] = [run.points, run.unembedding];
  const longest = v.reduce((best, p, i) => (size(p) > size(v[best]!) ? i : best), 0);
  const off = u.flatMap((row, j) =>
    j === longest
      ? []
      : [Math.min(...v.flatMap((p, i) => (i === j ? [] : [Math.abs(90 - degrees(angleBetween(row, p)))])))],
  );
  return Math.max(...off);
}

const quantum = {
  "two fixed vectors, 60°, ReLU": frozenPair("relu", 60, true),
  "five fixed vectors, linear": frozenFive("identity"),
  "five fixed vectors, ReLU": frozenFive("relu"),
  "five fixed vectors, GELU": frozenFive("gelu"),
  "five trained from the pentagon, ReLU": nearPentagon("relu"),
  "five trained from the pentagon, GELU": nearPentagon("gelu"),
  "ten trained in 2D, ReLU": condition("relu", 10),
  "ten trained in 3D, GELU": condition("gelu", 10, 3, 64),
};

hypothesis("U8 how deep the analogy to quantum measurement goes", {
  question:
    "Are trained reading vectors those of unambiguous discrimination (reciprocal vectors), of the pretty-good measurement, or neither?",
  section,
  reading:
    "Per seed the mean cosine of readers (those that show more than a tenth of their feature) with S⁻¹vᵢ, S^−½vᵢ and vᵢ, S = Σvᵢvᵢᵀ over all written vectors. The five fixed ones stand near 0°, 25°, 70°, 150° and 250°, and readers start near them. Medians with exact bounds over 256 seeds (64 in 3D, where they are within 0.07). Unambiguous discrimination asks a reader to be silent for every other state; last, how far from perpendicular to some other written vector a reader of the five trained ones is at most, the longest vector's reader left aside.",
  given: quantum,
  measure: (ensembles) => {
    const values = {
      ...Object.fromEntries(
        Object.keys(quantum).flatMap((label) =>
          (Object.keys(candidates) as Candidate[]).map((candidate) => [
            `${label}: cosine with ${candidate}`,
            medianOf(ensembles[label]!.runs.flatMap((run) => likeness(run, candidate))),
          ]),
        ),
      ),
      ...Object.fromEntries(
        ["ReLU", "GELU"].map((a) => [
          `five trained from the pentagon, ${a}: degrees from perpendicular, at most`,
          medianOf(ensembles[`five trained from the pentagon, ${a}`]!.runs.map(offSilence)),
        ]),
      ),
    };
    const like = (label: string) =>
      (Object.keys(candidates) as Candidate[])
        .map((candidate) => values[`${label}: cosine with ${candidate}`]!.value.toFixed(2))
        .join(" / ");
    const off = (a: string) =>
      values[`five trained from the pentagon, ${a}: degrees from perpendicular, at most`]!.value.toFixed(1);
    return {
      answer: `Cosine with the written / pretty-good / reciprocal vector: two acute vectors ${like("two fixed vectors, 60°, ReLU")}, five fixed and a linear readout ${like("five fixed vectors, linear")}: the reciprocal vectors of unambiguous discrimination (with more vectors than dimensions, of least squares). Five fixed under ReLU ${like("five fixed vectors, ReLU")}, trained too ${like("five trained from the pentagon, ReLU")}: neither. What is left is one-sided: all readers but that of the longest vector end within ${off("ReLU")}° (ReLU) or ${off("GELU")}° (GELU) of perpendicular to another's written vector.`,
      values,
    };
  },
  figure: (ensembles, { answer }) =>
    compose(
      { title: "What trained readers are like", subtitle: answer, columns: 2 },
      [
        "five fixed vectors, linear",
        "five fixed vectors, ReLU",
        "five trained from the pentagon, ReLU",
        "five trained from the pentagon, GELU",
      ].map((label) =>
        distribution({
          caption: label,
          label: "mean cosine of a seed's readers",
          conditions: (Object.keys(candidates) as Candidate[]).map((candidate) => ({
            label: `with ${candidate}`,
            values: ensembles[label]!.runs.flatMap((run) => likeness(run, candidate)),
          })),
          domain: [0.4, 1],
          width: 460,
        }),
      ),
    ),
});
