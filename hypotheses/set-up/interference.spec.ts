import {
  autoencoder,
  charts,
  distributions,
  geometry,
  hypothesis,
  models,
  openQuestion,
  type Result,
  type Run,
} from "../../src/index.ts";
import { indices, onSeedsFrom20000 } from "../helpers.ts";
import { medians, overSizes, riseAndDecay, sizeLabel } from "./setup.ts";

/**
 * Which features of a trained tied model interfere (S8). The interference graph joins two directions whose ReLU output for one
 * another is not 0. Squared error, one-hot data, no bias unless said. Sizes are given as { d: [n, …] }: d dimensions, n features.
 */

/** Trained until the gradient of the summed loss has vanished (1e-3), or for 8,000 steps. */
const trainedUntilConverged = (features: number, hidden: number, { outputBias = false, seeds = 2048 } = {}) => {
  const model = autoencoder({ features, hidden, nonlinearity: "relu", outputBias, loss: "mse" });
  const rates = outputBias ? { max: 0.02, final: 0.01 } : { max: 0.03, final: 0.02 };
  const convergence = { gradientNorm: 1e-3, every: 500 };
  const recipe = riseAndDecay(8000, features ** 2, { initial: 0.001, ...rates }, convergence);
  return onSeedsFrom20000(model, recipe, seeds);
};

/** The directions at the end, unit vectors: columns of norm above 0.01, joined when 1 − cos is below 0.01. */
const unitDirections = (run: Run) => geometry.directions(run.points, { tolerance: 0.01 }).directions.map((d) => d.unit);

function interferenceGraph(run: Run) {
  const units = unitDirections(run);
  return {
    directions: units.length,
    "share of pairs that interfere": geometry.interferingShare(units),
    "orthogonal parts": geometry.orthogonalBlocks(units).join(" + "),
  };
}

const interference =
  "Two directions interfere when the cosine of their angle is above 0.01 (features that share a direction always do, and are counted once).";
const fewerThanHalf = (o: { "share of pairs that interfere": number }) => o["share of pairs that interfere"] < 0.5;
const twoADimension = { name: "d = 4, n = 8", ...trainedUntilConverged(8, 4) };

hypothesis("S8 most features of a trained model do not interfere", {
  row: "S8",
  role: "as printed",
  claim:
    "In a trained tied ReLU model with many more features than dimensions, most pairs of directions do not interfere.",
  operationalisation: `${interference} “Most” is more than half of the pairs (in a pentagon exactly half of them interfere); ten features a dimension. The controls are other sizes: with ten features in each of six dimensions more than half of the pairs interfere as well, with two in each of four none does.`,
  given: overSizes({ 2: [20], 3: [30], 4: [40] }, trainedUntilConverged),
  observe: interferenceGraph,
  expect: { nearlyAll: "fewer than half of the pairs interfere", when: fewerThanHalf },
  control: { name: "d = 6, n = 60", ...trainedUntilConverged(60, 6) },
  positiveControl: twoADimension,
  figure: cosinesOfEachCell,
});

hypothesis("S8b with two features a dimension the graph is sparse", {
  row: "S8",
  role: "repaired",
  claim:
    "With n = 2d or 2d + 1 features a trained tied ReLU model is an orthogonal sum of opposite pairs and, for the odd one, a pentagon, so that most pairs do not interfere.",
  operationalisation: `${interference} In four and six dimensions. Orthogonal parts are the connected components of |cos| above 0.03; opposite pairs have two directions, a pentagon five.`,
  given: overSizes({ 4: [8, 9], 6: [12, 13] }, trainedUntilConverged),
  observe: interferenceGraph,
  expect: {
    nearlyAll: "an orthogonal sum of pairs and a pentagon",
    when: (o) => /^(5|2)( \+ 2)*$/.test(o["orthogonal parts"]) && o["share of pairs that interfere"] < 0.5,
  },
  control: { name: "ten features a dimension", ...trainedUntilConverged(40, 4) },
  figure: cosinesOfEachCell,
});

const dimensions = [2, 3, 4, 5, 6];
const featureCounts = (d: number) => [2 * d, 2 * d + 1, 3 * d, 5 * d, 10 * d];
const grid = Object.fromEntries(dimensions.map((d) => [d, featureCounts(d)]));

openQuestion("S8c how the share of interfering pairs grows with the dimension", {
  row: "S8",
  role: "supporting",
  question: "What share of pairs interferes, and into how many orthogonal parts do they split, as n and d grow?",
  operationalisation: `${interference} Medians over 32 seeds, whose exact bounds, except for d = 2 and n = 5, are 0.05 apart at most; orthogonal parts as in S8b. Random directions interfere in one half of the pairs.`,
  given: overSizes(grid, (n, d) => trainedUntilConverged(n, d, { seeds: 32 })),
  measure: (populations) => {
    const values = {
      ...medians("share", populations, (run) => interferenceGraph(run)["share of pairs that interfere"]),
      ...medians("parts", populations, (run) => interferenceGraph(run)["orthogonal parts"].split("+").length),
    };
    const value = (what: "share" | "parts", d: number, n: number) => values[`${what}, ${sizeLabel(d, n)}`]!.value;
    const shares = dimensions.map((d) => `${Math.round(100 * value("share", d, 10 * d))} %`);
    const whole = dimensions.every((d) => [3, 5, 10].every((k) => value("parts", d, k * d) === 1));
    return {
      answer: `None at n = 2d, then ever more: with ten features a dimension ${shares.join(", ")} of the pairs at d = 2 to 6, against the half of random directions${whole ? "; from n = 3d on they are all in one part" : ""}.`,
      values,
    };
  },
  figure: (_, { values }) =>
    charts.scopeMap({
      columns: { label: "features n", values: ["2d", "2d + 1", "3d", "5d", "10d"] },
      rows: { label: "dimensions d", values: dimensions },
      cells: dimensions.map((d) =>
        featureCounts(d).map((n) => {
          const parts = values[`parts, ${sizeLabel(d, n)}`]!.value;
          const note = parts === 1 ? "one part" : `${parts} parts`;
          return { value: values[`share, ${sizeLabel(d, n)}`]!.value, note };
        }),
      ),
      valueLabel: "share of pairs that interfere, median",
      domain: [0, 1],
    }),
});

hypothesis("S8d many features split into orthogonal parts", {
  row: "S8",
  role: "supporting",
  claim:
    "With three features a dimension or more the directions of a trained tied ReLU model split into orthogonal parts of few dimensions.",
  operationalisation:
    "Two or more connected components of |cos| above 0.03 among the directions (1 − cos below 0.01 joined). In three and four dimensions; in two only a cross would split.",
  given: overSizes({ 3: [9], 4: [12, 40] }, trainedUntilConverged),
  observe: interferenceGraph,
  expect: { nearlyAll: "two or more orthogonal parts", when: (o) => o["orthogonal parts"].includes("+") },
  control: { name: "in two dimensions", ...trainedUntilConverged(20, 2) },
  positiveControl: twoADimension,
  figure: cosinesOfEachCell,
});

hypothesis("S8e with an end bias the learned features do not interfere", {
  row: "S8",
  role: "repaired",
  claim:
    "With an end bias most pairs of the features that a tied ReLU model learns do not interfere; it learns about half of them.",
  operationalisation:
    "The model of *Toy Models of Superposition*, where the claim comes from, has an end bias. A feature is learned when its own output is above one half; two interfere when the output of one answers the other with more than 0.01. As 8,000 steps leave it.",
  given: overSizes({ 4: [12, 24] }, (n, d) => trainedUntilConverged(n, d, { outputBias: true })),
  endPoints: false,
  observe: interferenceOfLearned,
  expect: { nearlyAll: "fewer than half of the pairs interfere", when: fewerThanHalf },
  control: { name: "without the end bias, d = 4, n = 12", ...trainedUntilConverged(12, 4) },
  figure: distributions(
    { "": (o) => o["share of pairs that interfere"] },
    {
      label: "share of pairs of learned features that interfere",
      marks: [{ value: 0.5, label: "half" }],
      domain: [0, 1],
      width: 720,
    },
  ),
});

/** Among the features with own output above one half, the share of pairs of which one's output answers the other. */
function interferenceOfLearned(run: Run) {
  const outputs = models.answers(run.model, run.parameters);
  const learned = indices(outputs.length).filter((i) => outputs[i]![i]! > 0.5);
  const pairs = learned.flatMap((i, k) => learned.slice(0, k).map((j) => Math.max(outputs[i]![j]!, outputs[j]![i]!)));
  return {
    "features learned": learned.length,
    "share of pairs that interfere": pairs.filter((y) => y > 0.01).length / Math.max(1, pairs.length),
  };
}

function cosinesOfEachCell({ cells }: Result<unknown>) {
  return { columns: 2, panels: cells.map(({ runs, label }) => cosines(runs[0]!, `${label}, one seed`)) };
}

/** Cosines of the directions, those of one orthogonal part side by side. */
function cosines(run: Run, caption: string) {
  const units = unitDirections(run);
  const order: number[] = [];
  const visit = (i: number) => {
    if (order.includes(i)) return;
    order.push(i);
    for (const [j, v] of units.entries()) if (Math.abs(geometry.dot(units[i]!, v)) > 0.03) visit(j);
  };
  for (const i of units.keys()) visit(i);
  return charts.heatMap({
    caption,
    matrix: order.map((i) => order.map((j) => geometry.dot(units[i]!, units[j]!))),
    label: "cosine of two directions",
    rows: "direction",
    columns: "direction",
    limit: 1,
  });
}
