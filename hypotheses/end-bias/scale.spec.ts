import {
  charts,
  distributions,
  hypothesis,
  models,
  openQuestion,
  type Run,
  recipe,
  scope,
  shapes,
} from "../../src/index.ts";
import { byLabel, meanWithin, onSeedsFrom20000, pointAt } from "../helpers.ts";
import { atOne, conditions, outlineOf, rateByScale, spread, unitNorm } from "./scale-setup.ts";
import { own } from "./setup.ts";

/**
 * Tied ReLU models with an end bias, every column kept at norm 1, and a learned scale s after the ReLU: output j of input i is
 * s ReLU(cos θᵢⱼ + bⱼ). How many features are learned by the scale at initialisation (B9), and how they lie on the circle when it
 * is 1 (B10). The end bias is initialised as in the older version of the note's code, uniform in ±1/√2.
 */

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
    ...scope(`${shrunk}, s`, scales, (s) => onSeedsFrom20000(unitNorm(10, s), rateByScale(10, s), 64)),
    ...scope(`${same}, s`, scales, (s) => onSeedsFrom20000(unitNorm(10, s), sameForAll, 64)),
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

const largeScale = { name: "scale started at 8", model: unitNorm(10, 8), recipe: rateByScale(10, 8) };
/** The random start of a seed below 1,000, as given weights. */
const startOf = (seed: number, n = 10) => {
  const p = [...models.initialise(unitNorm(n, 1), seed)];
  return { weight0: p.slice(0, 2 * n), bias1: p.slice(2 * n, 3 * n) };
};

hypothesis("B10 at scale 1: evenly on a circle, in fewer directions than features", {
  row: "B10",
  role: "as printed",
  claim:
    "With the scale initialised at 1, six to fifteen features are learned evenly on the circle, in fewer directions than there are features.",
  operationalisation: `Evenly: every gap between neighbours is within 5 % of 2π over their number. ${conditions}`,
  given: scope("n", [6, 10, 12, 15], (n) => atOne(n)),
  endPoints: false,
  observe: spread,
  expect: {
    nearlyAll: "fewer directions than features, evenly",
    when: (o) => o["fewer than features"] && o["largest relative error of a gap"] < 0.05,
  },
  control: { ...largeScale, name: "ten features, scale started at 8" },
  positiveControl: {
    name: "ten features, the random start of one seed that does so, moved by noise of 0.001",
    ...atOne(10, { scheme: "torch", at: startOf(3), noise: 1e-3 }),
  },
  figure: ({ cells }) => cells.slice(-3).map(withFewerDirections),
});

hypothesis("B10b at scale 1: fewer directions than features", {
  row: "B10",
  role: "repaired",
  claim:
    "With the scale initialised at 1, ten to fifteen features usually end in fewer directions than there are features.",
  operationalisation: `Six features always get a direction each (B10). The features without one have merged with another: the same column and bias, half of the output each. ${conditions}`,
  given: scope("n", [10, 12, 15], (n) => atOne(n)),
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
  given: scope("n", [10, 12, 15], (n) => atOne(n)),
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
