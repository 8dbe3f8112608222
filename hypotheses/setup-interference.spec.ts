import {
  always,
  answers,
  autoencoder,
  compose,
  directions,
  distributions,
  dot,
  heatMap,
  hypothesis,
  interferingShare,
  orthogonalBlocks,
  type PopulationResult,
  quantile,
  quantileBounds,
  type Run,
  range,
  recipe,
  type State,
  scopeMap,
  verdictLine,
} from "../src/index.ts";

/** 0 … count − 1. Not `range`, which makes seeds and follows their shift. */
const indices = (count: number) => Array.from({ length: count }, (_, i) => i);

/**
 * Which features of a trained tied model get in each other's way: the interference graph joins two directions whose ReLU
 * output for one another is not 0. n features, d dimensions, squared error, one-hot data, no bias unless said.
 */
const section = "The training set";

const tied = (hidden: number, features: number, outputBias = false) =>
  autoencoder({ features, hidden, nonlinearity: "relu", outputBias, loss: "mse" });

/** Seeds that no one looked at while the criteria were written: those below 1,000 served to explore. */
const fresh = (count: number) => range(1000, 1000 + count);

/** Until the gradient of the summed loss has vanished, or 8,000 steps. Rates are stated per n² (the mean's gradient). */
const condition = (model: State["model"], seeds = fresh(256)) => {
  const square = model.sizes[0]! ** 2;
  const rate = model.layers.at(-1)!.bias
    ? { initial: 0.001 * square, max: 0.02 * square, final: 0.01 * square, warmup: 0.05 }
    : { initial: 0.001 * square, max: 0.03 * square, final: 0.02 * square, warmup: 0.05 };
  return {
    model,
    recipe: recipe({ steps: 8000, rate, convergence: { gradientNorm: 1e-3, every: 500 } }),
    seeds,
  };
};
const name = (hidden: number, features: number) => `d = ${hidden}, n = ${features}`;
const over = (shapes: readonly (readonly [hidden: number, features: number])[]) =>
  Object.fromEntries(shapes.map(([d, n]) => [name(d, n), condition(tied(d, n))]));

/** The directions learned, unit vectors: columns of norm above 0.01, joined when 1 − cos is below 0.01. */
const learned = (run: State) => directions(run.points, { tolerance: 0.01 }).directions.map((d) => d.unit);
const graph = (run: Run) => {
  const units = learned(run);
  return {
    directions: units.length,
    "share of pairs that interfere": interferingShare(units),
    "orthogonal parts": orthogonalBlocks(units).join(" + "),
  };
};
type Graph = ReturnType<typeof graph>;

/** Cosines of the directions learned, those of one orthogonal part side by side. */
const cosines = (run: Run, caption: string) => {
  const units = learned(run);
  const order: number[] = [];
  const visit = (i: number) => {
    if (order.includes(i)) return;
    order.push(i);
    for (const [j, v] of units.entries()) if (Math.abs(dot(units[i]!, v)) > 0.03) visit(j);
  };
  for (const i of units.keys()) visit(i);
  return heatMap({
    caption,
    matrix: order.map((i) => order.map((j) => dot(units[i]!, units[j]!))),
    label: "cosine of two directions",
    rows: "direction",
    columns: "direction",
    limit: 1,
  });
};
const maps =
  (title: string) =>
  (result: PopulationResult<Graph>): Buffer =>
    compose(
      { title, subtitle: verdictLine(result), columns: 2 },
      result.cells.map((cell) => cosines(cell.ensemble.runs[0]!, `${cell.label}, one seed`)),
    );

const reading =
  "Two directions interfere when the cosine of their angle is above 0.01 (features that share a direction always do, and are counted once).";
const sparseGraph: Graph = {
  directions: 9,
  "share of pairs that interfere": 0,
  "orthogonal parts": "5 + 2 + 2",
};

hypothesis("S8 most features of a trained model do not interfere", {
  claim:
    "In a trained tied ReLU model with many more features than dimensions, most pairs of directions do not interfere.",
  section,
  reading: `${reading} 'Most' is more than half of the pairs (in a pentagon exactly half of them interfere); ten features a dimension. The control, another dimension, is decided by 64 seeds. The witness is an orthogonal sum of a pentagon and segments.`,
  given: over([
    [2, 20],
    [3, 30],
    [4, 40],
  ]),
  observe: graph,
  expect: always(
    (o: Graph) => o["share of pairs that interfere"] < 0.5,
    "fewer than half of the pairs interfere",
  ),
  control: { name: "d = 6, n = 60", ...condition(tied(6, 60), fresh(64)) },
  witness: sparseGraph,
  figure: maps("Who interferes with whom, ten features a dimension"),
});

const smallSum = (o: Graph) => /^(5|2)( \+ 2)*$/.test(o["orthogonal parts"]);

hypothesis("S8b with two features a dimension the graph is sparse", {
  claim:
    "With n = 2d or 2d + 1 features a trained tied ReLU model is an orthogonal sum of opposite pairs and, for the odd one, a pentagon, so that most pairs do not interfere.",
  section,
  reading: `${reading} Repaired: few features. Orthogonal parts are the connected components of |cos| above 0.03; opposite pairs have two directions, a pentagon five.`,
  given: over([
    [4, 8],
    [4, 9],
    [6, 12],
    [6, 13],
  ]),
  observe: graph,
  expect: always(
    (o: Graph) => smallSum(o) && o["share of pairs that interfere"] < 0.5,
    "an orthogonal sum of pairs and a pentagon",
  ),
  control: { name: "ten features a dimension", ...condition(tied(4, 40)) },
  figure: maps("Who interferes with whom, two features a dimension"),
});

const dimensions = [2, 3, 4, 5, 6] as const;
const perDimension = {
  "2d": (d: number) => 2 * d,
  "2d + 1": (d: number) => 2 * d + 1,
  "3d": (d: number) => 3 * d,
  "5d": (d: number) => 5 * d,
  "10d": (d: number) => 10 * d,
};
const sizes = Object.entries(perDimension);

hypothesis("S8c how the share of interfering pairs grows with the dimension", {
  question:
    "What share of pairs interferes, and into how many orthogonal parts do they split, as n and d grow?",
  section,
  reading: `${reading} Medians over 32 seeds, whose exact bounds, but for d = 2 and n = 5, are 0.05 apart at most; orthogonal parts as in S8b. Random directions interfere in one half of the pairs.`,
  given: Object.fromEntries(
    dimensions.flatMap((d) => sizes.map(([, n]) => [name(d, n(d)), condition(tied(d, n(d)), fresh(32))])),
  ),
  measure: (ensembles) => {
    const values = Object.fromEntries(
      Object.entries(ensembles).flatMap(([cell, { runs }]) => {
        const found = runs.map(graph);
        const median = (numbers: readonly number[]) => {
          const { lower, upper } = quantileBounds(numbers, 0.5, 1e-4);
          return { value: quantile(numbers, 0.5), low: lower, high: upper };
        };
        return [
          [`share, ${cell}`, median(found.map((o) => o["share of pairs that interfere"]))],
          [`parts, ${cell}`, median(found.map((o) => o["orthogonal parts"].split(" + ").length))],
        ];
      }),
    );
    const whole = dimensions.every((d) =>
      [3, 5, 10].every((k) => values[`parts, ${name(d, k * d)}`]!.value === 1),
    );
    const percent = (d: number, n: number) => `${Math.round(100 * values[`share, ${name(d, n)}`]!.value)} %`;
    return {
      answer: `None at n = 2d, then ever more: with ten features a dimension ${dimensions.map((d) => percent(d, 10 * d)).join(", ")} of the pairs at d = 2 to 6, against the half of random directions${whole ? "; from n = 3d on they are all in one part" : ""}.`,
      values,
    };
  },
  figure: (_, { answer, values }) =>
    compose({ title: "Share of pairs that interfere", subtitle: answer }, [
      scopeMap({
        columns: { label: "features n", values: sizes.map(([label]) => label) },
        rows: { label: "dimensions d", values: [...dimensions] },
        cells: dimensions.map((d) =>
          sizes.map(([, n]) => {
            const parts = values[`parts, ${name(d, n(d))}`]!.value;
            return {
              value: values[`share, ${name(d, n(d))}`]!.value,
              note: parts === 1 ? "one part" : `${parts} parts`,
            };
          }),
        ),
        valueLabel: "share of pairs that interfere, median",
        domain: [0, 1],
      }),
    ]),
});

hypothesis("S8d many features split into orthogonal parts", {
  claim:
    "With three features a dimension or more the directions of a trained tied ReLU model split into orthogonal parts of few dimensions.",
  section,
  reading:
    "Two or more connected components of |cos| above 0.03 among the directions (1 − cos below 0.01 joined). In three and four dimensions; in two only a cross would split.",
  given: over([
    [3, 9],
    [4, 12],
    [4, 40],
  ]),
  observe: graph,
  expect: always((o: Graph) => o["orthogonal parts"].includes("+"), "two or more orthogonal parts"),
  control: { name: "in two dimensions", ...condition(tied(2, 20)) },
  witness: sparseGraph,
  figure: maps("Three or more features a dimension: one part"),
});

/** Share of the pairs of features with own output above one half of which one's output answers the other with more than 0.01. */
const alive = (run: Run) => {
  const outputs = answers(run.model, run.parameters);
  const live = indices(outputs.length).filter((i) => outputs[i]![i]! > 0.5);
  const pairs = live.flatMap((i, k) =>
    live.slice(0, k).map((j) => Math.max(outputs[i]![j]!, outputs[j]![i]!)),
  );
  return {
    "features learned": live.length,
    "share of pairs that interfere": pairs.filter((y) => y > 0.01).length / Math.max(1, pairs.length),
  };
};
type Alive = ReturnType<typeof alive>;

hypothesis("S8e with an end bias the learned features do not interfere", {
  claim:
    "With an end bias most pairs of the features that a tied ReLU model learns do not interfere; it learns about half of them.",
  section,
  reading:
    "The model that the claim was borrowed from has an end bias. A feature is learned when its own output is above one half; two interfere when the output of one answers the other with more than 0.01. As 8,000 steps leave it.",
  given: Object.fromEntries(
    (
      [
        [4, 12],
        [4, 24],
      ] as const
    ).map(([d, n]) => [name(d, n), condition(tied(d, n, true))]),
  ),
  endPoints: false,
  observe: alive,
  expect: always(
    (o: Alive) => o["share of pairs that interfere"] < 0.5,
    "fewer than half of the pairs interfere",
  ),
  control: { name: "without the end bias, d = 4, n = 12", ...condition(tied(4, 12)) },
  figure: distributions(
    "Interference with an end bias",
    { "": (o) => o["share of pairs that interfere"] },
    {
      label: "share of pairs of learned features that interfere",
      marks: [{ value: 0.5, label: "half" }],
      domain: [0, 1],
      width: 720,
    },
  ),
});
