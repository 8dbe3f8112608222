import { charts, dynamics, hypothesis, type Run, recipe, satisfaction, scope } from "../../src/index.ts";
import { indices, median, onSeedsFrom1000 } from "../helpers.ts";
import { even, flat, norm, noteSchedule, onCircle, type Points, softmax, untied } from "./setup.ts";

/** Untied, no bias: whether the unembedding is learned before the embedding (C8, C8b, C8c). */

/** The vectors of a matrix, one a feature. */
type Vectors = (state: Pick<Run, "points" | "unembedding">) => Points;
const columns: Vectors = (state) => state.points;
const rows: Vectors = (state) => state.unembedding;

/** A tie counts against the claim. */
const order = (unembedding: number, embedding: number) => ({
  "unembedding at step": unembedding,
  "embedding at step": embedding,
  winner: dynamics.race(unembedding, embedding),
});

const twenty = (gain = {}) =>
  onSeedsFrom1000(256, untied(20, gain), noteSchedule(10_000, { checkpoints: 120, spacing: "log" }));
/** The entries of embedding and unembedding are initialised in the ratio √(2/n) to 1: a gain on the embedding makes them equal. */
const bothInitialisations = { "as drawn": twenty(), "equal scales": twenty({ weight0: Math.sqrt(20 / 2) }) };

/** The median over features of the step at which a vector first exceeds half the norm it ends with. */
function learnedAt(run: Run, vectors: Vectors): number {
  const states = run.checkpoints;
  const norms = states.map((state) => vectors(state).map(norm));
  const passages = vectors(run).map((end, i) => {
    const feature = norms.map((all) => all[i]!);
    return states[dynamics.firstPassage(feature, norm(end) / 2)]?.step ?? run.step;
  });
  return median(passages);
}

hypothesis("C8 half of the unembedding is learned first, at n = 20", {
  row: "C8",
  role: "supporting",
  kind: "dynamics",
  claim:
    "When untied softmax is trained on 20 features in 2D, half of the unembedding's rows are learned before half of the embedding's columns.",
  operationalisation:
    "A vector is learned when it first exceeds half the norm it ends with; a matrix when half of its vectors are (the median over features). Absolute norms would mean nothing, because the loss is the same for (V, U) and (AV, A⁻ᵀU). For the same reason the two are also initialised at equal scales. Seen at 120 checkpoints, evenly spaced in the logarithm of the step; a tie counts against the claim.",
  given: bothInitialisations,
  endPoints: false,
  observe: (run) => order(learnedAt(run, rows), learnedAt(run, columns)),
  expect: { most: "the unembedding first", when: (o) => o.winner === "first" },
  control: { name: "tied", model: softmax(20) },
  witness: { "unembedding at step": 100, "embedding at step": 200, winner: "first" },
  figure: ({ cells }) =>
    rowsAndColumns(cells[1]!.runs, medianShares, ["unembedding", "embedding"], {
      label: "norm over its final value, median over features",
      levels: [{ value: 0.5, label: "half" }],
      width: 720,
    }),
});

/** The last of n features at zero in both matrices; the others at the given points in both, with noise of 0.05 on everything. */
const lastAtZero = (others: Points) => {
  const points = [...others, [0, 0]];
  const at = { weight0: [...flat(points)], weight1: points.flat() };
  return softmax(points.length, { tied: false, initialisation: { scheme: "torch", at, noise: 0.05 } });
};
const halfACircle = indices(9).map((i) => (Math.PI * i) / 8);

const lastNorms = (run: Run, vectors: Vectors) => run.checkpoints.map((state) => norm(vectors(state).at(-1)!));

hypothesis("C8b a late feature is read before it is written", {
  row: "C8",
  role: "supporting",
  kind: "dynamics",
  claim:
    "Under untied softmax in 2D, a feature that is not yet learned beside five or nine that are gets its row of the unembedding first, its column of the embedding later.",
  operationalisation:
    "This is the situation that the note argues about (C9, C10). Initialised by hand: n − 1 features evenly on a circle of radius 3, rows equal to columns; the last at zero in both; noise of 0.05 everywhere; a constant low rate. A vector has grown when it exceeds half the radius; 120 checkpoints, evenly spaced in the logarithm of the step; a tie counts against the claim. In the control the others stand on half a circle, which does not surround the origin: then their rows do not sum to zero, C10 does not apply, and the column grows at once.",
  given: scope("n", [10, 6], (n) =>
    onSeedsFrom1000(
      256,
      lastAtZero(onCircle(even(n - 1), 3)),
      recipe({ steps: 4000, rate: n / 20, checkpoints: { count: 120, spacing: "log" } }),
    ),
  ),
  endPoints: false,
  observe: (run) => {
    const steps = run.checkpoints.map((state) => state.step);
    const grownAt = (vectors: Vectors) =>
      steps[dynamics.firstPassage(lastNorms(run, vectors), 1.5)] ?? Number.POSITIVE_INFINITY;
    return order(grownAt(rows), grownAt(columns));
  },
  expect: { nearlyAll: "the unembedding first", when: (o) => o.winner === "first" },
  control: { name: "others on half a circle", model: lastAtZero(onCircle(halfACircle, 3)) },
  figure: ({ cells, control }) => {
    const names = ["its row of the unembedding", "its column of the embedding"];
    const panel = (runs: readonly Run[], caption: string) =>
      rowsAndColumns(runs, lastNorms, names, {
        caption,
        label: "norm of the late feature's vectors",
        levels: [{ value: 1.5, label: "half the radius" }],
        width: 480,
      });
    return [panel(cells[0]!.runs, "others all round the circle"), panel(control.runs, "others on half a circle")];
  },
});

/** Each feature's probability of its own label, 1/Σₖ e^{(uₖ − uᵢ)·vᵢ}; by hand, because it is asked for so often. */
const ownProbabilities = (columns: Points, rows: Points) =>
  columns.map(([x, y], i) => {
    const [a, b] = rows[i]!;
    return 1 / rows.reduce((sum, u) => sum + Math.exp((u[0]! - a!) * x! + (u[1]! - b!) * y!), 0);
  });

hypothesis("C8c the last feature is further along in the unembedding", {
  row: "C8",
  role: "as printed",
  kind: "dynamics",
  claim:
    "When untied softmax is trained on 20 features in 2D, the feature that is learned last is further along in the unembedding than in the embedding while the others are learned.",
  operationalisation:
    "The feature that is last to have its own label's probability above one half for good, at the moment when half of the features have it: its row's norm over the rows' median against its column's over the columns' median. Ratios, so that the two matrices' scales do not matter; the same two initialisations as in C8. Tied, the two are equal.",
  given: bothInitialisations,
  endPoints: false,
  observe: (run) => {
    const own = run.checkpoints.map((state) => ownProbabilities(columns(state), rows(state)));
    const learned = run.points.map((_, i) => own.findLastIndex((p) => p[i]! <= 0.5) + 1);
    const last = learned.indexOf(Math.max(...learned));
    const half = run.checkpoints[Math.min(own.length - 1, Math.ceil(median(learned)))]!;
    const overMedian = (vectors: Points) => norm(vectors[last]!) / median(vectors.map(norm));
    return {
      "row over the median": overMedian(rows(half)),
      "column over the median": overMedian(columns(half)),
    };
  },
  expect: {
    most: "further along in the unembedding",
    when: (o) => o["row over the median"] > o["column over the median"],
  },
  control: { name: "tied", model: softmax(20) },
  figure: satisfaction,
});

/** At every checkpoint the norm over its final value, the median over features. */
function medianShares(run: Run, vectors: Vectors) {
  const ends = vectors(run).map(norm);
  return run.checkpoints.map((state) => median(vectors(state).map((x, i) => norm(x) / ends[i]!)));
}

/** What is measured of the rows and of the columns, at every checkpoint of 24 runs. */
function rowsAndColumns(
  runs: readonly Run[],
  measured: (run: Run, vectors: Vectors) => number[],
  names: readonly string[],
  options: Omit<Parameters<typeof charts.trajectory>[0], "steps" | "conditions">,
) {
  return charts.trajectory({
    ...options,
    x: "log",
    steps: runs[0]!.checkpoints.map((state) => state.step),
    conditions: [rows, columns].map((vectors, k) => ({
      label: names[k]!,
      runs: runs.slice(0, 24).map((run) => measured(run, vectors)),
    })),
  });
}
