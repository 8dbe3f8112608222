import { charts, distributions, dynamics, hypothesis, type Run, recipe, scope } from "../../src/index.ts";
import { indices, mean, median, onSeedsFrom20000 } from "../helpers.ts";
import { even, lastAtZero, norm, noteSchedule, onCircle, type Points, softmax, untied } from "./setup.ts";

/** Untied, no bias: whether the unembedding is learned before the embedding (C8, C8e, C8b, C8c). */

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

/** Checkpoints are dense, so that few of them tie: each step is at most 2.5 % later than the one before. */
const trained = (n: number, { equalScales = false, steps = 30_000 } = {}) =>
  onSeedsFrom20000(
    // The entries of embedding and unembedding are initialised in the ratio √(2/n) to 1.
    untied(n, equalScales ? { weight0: Math.sqrt(n / 2) } : {}),
    noteSchedule(steps, { checkpoints: 480, spacing: "log" }),
    1024,
  );

/** The step from which on so large a share of the vectors of a matrix have exceeded half the norm they end with. */
function learnedAt(run: Run, vectors: Vectors, share: number): number {
  const states = run.checkpoints;
  const norms = states.map((state) => vectors(state).map(norm));
  const passages = vectors(run).map((end, i) => {
    const feature = norms.map((all) => all[i]!);
    return states[dynamics.firstPassage(feature, norm(end) / 2)]?.step ?? run.step;
  });
  return passages.sort((a, b) => a - b)[Math.ceil(share * passages.length) - 1]!;
}

const learnedFirst =
  "A vector is learned when it first exceeds half the norm it ends with. Absolute norms would mean nothing, because the loss is the same for (V, U) and (AV, A⁻ᵀU); for the same reason the two are also initialised at equal scales. Seen at 480 checkpoints, evenly spaced in the logarithm of the step; a tie counts against the claim. The note's schedule, 30,000 steps as in the run that it prints.";

hypothesis("C8 the unembedding is learned first", {
  row: "C8",
  role: "as printed",
  kind: "dynamics",
  claim:
    "When untied softmax is trained on 10 to 40 features in 2D, the unembedding is learned before the embedding, in most seeds.",
  operationalisation: `A matrix is learned when nine in ten of its vectors are. ${learnedFirst}`,
  given: {
    "n = 40": trained(40),
    "n = 40, equal scales": trained(40, { equalScales: true }),
    "n = 20": trained(20),
    "n = 20, equal scales": trained(20, { equalScales: true }),
    "n = 10": trained(10),
    "n = 10, equal scales": trained(10, { equalScales: true }),
  },
  endPoints: false,
  observe: (run) => order(learnedAt(run, rows, 0.9), learnedAt(run, columns, 0.9)),
  expect: { most: "the unembedding first", when: (o) => o.winner === "first" },
  control: { name: "tied", model: softmax(40) },
  figure: ({ cells }) =>
    rowsAndColumns(cells[0]!.runs, learnedShares, ["unembedding", "embedding"], {
      label: "share of the vectors above half their final norm",
      levels: [{ value: 0.9, label: "nine in ten" }],
      width: 720,
    }),
});

hypothesis("C8e half of the embedding is learned before half of the unembedding", {
  row: "C8",
  role: "supporting",
  kind: "dynamics",
  claim:
    "When untied softmax is trained on 10 or 20 features in 2D, half of the embedding's columns are learned before half of the unembedding's rows, in most seeds.",
  operationalisation: `It is the last features for which the unembedding comes first (C8, C8c). ${learnedFirst} In the control, forty features, the first half, too, is mostly learned first in the unembedding.`,
  given: {
    "n = 20": trained(20),
    "n = 20, equal scales": trained(20, { equalScales: true }),
    "n = 10": trained(10),
    "n = 10, equal scales": trained(10, { equalScales: true }),
  },
  endPoints: false,
  observe: (run) => order(learnedAt(run, rows, 0.5), learnedAt(run, columns, 0.5)),
  expect: { most: "the embedding first", when: (o) => o.winner === "second" },
  control: { name: "n = 40", model: untied(40) },
  figure: ({ cells }) =>
    rowsAndColumns(cells[0]!.runs, learnedShares, ["unembedding", "embedding"], {
      label: "share of the vectors above half their final norm",
      levels: [{ value: 0.5, label: "half" }],
      width: 720,
    }),
});

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
    onSeedsFrom20000(
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

/** The share of the last quarter of the features that are further along in the unembedding when the others are learned. */
function lateFeatures(run: Run) {
  const own = run.checkpoints.map((state) => ownProbabilities(columns(state), rows(state)));
  const learned = run.points.map((_, i) => own.findLastIndex((p) => p[i]! <= 0.5) + 1);
  const when = learned.toSorted((a, b) => a - b)[Math.ceil(0.75 * learned.length) - 1]!;
  const state = run.checkpoints[Math.min(own.length - 1, when)]!;
  const overMedian = (vectors: Points) => {
    const norms = vectors.map(norm);
    return norms.map((length) => length / median(norms));
  };
  const [row, column] = [overMedian(rows(state)), overMedian(columns(state))];
  const late = indices(learned.length).filter((i) => learned[i]! > when);
  const further = late.filter((i) => row[i]! > column[i]!);
  return { "further along in the unembedding": late.length > 0 ? further.length / late.length : 0 };
}

hypothesis("C8c late features are further along in the unembedding", {
  row: "C8",
  role: "supporting",
  kind: "dynamics",
  claim:
    "When untied softmax is trained on 10 to 40 features in 2D, most of the features that are still to be learned when three quarters are have got further in the unembedding than in the embedding.",
  operationalisation:
    "This is how the note explains the order. A feature is learned when its own label's probability is above one half for good. At the moment when three quarters of the features are, of each other one: its row's norm over the rows' median against its column's over the columns' median, so that the two matrices' scales do not matter. Most is more than half of these features. The training of C8, and a shorter one: with twenty features 30,000 steps learn while the rate is at its largest. Tied, the two are equal.",
  given: {
    "n = 40": trained(40),
    "n = 20": trained(20),
    "n = 20, 10,000 steps": trained(20, { steps: 10_000 }),
    "n = 10": trained(10),
  },
  endPoints: false,
  observe: lateFeatures,
  expect: {
    most: "most late features further along in the unembedding",
    when: (o) => o["further along in the unembedding"] > 1 / 2,
  },
  control: { name: "tied", model: softmax(40) },
  figure: distributions(
    { "": (o) => o["further along in the unembedding"] },
    {
      label: "share of the late features that are further along in the unembedding",
      marks: [{ value: 1 / 2, label: "half" }],
      domain: [0, 1],
      width: 720,
    },
  ),
});

/** At every checkpoint the share of the vectors that exceed half the norm they end with. */
function learnedShares(run: Run, vectors: Vectors) {
  const ends = vectors(run).map(norm);
  return run.checkpoints.map((state) => mean(vectors(state).map((x, i) => (norm(x) > ends[i]! / 2 ? 1 : 0))));
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
