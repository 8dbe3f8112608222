import fc from "fast-check";
import {
  always,
  compose,
  distribution,
  gradient,
  hypothesis,
  loss,
  oneHot,
  permuted,
  type Run,
  verdictLine,
} from "../../src/index.ts";
import {
  type Activation,
  condition,
  drawPairs,
  fresh,
  learned,
  meanCosine,
  medianOf,
  nextFeature,
  over,
  same,
  section,
  tied,
  untied,
} from "./untied-setup.ts";

/**
 * Untied, no bias: how writing and reading vectors go together (U1). vᵢ is the column of the embedding that writes feature i, uⱼ
 * the row of the unembedding that reads output j.
 */
const bigram = (activation: Activation, n: number) => ({
  ...condition(activation, n),
  model: untied(activation, n, { data: nextFeature(n) }),
});

const sizes = [5, 10];

hypothesis("U1 why the unembedding follows the embedding", {
  question:
    "How well do written and reading vectors line up, and is it because they belong to the same feature or because the data pair them?",
  section,
  reading:
    "Per seed the mean cosine between vᵢ and the reading vector that the data ask for when feature i is on, over features whose output shows at least a quarter of them; once with targets equal to inputs, once with feature i asked for at output i + 1 (a bigram map). Beside it the cosine with another row: under the bigram map uᵢ, the reader of the same token. Medians over 256 seeds with exact bounds.",
  given: {
    ...over(same(sizes), condition),
    ...Object.fromEntries(
      Object.entries(over(same(sizes), bigram)).map(([label, given]) => [`${label}, bigram`, given]),
    ),
  },
  measure: (ensembles) => {
    const cosines = (label: string, shift = 0) =>
      ensembles[label]!.runs.flatMap((run) => meanCosine(run, shift) ?? []);
    const labels = Object.keys(over(same(sizes), () => 0));
    const values = Object.fromEntries(
      labels.flatMap((label) => [
        [`${label}: same feature asked for`, medianOf(cosines(label))],
        [`${label}: next feature asked for, cosine with its reader`, medianOf(cosines(`${label}, bigram`))],
        [
          `${label}: next feature asked for, cosine with the own reader`,
          medianOf(cosines(`${label}, bigram`, -1)),
        ],
      ]),
    );
    const all = (which: string) =>
      Object.entries(values)
        .filter(([label]) => label.endsWith(which))
        .map(([, { value }]) => value);
    const span = (which: string) =>
      `${Math.min(...all(which)).toFixed(2)} to ${Math.max(...all(which)).toFixed(2)}`;
    return {
      answer: `Because the data pair them: the cosine with the reader asked for is ${span("same feature asked for")} when that is the feature's own and ${span("cosine with its reader")} when it is the next feature's; the own reader then stands at ${span("cosine with the own reader")}.`,
      values,
    };
  },
  figure: (ensembles, { answer }) => {
    const label = "ReLU, n = 10";
    const [plain, map] = [ensembles[label]!.runs, ensembles[`${label}, bigram`]!.runs];
    const five = (runs: readonly Run[]) => runs.find((run) => learned(run).length === 5)!;
    const values = (runs: readonly Run[], shift = 0) => runs.flatMap((run) => meanCosine(run, shift) ?? []);
    return compose({ title: "The unembedding follows the target", subtitle: answer, columns: 3 }, [
      drawPairs(five(plain), `Feature i asked for: vᵢ and uᵢ (seed ${five(plain).seed})`),
      drawPairs(five(map), `Feature i + 1 asked for: vᵢ and the row i + 1 (seed ${five(map).seed})`),
      distribution({
        caption: "ReLU, n = 10",
        label: "mean cosine of a seed",
        conditions: [
          { label: "vᵢ, uᵢ; i asked for", values: values(plain) },
          { label: "vᵢ, uᵢ₊₁; i + 1 asked for", values: values(map) },
          { label: "vᵢ, uᵢ; i + 1 asked for", values: values(map, -1) },
        ],
        width: 520,
      }),
    ]);
  },
});

const coordinate = fc.integer({ min: -200, max: 200 }).map((k) => k / 100);

/** Any untied weights in 1 to 3 dimensions, an activation, and a permutation of the outputs that is not the identity. */
const relabelled = fc
  .record({ n: fc.integer({ min: 2, max: 7 }), d: fc.integer({ min: 1, max: 3 }) })
  .chain(({ n, d }) =>
    fc.record({
      n: fc.constant(n),
      d: fc.constant(d),
      activation: fc.constantFrom("relu" as const, "gelu" as const),
      embedding: fc.array(coordinate, { minLength: n * d, maxLength: n * d }),
      unembedding: fc.array(coordinate, { minLength: n * d, maxLength: n * d }),
      permutation: fc
        .shuffledSubarray(
          Array.from({ length: n }, (_, i) => i),
          { minLength: n, maxLength: n },
        )
        .filter((p) => p.some((x, i) => x !== i)),
    }),
  );

/** Row i moved to row permutation[i]. */
function moveRows(flat: ArrayLike<number>, width: number, permutation: readonly number[]): number[] {
  const out = new Array<number>(flat.length);
  permutation.forEach((to, from) => {
    for (let k = 0; k < width; k++) out[to * width + k] = flat[from * width + k]!;
  });
  return out;
}

const near = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(a), Math.abs(b));

hypothesis("U1b permuting the targets only relabels the unembedding", {
  claim:
    "An untied model asked for permuted outputs, with the rows of its unembedding permuted alike, has the same loss and feels the same gradient, permuted alike: so every step of training is the same, and the unembedding knows only the targets.",
  section,
  properties: {
    "same loss, and the same gradient with its rows moved": fc.property(
      relabelled,
      ({ n, d, activation, embedding, unembedding, permutation }) => {
        const plain = untied(activation, n, { hidden: d });
        const moved = untied(activation, n, { hidden: d, data: permuted(oneHot(n), permutation) });
        const a = gradient(plain, Float64Array.from([...embedding, ...unembedding]));
        const b = gradient(
          moved,
          Float64Array.from([...embedding, ...moveRows(unembedding, d, permutation)]),
        );
        const expected = [
          ...a.gradient.slice(0, n * d),
          ...moveRows(a.gradient.slice(n * d), d, permutation),
        ];
        return near(a.loss, b.loss) && b.gradient.every((g, k) => near(g, expected[k]!));
      },
    ),
  },
  nearMiss: {
    "the same with nothing relabelled": fc.property(
      relabelled,
      ({ n, d, activation, embedding, unembedding, permutation }) => {
        const weights = Float64Array.from([...embedding, ...unembedding]);
        const moved = untied(activation, n, { hidden: d, data: permuted(oneHot(n), permutation) });
        return near(loss(untied(activation, n, { hidden: d }), weights), loss(moved, weights));
      },
    ),
    "a tied model, whose columns are permuted": fc.property(
      relabelled,
      ({ n, d, activation, embedding, permutation }) => {
        const weights = Float64Array.from(embedding);
        const columns = weights.map((_, k) => embedding[Math.floor(k / n) * n + permutation[k % n]!]!);
        const moved = tied(activation, n, { hidden: d, data: permuted(oneHot(n), permutation) });
        return near(loss(tied(activation, n, { hidden: d }), weights), loss(moved, columns));
      },
    ),
  },
});

hypothesis("U1c a bigram map turns the unembedding to the next feature", {
  claim:
    "Trained on a bigram map, a feature's written vector points closer to the reading vector of the feature it predicts than to its own.",
  section,
  reading:
    "Per seed, over learned features: mean cosine with the reader of the target above mean cosine with the reader of the same feature. A seed that learns nothing counts against. In the control, where each feature predicts itself, the two are one.",
  // About one ReLU seed in 250 learns nothing at n = 5: near enough to the threshold to take more seeds.
  given: over(same(sizes), (a, n) => ({ ...bigram(a, n), seeds: fresh(512) })),
  endPoints: false,
  observe: (run) => ({
    "cosine with the target's reader": meanCosine(run) ?? 0,
    "cosine with the own reader":
      (run.model.data.name === "one-hot" ? meanCosine(run) : meanCosine(run, -1)) ?? 0,
  }),
  expect: always(
    (o: Record<"cosine with the target's reader" | "cosine with the own reader", number>) =>
      o["cosine with the target's reader"] > o["cosine with the own reader"],
    "closer to the target's reader",
  ),
  control: { name: "each feature predicts itself", model: untied("relu", 5) },
  figure: (result) => {
    const shown = [...result.cells.filter((o) => o.label.endsWith("n = 10")), result.control];
    return compose(
      { title: "Written vectors against the readers of what they predict", subtitle: verdictLine(result) },
      [
        distribution({
          label: "mean cosine of a seed",
          conditions: shown.flatMap((o) =>
            (["cosine with the target's reader", "cosine with the own reader"] as const).map((key) => ({
              label: `${o.label}: ${key.slice("cosine with the ".length)}`,
              values: o.values.map((value) => value![key]),
            })),
          ),
          width: 680,
        }),
      ],
    );
  },
});
