import fc from "fast-check";
import { charts, exactClaim, geometry, hypothesis, openQuestion, type Run } from "../../src/index.ts";
import { close, hundredths, indices, listOf, mean, medianWithin, onSeedsFrom20000 } from "../helpers.ts";
import { askedOutputs, drawPairs, learnedDirections, span } from "./observations.ts";
import { annealed, bigramMap, eachSize, permutedTargets, summedObjective, untied } from "./setup.ts";

/** Untied, no bias, two hidden dimensions: how written and reading vectors line up, and why (U1). */

/**
 * Mean cosine between a feature's written vector and a reader: that of the output `asked` for when the feature is on, or its
 * `own`. Over the features of which the output asked for shows more than a quarter; undefined where there is none.
 */
function meanCosine(run: Run, reader: "asked" | "own"): number | undefined {
  const [v, u] = [run.points, run.unembedding];
  const cosines = askedOutputs(run).flatMap((asked, i) =>
    geometry.dot(v[i]!, u[asked]!) > 0.25 ? [geometry.cosine(v[i]!, u[reader === "own" ? i : asked]!)] : [],
  );
  return cosines.length > 0 ? mean(cosines) : undefined;
}

const meanCosines = (runs: readonly Run[], reader: "asked" | "own") =>
  runs.flatMap((run) => meanCosine(run, reader) ?? []);

openQuestion("U1 why the unembedding follows the embedding", {
  row: "U1",
  role: "answer",
  question:
    "How well do written and reading vectors line up, and is it because they belong to the same feature or because the data pair them?",
  operationalisation:
    "Per seed the mean cosine between vᵢ and the reading vector that the data ask for when feature i is on, over features of which their output shows at least a quarter: once with targets equal to inputs, once under a bigram map, where feature i is asked for at output i + 1. There also the cosine with uᵢ, the feature's own reader. Medians over 256 seeds with exact bounds.",
  given: {
    ...eachSize([5, 10], (nonlinearity, n) => onSeedsFrom20000(untied(nonlinearity, n), annealed(n), 256)),
    ...eachSize(
      [5, 10],
      (nonlinearity, n) => onSeedsFrom20000(untied(nonlinearity, n, { data: bigramMap(n) }), annealed(n), 256),
      ", bigram",
    ),
  },
  measure: (populations) => {
    const cosine = (label: string, reader: "asked" | "own") =>
      medianWithin(meanCosines(populations[label]!.runs, reader), 1e-7);
    const labels = Object.keys(populations).filter((label) => !label.endsWith(", bigram"));
    const values = Object.fromEntries(
      labels.flatMap((label) => [
        [`${label}: same feature asked for`, cosine(label, "asked")],
        [`${label}: next feature asked for, cosine with its reader`, cosine(`${label}, bigram`, "asked")],
        [`${label}: next feature asked for, cosine with the own reader`, cosine(`${label}, bigram`, "own")],
      ]),
    );
    const found = (which: string) => span(labels.map((label) => values[`${label}: ${which}`]!.value));
    return {
      answer: `Because the data pair them: the cosine with the reader asked for is ${found("same feature asked for")} when that is the feature's own and ${found("next feature asked for, cosine with its reader")} when it is the next feature's. The cosine with the own reader is then ${found("next feature asked for, cosine with the own reader")}.`,
      values,
    };
  },
  figure: (populations) => {
    const [plain, bigram] = [populations["ReLU, n = 10"]!.runs, populations["ReLU, n = 10, bigram"]!.runs];
    const withFive = (runs: readonly Run[]) => runs.find((run) => learnedDirections(run).length === 5)!;
    const [one, other] = [withFive(plain), withFive(bigram)];
    return [
      drawPairs(one, `Feature i asked for: vᵢ and uᵢ (seed ${one.seed})`),
      drawPairs(other, `Feature i + 1 asked for: vᵢ and the row i + 1 (seed ${other.seed})`),
      charts.distribution({
        caption: "ReLU, n = 10",
        label: "mean cosine of a seed",
        conditions: [
          { label: "vᵢ, uᵢ; i asked for", values: meanCosines(plain, "asked") },
          { label: "vᵢ, uᵢ₊₁; i + 1 asked for", values: meanCosines(bigram, "asked") },
          { label: "vᵢ, uᵢ; i + 1 asked for", values: meanCosines(bigram, "own") },
        ],
        width: 520,
      }),
    ];
  },
});

hypothesis("U1c under a bigram map the unembedding follows the next feature", {
  row: "U1",
  role: "answer",
  claim:
    "Trained in 2D on a bigram map, a ReLU or GELU model with five or ten features writes each closer to the reading vector of the feature it predicts than to its own.",
  operationalisation:
    "Per seed, over learned features: the mean cosine with the reader of the target above the mean cosine with the reader of the same feature. A seed that learns nothing counts against. In the control, where each feature predicts itself, the two are one.",
  given: eachSize([5, 10], (nonlinearity, n) =>
    onSeedsFrom20000(untied(nonlinearity, n, { data: bigramMap(n) }), annealed(n)),
  ),
  endPoints: false,
  observe: (run) => ({
    "cosine with the target's reader": meanCosine(run, "asked") ?? 0,
    "cosine with the own reader": meanCosine(run, "own") ?? 0,
  }),
  expect: {
    nearlyAll: "written vectors closer to the target's reader",
    when: (o) => o["cosine with the target's reader"] > o["cosine with the own reader"],
  },
  control: { name: "each feature predicts itself", model: untied("relu", 5) },
  figure: ({ cells, control }) =>
    charts.distribution({
      label: "mean cosine of a seed",
      conditions: [...cells.filter((o) => o.label.endsWith("n = 10")), control].flatMap(({ label, values }) =>
        (["target's reader", "own reader"] as const).map((reader) => ({
          label: `${label}: ${reader}`,
          values: values.map((o) => o![`cosine with the ${reader}`]),
        })),
      ),
      width: 680,
    }),
});

/** Untied models in 1 to 3 dimensions with any weights, and a permutation of the outputs that is not the identity. */
const permutedModels = fc
  .record({ n: fc.integer({ min: 2, max: 7 }), hidden: fc.integer({ min: 1, max: 3 }) })
  .chain(({ n, hidden }) =>
    fc.record({
      hidden: fc.constant(hidden),
      nonlinearity: fc.constantFrom("relu" as const, "gelu" as const),
      embedding: listOf(hundredths(-200, 200), n * hidden),
      unembedding: listOf(hundredths(-200, 200), n * hidden),
      permutation: fc
        .shuffledSubarray(indices(n), { minLength: n, maxLength: n })
        .filter((permutation) => permutation.some((to, from) => to !== from)),
    }),
  );

/** The model that is asked for each feature, and the one that is asked for permuted ones. */
function plainAndPermuted(nonlinearity: "relu" | "gelu", hidden: number, permutation: readonly number[]) {
  const n = permutation.length;
  const data = permutedTargets(permutation);
  return [untied(nonlinearity, n, { hidden }), untied(nonlinearity, n, { hidden, data })] as const;
}

exactClaim("U1b permuting the targets only relabels the unembedding", {
  row: "U1",
  role: "supporting",
  claim:
    "An untied ReLU or GELU model asked for permuted outputs, with the rows of its unembedding permuted alike, has the same loss and the same gradient, permuted alike. So every step of training is the same, and the unembedding knows only the targets.",
  properties: {
    "same loss, and the same gradient with its rows moved": fc.property(
      permutedModels,
      ({ nonlinearity, hidden, permutation, embedding, unembedding }) => {
        const [plain, permuted] = plainAndPermuted(nonlinearity, hidden, permutation);
        const moved = (rows: ArrayLike<number>) => moveRows(rows, hidden, permutation);
        const original = summedObjective(plain, Float64Array.from([...embedding, ...unembedding]));
        const relabelled = summedObjective(permuted, Float64Array.from([...embedding, ...moved(unembedding)]));
        const half = embedding.length;
        const expected = [...original.gradient.slice(0, half), ...moved(original.gradient.slice(half))];
        return near(original.loss, relabelled.loss) && relabelled.gradient.every((g, k) => near(g, expected[k]!));
      },
    ),
  },
  nearMiss: {
    "the same with nothing relabelled": fc.property(
      permutedModels,
      ({ nonlinearity, hidden, permutation, embedding, unembedding }) => {
        const [plain, permuted] = plainAndPermuted(nonlinearity, hidden, permutation);
        const weights = Float64Array.from([...embedding, ...unembedding]);
        return near(summedObjective(plain, weights).loss, summedObjective(permuted, weights).loss);
      },
    ),
  },
});

const near = (a: number, b: number) => close(a, b, 1e-12 * Math.max(1, Math.abs(a), Math.abs(b)));

/** Row i moved to row permutation[i]. */
const moveRows = (flat: ArrayLike<number>, width: number, permutation: readonly number[]) =>
  Array.from(flat, (_, k) => flat[permutation.indexOf(Math.floor(k / width)) * width + (k % width)]!);
