import fc from "fast-check";
import {
  charts,
  distributions,
  exactClaim,
  geometry,
  hypothesis,
  models,
  openQuestion,
  type Run,
  recipe,
  type State,
  scope,
  shapes,
} from "../../src/index.ts";
import { byLabel, close, hundredths, meanWithin, onSeedsFrom1000, pointAt } from "../helpers.ts";
import { own, withEndBias } from "./setup.ts";

/**
 * Tied ReLU models with an end bias, every column kept at norm 1, and a learned scale s after the ReLU: output j of input i is
 * s ReLU(cos θᵢⱼ + bⱼ). How many features are learned by the scale at initialisation (B9), and how they lie on the circle when it
 * is 1 (B10). The end bias is initialised as in the older version of the note's code, uniform in ±1/√2.
 */

const unitNorm = (features: number, scale: number) => ({ ...withEndBias(features), unitNorm: true, scale });

/** Curvatures grow like s², so the rate that suits every initial scale falls as 1/s², with as many times more steps, at most 60,000. */
const rateByScale = (features: number, scale: number, steps = 10_000) => {
  const factor = Math.max(1, scale ** 2);
  return recipe({
    steps: Math.min(60_000, steps * factor),
    rate: (0.1 * features) / factor,
    convergence: { gradientNorm: 1e-3, every: 500 },
  });
};

/** Its vertices are the directions of features whose own output is above 0.2; columns join when 1 − cos < 0.001. */
const outlineOf = (state: State) =>
  geometry.outline(state.points, own(state), { leastOutput: 0.2, leastNorm: 0, tolerance: 1e-3 });

const scales = [0.25, 0.5, 1, 2, 4, 8];
const [shrunk, same] = ["step shrunk with the scale", "the same step for all"] as const;
const sameForAll = recipe({ steps: 10_000, rate: 2, convergence: { gradientNorm: 1e-3, every: 500 } });

openQuestion("B9 features learned against the initial scale", {
  row: "B9",
  role: "answer",
  question:
    "With unit-norm columns and a learned scale, how many of ten features does the model learn for each initial scale?",
  operationalisation:
    "Directions at the end of training, of features whose own output is above 0.2 (joined when 1 − cos < 0.001): the mean of 64 seeds with four standard errors. Once with a step that shrinks like 1/s², because curvatures grow like s², and once with the same step for all. A run that diverges counts as no direction.",
  given: {
    ...scope(`${shrunk}, s`, scales, (s) => onSeedsFrom1000(64, unitNorm(10, s), rateByScale(10, s))),
    ...scope(`${same}, s`, scales, (s) => onSeedsFrom1000(64, unitNorm(10, s), sameForAll)),
  },
  measure: (populations) => {
    const count = (run: Run) => (run.status === "diverged" ? 0 : outlineOf(run).vertices.length);
    const values = byLabel(
      Object.entries(populations),
      ([label]) => `directions, ${label}`,
      ([, { runs }]) => meanOfCounts(runs.map(count)),
    );
    const at = (rule: string, s: number) => values[`directions, ${rule}, s = ${s}`]!.value.toFixed(1);
    return {
      answer: `A large initial scale helps if the step shrinks with it: ${at(shrunk, 0.25)} directions at s = 0.25, ${at(shrunk, 1)} at 1, ${at(shrunk, 2)} at 2, ${at(shrunk, 4)} at 4, ${at(shrunk, 8)} of 10 at 8. With the same step for all it harms: ${at(same, 1)} at 1, ${at(same, 4)} at 4, ${at(same, 8)} at 8.`,
      values,
    };
  },
  figure: (_, { values }) =>
    charts.series({
      x: "initial scale",
      y: "directions in the end",
      xScale: "log",
      width: 700,
      series: [shrunk, same].map((rule) => ({
        label: `${rule} (64 seeds, ± 4 standard errors)`,
        points: scales.map((s) => pointAt(s, values[`directions, ${rule}, s = ${s}`]!)),
      })),
    }),
});

function spread(run: Run) {
  const { vertices, angleError } = outlineOf(run);
  const k = vertices.length;
  return {
    directions: k,
    "fewer than features": k < run.points.length,
    "largest relative error of a gap": k < 3 ? 9 : angleError / ((2 * Math.PI) / k),
    "features merged with another": geometry.twins(run.points, run.outputBias!).flat().length,
  };
}

const scaleAtOne = (n: number) => onSeedsFrom1000(256, unitNorm(n, 1), rateByScale(n, 1, 20_000));
const largeScale = {
  name: "ten features, scale started at 8, 64 seeds",
  ...onSeedsFrom1000(64, unitNorm(10, 8), rateByScale(10, 8)),
};
const conditions =
  "Columns kept at norm 1, a learned scale after the ReLU, 20,000 steps at a constant rate. Directions of features whose own output is above 0.2 (joined when 1 − cos < 0.001). The control is decided by 64 seeds.";

hypothesis("B10 at scale 1: evenly on a circle, in fewer directions than features", {
  row: "B10",
  role: "as printed",
  claim:
    "With the scale initialised at 1, six to fifteen features are learned evenly on the circle, in fewer directions than there are features.",
  operationalisation: `Evenly: every gap between neighbours is within 5 % of 2π over their number. ${conditions}`,
  given: scope("n", [6, 10, 12, 15], scaleAtOne),
  endPoints: false,
  observe: spread,
  expect: {
    nearlyAll: "fewer directions than features, evenly",
    when: (o) => o["fewer than features"] && o["largest relative error of a gap"] < 0.05,
  },
  control: largeScale,
  witness: {
    directions: 9,
    "fewer than features": true,
    "largest relative error of a gap": 0.01,
    "features merged with another": 2,
  },
  figure: ({ cells }) => cells.slice(-3).map(withFewerDirections),
});

hypothesis("B10b at scale 1: fewer directions than features", {
  row: "B10",
  role: "repaired",
  claim:
    "With the scale initialised at 1, ten to fifteen features usually end in fewer directions than there are features.",
  operationalisation: `Six features always get a direction each (B10). The features without one have merged with another: the same column and bias, half of the output each. ${conditions}`,
  given: scope("n", [10, 12, 15], scaleAtOne),
  endPoints: false,
  observe: spread,
  expect: { most: "fewer directions than features", when: (o) => o["fewer than features"] },
  control: largeScale,
  figure: ({ cells }) => cells.map(withFewerDirections),
});

hypothesis("B10c at scale 1: roughly evenly on a circle", {
  row: "B10",
  role: "repaired",
  claim:
    "With the scale initialised at 1, the directions of ten to fifteen features are spread round the circle roughly evenly.",
  operationalisation: `Roughly evenly: every gap between neighbours is within 30 % of 2π over their number. They cannot be exactly even where merged pairs are neighbours (B10d). ${conditions}`,
  given: scope("n", [10, 12, 15], scaleAtOne),
  endPoints: false,
  observe: spread,
  expect: { nearlyAll: "gaps within 30 %", when: (o) => o["largest relative error of a gap"] < 0.3 },
  control: largeScale,
  figure: distributions(
    { "": (o) => o["largest relative error of a gap"] },
    {
      label: "largest relative error of a gap between neighbours (0: all equal)",
      marks: [
        { value: 0.05, label: "5 %" },
        { value: 0.3, label: "30 %" },
      ],
      width: 680,
    },
  ),
});

/** Two directions at an angle, taken by `a` and by `b` features, each with the bias that gives it an output of 1/a or 1/b. */
function twoDirections(scale: number, angle: number, a: number, b: number) {
  const angles = [...new Array<number>(a).fill(0), ...new Array<number>(b).fill(angle)];
  const biases = angles.map((_, i) => 1 / (i < a ? a : b) / scale - 1);
  const model = unitNorm(a + b, scale);
  const parameters = Float64Array.from([...angles.map(Math.cos), ...angles.map(Math.sin), ...biases, scale]);
  const z = models.preactivations(model, parameters);
  return {
    own: models.ownOutputs(model, parameters),
    /** What reaches the outputs of the other direction. */
    across: Math.max(...z.flatMap((row, i) => row.filter((_, j) => i < a !== j < a))),
  };
}
/** Whether neither direction's outputs are above 0 for the other's inputs, and would be at 2 % less of an angle. */
const justSilent = (s: number, angle: number, a: number, b: number) =>
  close(twoDirections(s, angle, a, b).across, 0) && twoDirections(s, angle * 0.98, a, b).across > 1e-5;

const anyScale = hundredths(60, 2000);
const single = (s: number) => Math.acos(1 - 1 / s);
const double = (s: number) => Math.acos(1 - 1 / (2 * s));

exactClaim("B10d why the directions are not exactly even", {
  row: "B10",
  role: "supporting",
  claim:
    "At scale s a direction taken by one feature keeps a distance of arccos(1 − 1/s) from every other. Two directions of merged pairs need only arccos(1 − 1/(2s)), less than 1/√2 of it.",
  operationalisation:
    "The least angle at which the outputs of neither direction are above 0 for the inputs of the other, with every own output exact: 1 for a single feature, 1/2 for each of a pair.",
  properties: {
    "own outputs are 1 and 1/2": fc.property(anyScale, (s) =>
      twoDirections(s, 1, 1, 2).own.every((y, i) => close(y, [1, 1 / 2, 1 / 2][i]!)),
    ),
    "single beside single, and single beside pair": fc.property(
      anyScale,
      (s) => justSilent(s, single(s), 1, 1) && justSilent(s, single(s), 1, 2),
    ),
    "pair beside pair": fc.property(anyScale, (s) => justSilent(s, double(s), 2, 2)),
    "a pair's distance is less than 1/√2 of a single's": fc.property(
      anyScale,
      (s) => double(s) < single(s) / Math.SQRT2,
    ),
  },
  nearMiss: {
    "single beside pair at a pair's distance": fc.property(anyScale, (s) => justSilent(s, double(s), 1, 2)),
  },
});

/** The standard error is at least what one seed that differs by one makes of the mean: equal counts are no certainty. */
function meanOfCounts(counts: readonly number[]) {
  const { value, low, high } = meanWithin(counts);
  const least = 4 / counts.length;
  return { value, low: Math.min(low, value - least), high: Math.max(high, value + least) };
}

/** The columns of a seed with fewer directions than features, if there is one. */
function withFewerDirections({ label, runs }: { label: string; runs: readonly Run[] }) {
  const run = runs.find((one) => spread(one)["fewer than features"]) ?? runs[0]!;
  return shapes.plane({
    caption: `${label}, seed ${run.seed}: ${spread(run).directions} directions`,
    points: run.points,
    values: { of: own(run), label: "own output" },
    hull: false,
    extent: 1.15,
    width: 250,
  });
}
