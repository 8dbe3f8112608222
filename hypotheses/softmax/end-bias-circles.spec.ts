import {
  charts,
  geometry,
  hypothesis,
  openQuestion,
  type Result,
  type Run,
  scope,
  shapes,
  solutions,
} from "../../src/index.ts";
import { mean, median, medianWithin, onSeedsFrom20000, shareWithin } from "../helpers.ts";
import { circlesBy } from "./circles.ts";
import { noteSchedule, softmax, squaredError } from "./setup.ts";

/**
 * Tied, with an end bias: whether features stand on concentric circles (C12), what they do instead (C12b, C12e), and with
 * which biases (C12c). Moving every column by t and every bias by −t·w changes nothing, so biases and distances are taken
 * about a common centre: that of the circle fitted through the corners of the columns' hull.
 */

const withEndBias = (n: number, options = {}, most?: number) =>
  onSeedsFrom20000(softmax(n, { outputBias: true, ...options }), noteSchedule(5000), most);

/** Distances from the centre, in units of the hull's corners' mean distance. */
function distances(run: Run): number[] {
  const { layers, centre } = geometry.concentricRings(run.points);
  const found = run.points.map((w) => Math.hypot(w[0]! - centre[0], w[1]! - centre[1]));
  const radius = mean(layers[0]!.map((i) => found[i]!));
  return found.map((d) => d / radius);
}
const insideHull = (run: Run) => run.points.length - geometry.concentricRings(run.points).layers[0]!.length;

const circles = (run: Run) => {
  const sizes = circlesBy(distances(run), 0.1);
  return { circles: sizes.join(" + "), "of three features or more": sizes.filter((size) => size > 2).length };
};
const areConcentric = (o: ReturnType<typeof circles>) => o["of three features or more"] > 1;

/** Initialised near features on two circles, each with the bias −½‖w‖² that decodes it (C14b). */
const nearTwoCircles = (outer: number, inner: number) => {
  const points = [...geometry.polygon(outer, 3), ...geometry.polygon(inner, 1.65)];
  const at = { weight0: [0, 1].flatMap((row) => points.map((w) => w[row]!)), bias1: solutions.nearestBiases(points) };
  return softmax(points.length, { outputBias: true, initialisation: { scheme: "torch", at, noise: 0.3 } });
};

const asCircles =
  "Circles are groups of features by their distance from the centre: further apart than a tenth of the outer radius, and further apart than any of them is wide. Three features or more make a circle; a lone one in the middle, or two, do not.";

hypothesis("C12 with an end bias features form concentric circles", {
  row: "C12",
  role: "as printed",
  claim: "With an end bias 10 to 40 features in 2D usually stand on concentric circles, under tied softmax.",
  operationalisation: `${asCircles} Asked are two circles in more than half of the seeds. The positive control is initialised near twelve features on a circle and eight on another: such circles are an end of training, which training from random weights seldom finds.`,
  given: scope("n", [20, 10, 12, 15, 30, 40], (n) => withEndBias(n, {}, 8192)),
  endPoints: false,
  observe: circles,
  expect: { most: "two or more concentric circles", when: areConcentric },
  control: { name: "no bias", model: softmax(20) },
  positiveControl: { name: "initialised near 12 + 8", model: nearTwoCircles(12, 8) },
  figure: likeTheMajority,
});

hypothesis("C12b with an end bias one circle surrounds one or two features", {
  row: "C12",
  role: "repaired",
  claim:
    "With an end bias and 10 or 12 features in 2D, tied softmax usually leaves one or two of them inside the others.",
  operationalisation:
    "The others are the corners of the columns' convex hull. The control has twenty features: then three or more are inside, and the further in the less they stand on circles (C12, C12e).",
  given: scope("n", [12, 10], (n) => withEndBias(n)),
  endPoints: false,
  observe: (run) => ({ "features inside": insideHull(run) }),
  expect: {
    most: "one or two features inside",
    when: (o) => o["features inside"] === 1 || o["features inside"] === 2,
  },
  control: { name: "n = 20", model: withEndBias(20).model },
  figure: ({ cells, control }) =>
    [...cells, control].map(({ label, runs, met, satisfied, of }) =>
      rings(
        runs[Math.max(0, met.indexOf(satisfied * 2 > of))]!,
        `${label}: one or two inside in ${satisfied} of ${of}`,
      ),
    ),
});

const sizes = [10, 12, 15, 20, 30, 40];

/** How much the biases differ from −½‖w‖² + constant, against half the squared distance to the nearest other column. */
function offCentreReading({ points, outputBias }: Run): number {
  const excess = solutions.excessBiases(points, outputBias!);
  const off = excess.map((b) => Math.abs(b - mean(excess)));
  const room = points.map((w, i) => Math.min(...points.flatMap((u, k) => (k === i ? [] : squaredDistance(u, w) / 2))));
  return median(off.map((b, i) => b / room[i]!));
}
const squaredDistance = (a: geometry.Point, b: geometry.Point) => a.reduce((sum, x, k) => sum + (x - b[k]!) ** 2, 0);

openQuestion("C12e where an end bias puts the features", {
  row: "C12",
  role: "supporting",
  question: "How do 10 to 40 features stand in 2D under tied softmax with an end bias?",
  operationalisation: `${asCircles} Inside are features that are no corner of the columns' convex hull. Each feature's label wins in its cell of a power diagram (C14b); with the same bₖ + ½‖wₖ‖² for all, in the region nearer to its column than to others. How far the biases are from that: the median over features of the difference from the mean, over half the squared distance to the nearest column. Medians and shares have exact bounds at 1e-4 each.`,
  given: scope("n", sizes, (n) => withEndBias(n, {}, 256)),
  measure: (populations) => {
    const each = Object.entries(populations).map(([label, { runs }]) => ({
      label,
      inside: medianWithin(runs.map((run) => insideHull(run) / run.points.length)),
      two: shareWithin(runs.filter((run) => areConcentric(circles(run))).length, runs.length),
      off: medianWithin(runs.map(offCentreReading)),
    }));
    const percent = (of: "inside" | "two") => each.map((o) => `${Math.round(100 * o[of].value)} %`).join(", ");
    const off = Math.max(...each.map((o) => o.off.value));
    return {
      answer: `Of ${sizes.join(", ")} features ${percent("inside")} are inside the hull; two circles are seen in ${percent("two")} of the seeds. The biases differ from those with which the nearest column wins by ${Math.round(100 * off)} % of what would matter, or less.`,
      values: Object.fromEntries(
        each.flatMap(({ label, inside, two, off: offset }) => [
          [`share of the features inside, ${label}`, inside],
          [`share of seeds with two circles, ${label}`, two],
          [`biases off those of nearest columns, ${label}`, offset],
        ]),
      ),
    };
  },
  figure: (populations) => ({
    columns: 3,
    panels: [
      ...Object.entries(populations).map(([label, { runs }]) => rings(runs[0]!, `${label}, seed ${runs[0]!.seed}`)),
      charts.distribution({
        label: "distance from the centre, hull's corners at 1",
        conditions: Object.entries(populations).map(([label, { runs }]) => ({
          label: `${label}, features of 64 seeds`,
          values: runs.slice(0, 64).flatMap(distances),
        })),
        width: 440,
      }),
    ],
  }),
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

/** Of each cell the first seed that does as most seeds do, and one of the positive control. */
function likeTheMajority({ cells, positiveControl }: Result<unknown>) {
  return {
    columns: 4,
    panels: [...cells, positiveControl!].map(({ label, runs, met, satisfied, of }) => {
      const most = satisfied * 2 > of;
      const run = runs[Math.max(0, met.indexOf(most))]!;
      const share = `${satisfied} of ${of} on circles`;
      return rings(run, `${label}: ${share}, ${most ? circles(run).circles : "unlike this one"}`);
    }),
  };
}

/** The centre moved to the origin, features coloured by their biases. */
function rings(run: Run, caption: string) {
  const { centre } = geometry.concentricRings(run.points);
  const biases = run.points.map((w, i) => run.outputBias![i]! + geometry.dot(centre, w));
  return shapes.plane({
    points: run.points.map((w) => w.map((x, k) => x - centre[k]!)),
    values: { of: biases.map((b) => b - mean(biases)), label: "bias less its mean" },
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
