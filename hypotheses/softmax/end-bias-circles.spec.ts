import { charts, geometry, hypothesis, type Result, type Run, scope, shapes } from "../../src/index.ts";
import { mean, onSeedsFrom1000 } from "../helpers.ts";
import { noteSchedule, softmax, squaredError } from "./setup.ts";

/**
 * Tied, with an end bias: whether features stand on concentric circles (C12, C12b), and with which biases (C12c). Moving
 * every column by t and every bias by −t·w changes nothing, so biases and distances are taken about a common centre.
 */

const withEndBias = (n: number, options = {}) =>
  onSeedsFrom1000(256, softmax(n, { outputBias: true, ...options }), noteSchedule(5000));

const concentric =
  "Circles are convex layers: the corners of the hull, then of the hull of what is inside, and so on. Their centre is that of the circle fitted through the outermost. They are concentric when there are two or more, the distances from the centre vary in each by less than 10 % of the outer radius (standard deviation), and the mean distance falls by more than 10 % from each to the next.";

const circles = (run: Run) => {
  const { layers, waviness, step } = geometry.concentricRings(run.points);
  return {
    layers: layers.map((layer) => layer.length).join(" + "),
    waviness,
    // A single layer has no step; 0 can be recorded, and fails as it should.
    step: Number.isFinite(step) ? step : 0,
  };
};
const areConcentric = (o: ReturnType<typeof circles>) => o.step > 0.1 && o.waviness < 0.1;
const untiedTwelve = { name: "untied", model: softmax(12, { outputBias: true, tied: false }) };

hypothesis("C12 with an end bias features form concentric circles", {
  row: "C12",
  role: "as printed",
  claim: "With an end bias 10 to 40 features in 2D usually stand on concentric circles, under tied softmax.",
  operationalisation: `${concentric} Usually is more than half of the seeds: a plain statement would ask for 95 %, which no n reaches.`,
  given: scope("n", [12, 10, 20, 40], withEndBias),
  endPoints: false,
  observe: circles,
  expect: { most: "two or more concentric circles", when: areConcentric },
  control: untiedTwelve,
  figure: likeTheMajority,
});

hypothesis("C12b with an end bias, ten or twelve features form concentric circles", {
  row: "C12",
  role: "supporting",
  claim: "With an end bias 10 or 12 features in 2D usually stand on concentric circles, under tied softmax.",
  operationalisation: `${concentric} A single feature in the middle counts as a circle, too. With more features (C12) the circles are wavy, or open, or spirals into the disc.`,
  given: scope("n", [12, 10], withEndBias),
  endPoints: false,
  observe: circles,
  expect: { most: "two or more concentric circles", when: areConcentric },
  control: untiedTwelve,
  figure: likeTheMajority,
});

hypothesis("C12c the larger bias is further in", {
  row: "C12",
  role: "as printed",
  claim:
    "With an end bias and 20 or 40 features in 2D, tied softmax gives a feature nearer to the centre a larger bias.",
  operationalisation:
    "The rank correlation of bias and distance is below −0.9, both taken about the columns' centroid. Closer still: what is left of the bias after −½ distance² hardly varies (C14b says why). Both initialisation schemes of the note's code: the older one draws the end bias from ±1/√d, after an unembedding that a tied model discards; the newer one (“newer code”) draws no unembedding, and the end bias from ±1/√n.",
  given: {
    "n = 20": withEndBias(20),
    "n = 20, newer code": withEndBias(20, { initialisation: "torch-tied-bias" }),
    "n = 40": withEndBias(40),
  },
  endPoints: false,
  observe: (run) => ({
    "rank correlation": geometry.biasByDistance(run.points, run.outputBias!).rankCorrelation,
  }),
  expect: { nearlyAll: "rank correlation below −0.9", when: (o) => o["rank correlation"] < -0.9 },
  control: { name: "squared error, ReLU", model: squaredError(20, { outputBias: true }) },
  figure: ({ cells }) => {
    const run = cells[2]!.runs[0]!;
    return { columns: 2, panels: [rings(run, `seed ${run.seed}`), biasAgainstDistance(run)] };
  },
});

/** Of each cell the first seed that does as most seeds do. */
function likeTheMajority({ cells }: Result<unknown>) {
  return {
    columns: 2,
    panels: cells.map(({ label, runs, met, satisfied, of }) => {
      const most = satisfied * 2 > of;
      const run = runs[Math.max(0, met.indexOf(most))]!;
      return rings(run, `${label}: layers ${circles(run).layers}, ${most ? "" : "not "}concentric`);
    }),
  };
}

/** The centre moved to the origin, features coloured by their biases, the second convex layer outlined. */
function rings(run: Run, caption: string) {
  const { layers, centre } = geometry.concentricRings(run.points);
  const points = run.points.map((w) => w.map((x, k) => x - centre[k]!));
  const biases = run.points.map((w, i) => run.outputBias![i]! + geometry.dot(centre, w));
  const inner = layers[1] ?? [];
  return shapes.plane({
    points,
    values: { of: biases.map((b) => b - mean(biases)), label: "bias less its mean" },
    ...(inner.length > 2 && { ghost: { points: inner.map((i) => points[i]!), label: "second layer" } }),
    grouping: { tolerance: 1e-12 },
    caption,
    width: 300,
  });
}

function biasAgainstDistance(run: Run) {
  const { distances, biases } = geometry.biasByDistance(run.points, run.outputBias!);
  const offset = mean(biases.map((b, i) => b + distances[i]! ** 2 / 2));
  return charts.series({
    x: "distance from the centroid",
    y: "bias, about the centroid",
    width: 460,
    height: 340,
    series: [{ label: "feature", points: distances.map((x, i) => ({ x, y: biases[i]! })) }],
    references: [{ label: "constant − ½ distance²", at: (x) => offset - (x * x) / 2 }],
  });
}
