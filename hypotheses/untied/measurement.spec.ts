import fc from "fast-check";
import { charts, exactClaim, geometry, openQuestion, type Run, recipe } from "../../src/index.ts";
import { close, indices, mean, medianWithin, onSeedsFrom20000 } from "../helpers.ts";
import {
  annealed,
  atAngle,
  degrees,
  frozenAt,
  frozenPair,
  type Nonlinearity,
  nearPentagon,
  objectiveOf,
  offIdentity,
  spanningVectors,
  untied,
  type Vectors,
} from "./setup.ts";

/**
 * Untied, no bias: how far the analogy to quantum measurement goes (U8). Written vectors vᵢ stand for states, reading vectors
 * for measurements. With S = Σvᵢvᵢᵀ, S⁻¹vᵢ are the reciprocal vectors of unambiguous discrimination, S^−½vᵢ those of the
 * pretty-good measurement.
 */
const theories = {
  "the written vector": (v: Vectors) => v,
  "the pretty-good one": geometry.prettyGoodVectors,
  "the reciprocal one": geometry.reciprocalVectors,
};

/**
 * Per seed the mean cosine of the readers that show more than a tenth of their feature with what a theory would have them be;
 * nothing of a seed that has none.
 */
const meanCosines = (runs: readonly Run[], theory: (v: Vectors) => Vectors) =>
  runs.flatMap(({ points: v, unembedding: u }) => {
    const ideal = theory(v);
    const shown = indices(v.length).filter((i) => geometry.dot(v[i]!, u[i]!) > 0.1);
    return shown.length > 0 ? [mean(shown.map((i) => geometry.cosine(u[i]!, ideal[i]!)))] : [];
  });

/** Of each reader but that of the longest written vector: how far from perpendicular to some other written vector; the most. */
function degreesOffPerpendicular({ points: v, unembedding: u }: Run): number {
  const squares = v.map((p) => geometry.dot(p, p));
  const off = u.map((reader, j) => {
    const others = v.filter((_, i) => i !== j);
    return Math.min(...others.map((p) => Math.abs(90 - degrees(geometry.angleBetween(reader, p)))));
  });
  return Math.max(...off.filter((_, j) => squares[j]! < Math.max(...squares)));
}

/** Five written vectors of norm 1 at uneven angles, frozen; readers are initialised near them. Noise of 0.1 on every weight. */
const frozenFive = (nonlinearity: Nonlinearity) =>
  onSeedsFrom20000(
    frozenAt(nonlinearity, [0, 25, 70, 150, 250], 0.1),
    recipe({ steps: 20_000, rate: 0.05 * 25, convergence: { gradientNorm: 1e-6, every: 1000 } }),
    256,
  );

openQuestion("U8 how deep the analogy to quantum measurement goes", {
  row: "U8",
  role: "answer",
  question:
    "Are trained reading vectors those of unambiguous discrimination (the reciprocal vectors), those of the pretty-good measurement, or neither?",
  operationalisation:
    "Per seed the mean cosine of reading vectors (those that show more than a tenth of their feature) with S⁻¹vᵢ, S^−½vᵢ and vᵢ, S = Σvᵢvᵢᵀ over all written vectors. The five fixed ones stand near 0°, 25°, 70°, 150° and 250°, and reading vectors are initialised near them. Medians with exact bounds over 256 seeds (64 in 3D, where they are within 0.07). Unambiguous discrimination asks a reading vector to be perpendicular to every other written one: last, how far each of the five trained ones is from perpendicular to some other, at most, the longest written vector's left aside.",
  given: {
    "two fixed vectors, 60°, ReLU": frozenPair("relu", 60, "near", 256),
    "five fixed vectors, linear": frozenFive("identity"),
    "five fixed vectors, ReLU": frozenFive("relu"),
    "five fixed vectors, GELU": frozenFive("gelu"),
    "five trained from the pentagon, ReLU": nearPentagon("relu", { most: 256 }),
    "five trained from the pentagon, GELU": nearPentagon("gelu", { most: 256 }),
    "ten trained in 2D, ReLU": onSeedsFrom20000(untied("relu", 10), annealed(10), 256),
    "ten trained in 3D, GELU": onSeedsFrom20000(untied("gelu", 10, { hidden: 3 }), annealed(10), 64),
  },
  measure: (populations) => {
    const values = Object.fromEntries([
      ...Object.entries(populations).flatMap(([label, { runs }]) =>
        Object.entries(theories).map(([name, theory]) => [
          `${label}: cosine with ${name}`,
          medianWithin(meanCosines(runs, theory), 1e-7),
        ]),
      ),
      ...["five trained from the pentagon, ReLU", "five trained from the pentagon, GELU"].map((label) => [
        `${label}: degrees from perpendicular, at most`,
        medianWithin(populations[label]!.runs.map(degreesOffPerpendicular), 1e-7),
      ]),
    ]);
    const shown = (name: string, digits: number) => values[name]!.value.toFixed(digits);
    const cosines = (label: string) =>
      Object.keys(theories)
        .map((name) => shown(`${label}: cosine with ${name}`, 2))
        .join(" / ");
    const off = (nonlinearity: string) =>
      shown(`five trained from the pentagon, ${nonlinearity}: degrees from perpendicular, at most`, 1);
    return {
      answer: `Neither, but for two vectors at an acute angle and for linear models. Cosine with the written / pretty-good / reciprocal vector: ${cosines("two fixed vectors, 60°, ReLU")} for two fixed vectors, ${cosines("five fixed vectors, linear")} for five without a nonlinearity, ${cosines("five fixed vectors, ReLU")} for five under ReLU, ${cosines("five trained from the pentagon, ReLU")} where these train, too. Then each reading vector but that of the longest written one ends within ${off("ReLU")}° (ReLU) or ${off("GELU")}° (GELU) of perpendicular to one other written vector, not to all.`,
      values,
    };
  },
  figure: (populations) => ({
    columns: 2,
    panels: [
      "five fixed vectors, linear",
      "five fixed vectors, ReLU",
      "five trained from the pentagon, ReLU",
      "five trained from the pentagon, GELU",
    ].map((label) =>
      charts.distribution({
        caption: label,
        label: "mean cosine of a seed's readers",
        conditions: Object.entries(theories).map(([name, theory]) => ({
          label: `with ${name}`,
          values: meanCosines(populations[label]!.runs, theory),
        })),
        domain: [0.4, 1],
        width: 460,
      }),
    ),
  }),
});

/** The largest gradient of the summed loss by the unembedding, which follows the embedding in the parameters. */
function largestGradient(nonlinearity: Nonlinearity, written: Vectors, reading: Vectors) {
  const { gradient } = objectiveOf(nonlinearity, written, reading);
  return Math.max(...gradient.slice(gradient.length / 2).map(Math.abs));
}

exactClaim("U8b without a nonlinearity the best reading vectors are the reciprocal ones", {
  row: "U8",
  role: "supporting",
  claim:
    "Without a nonlinearity the best reading vectors are the reciprocal (dual-frame) vectors S⁻¹vᵢ, S = Σvᵢvᵢᵀ, for any number of vectors, and Σuᵢvᵢᵀ is then the identity. The pretty-good ones, S^−½vᵢ, are 45° − θ/2 away for two unit vectors θ apart.",
  operationalisation:
    "The loss is convex in the reading vectors, so they are best where the gradient by the unembedding vanishes.",
  properties: {
    "at the reciprocal vectors the linear loss has no gradient by the unembedding": fc.property(
      spanningVectors,
      (v) => largestGradient("identity", v, geometry.reciprocalVectors(v)) < 1e-9,
    ),
    "Σuᵢvᵢᵀ = I: the readers resolve the identity as the elements of a POVM do": fc.property(
      spanningVectors,
      (v) => offIdentity(geometry.outerSum(geometry.reciprocalVectors(v), v)) < 1e-9,
    ),
    "pretty-good vectors of two unit vectors: 45° − θ/2 from the reciprocal ones": fc.property(
      fc.integer({ min: 5, max: 89 }),
      (angle) => {
        const v = [atAngle(0), atAngle(angle)];
        const [p, u] = [geometry.prettyGoodVectors(v), geometry.reciprocalVectors(v)];
        return p.every((x, i) => close(degrees(geometry.angleBetween(x, u[i]!)), 45 - angle / 2, 1e-5));
      },
    ),
  },
  nearMiss: {
    "the same gradient at the pretty-good vectors": fc.property(
      spanningVectors,
      (v) => largestGradient("identity", v, geometry.prettyGoodVectors(v)) < 1e-9,
    ),
    "the same gradient under ReLU": fc.property(
      spanningVectors,
      (v) => largestGradient("relu", v, geometry.reciprocalVectors(v)) < 1e-9,
    ),
  },
});
