import {
  charts,
  hypothesis,
  landscape,
  openQuestion,
  type Run,
  recipe,
  scope,
  solutions,
  statistics,
} from "../../src/index.ts";
import { byLabel, onSeedsFrom20000, overRuns, pointAt, summedLoss } from "../helpers.ts";
import { allInitiallyOn, lossless, nearLosslessCircle } from "./setup.ts";

/**
 * Tied ReLU models with an end bias: from which weights around the lossless circle training comes back to loss 0 (B11). On the
 * circle R² = 1/(1 − cos 2π/n), and every bias is 1 − R².
 */

/** Constant, of a size that suits the circle: its curvatures grow like R². */
const rate = (features: number) =>
  features === 5 ? 0.5 : (0.05 * features ** 2) / solutions.losslessSquaredRadius(features);

const untilConverged = (features: number) =>
  recipe({
    steps: 8000,
    rate: rate(features),
    convergence: { gradientNorm: 1e-5, every: 1000 },
    checkpoints: { count: 1, spacing: "even" },
  });

const sizes = [5, 6, 8, 10, 15, 20];
const seedsAtEach = 128;
/** Multiples of the predicted radius. With five features the basin is wider than the first order predicts. */
const noisesAt = (n: number) =>
  (n === 5 ? [0.8, 1.2, 1.6, 1.85, 2.1, 2.5, 3] : [0.6, 0.8, 0.9, 1, 1.12, 1.25, 1.45]).map((factor) => ({
    label: `n = ${n}, noise ${factor}`,
    n,
    noise: factor * landscape.circleBasinRadius(n),
  }));

const keptAtEachNoise = (n: number, populations: Record<string, { readonly runs: readonly Run[] }>) =>
  noisesAt(n).map(({ label, noise }) => ({ noise, kept: populations[label]!.runs.filter(lossless).length }));

/** The noise at which half of the seeds keep loss 0, within the nearest noises at which the share is surely above and below 1/2. */
function radius(counts: ReturnType<typeof keptAtEachNoise>) {
  const at = counts.findIndex(({ kept }) => kept < seedsAtEach / 2);
  if (at < 1) throw new Error("the noises tried do not straddle the radius");
  const [a, b] = [counts[at - 1]!, counts[at]!];
  const part = (a.kept - seedsAtEach / 2) / (a.kept - b.kept);
  const above = counts.filter(({ kept }) => statistics.lowerBound(kept, seedsAtEach, 1e-3) > 0.5);
  const below = counts.filter(({ kept }) => statistics.upperBound(kept, seedsAtEach, 1e-3) < 0.5);
  return {
    value: Math.exp(Math.log(a.noise) + part * Math.log(b.noise / a.noise)),
    low: above.at(-1)?.noise ?? 0,
    high: (below[0] ?? counts.at(-1)!).noise,
  };
}

openQuestion("B11 how near the exact solution the weights must be initialised", {
  row: "B11",
  role: "answer",
  question:
    "Initialised at the lossless circle with noise on every weight and bias, how small must the noise be for the model to end at loss 0, and how does that depend on n?",
  operationalisation:
    "A seed keeps loss 0 where the summed loss is below 0.001 after 8,000 steps; the solutions are a continuum, so no particular one is asked for. The radius is the standard deviation of the noise at which half of the seeds keep it, interpolated between seven noises for each n with 128 seeds each. Its bounds are the nearest noises at which the share is above, and below, one half by an exact bound of 1e-3.",
  given: byLabel(
    sizes.flatMap(noisesAt),
    ({ label }) => label,
    ({ n, noise }) => onSeedsFrom20000(nearLosslessCircle(n, noise), untilConverged(n), seedsAtEach),
  ),
  measure: (populations) => {
    const radii = scope("radius at n", sizes, (n) => radius(keptAtEachNoise(n, populations)));
    const found = Object.values(radii).map(({ value }) => value);
    // Five features leave the linear regime.
    const fit = statistics.polynomialFit(sizes.slice(1).map(Math.log), found.slice(1).map(Math.log), 1);
    const [power, error] = [fit.coefficients[1]!, fit.standardErrors[1]!];
    const runs = Object.values(populations).flatMap((p) => p.runs);
    const agree = runs.filter((run) => lossless(run) === allInitiallyOn(run)).length;
    return {
      answer: `Noise of ${found.map((r, i) => `${r.toPrecision(2)} (n = ${sizes[i]})`).join(", ")}: the radius falls like n to the power −${Math.abs(power).toFixed(2)}. A seed keeps loss 0 if every feature is on at initialisation (${agree} of ${runs.length} seeds agree), which to first order gives the radius 1/(√(4R² + 1) Φ⁻¹(2^(−1/n))).`,
      values: {
        ...radii,
        "power of n, from six features on": { value: power, low: power - 4 * error, high: power + 4 * error },
      },
    };
  },
  figure: (populations, { values }) => ({
    columns: 2,
    panels: [
      charts.series({
        caption: "starts that keep loss 0",
        x: "standard deviation of the noise",
        y: `share of ${seedsAtEach} seeds`,
        xScale: "log",
        width: 460,
        series: [5, 8, 10, 15, 20].map((n) => ({
          label: `n = ${n}`,
          points: keptAtEachNoise(n, populations).map(({ noise: x, kept }) => ({ x, y: kept / seedsAtEach })),
        })),
      }),
      charts.series({
        caption: "noise at which half of them do",
        x: "features n",
        y: "standard deviation",
        xScale: "log",
        yScale: "log",
        width: 460,
        series: [
          {
            label: "measured, with bounds",
            points: sizes.map((n) => pointAt(n, values[`radius at n = ${n}`]!)),
          },
          {
            label: "half of the starts have every feature on (first order)",
            points: sizes.map((n) => ({ x: n, y: landscape.circleBasinRadius(n) })),
          },
        ],
      }),
    ],
  }),
});

hypothesis("B11b loss 0 is kept where every feature is initially on", {
  row: "B11",
  role: "supporting",
  kind: "landscape",
  claim:
    "From eight features on, a disturbed lossless circle comes back to loss 0 if and only if every feature is on at initialisation, ‖wᵢ‖² + bᵢ > 0.",
  operationalisation:
    "At the noise at which about half of the seeds have every feature on, where the statement is hardest.",
  given: scope("n", [8, 10, 20], (n) =>
    onSeedsFrom20000(nearLosslessCircle(n, landscape.circleBasinRadius(n)), untilConverged(n)),
  ),
  endPoints: false,
  observe: (run) => {
    const on = allInitiallyOn(run);
    const kept = lossless(run);
    return { "all on at the start": on, "keeps loss 0": kept, agree: on === kept };
  },
  expect: { nearlyAll: "loss 0 kept exactly where every feature is initially on", when: (o) => o.agree },
  control: {
    name: "GELU, where a feature that is off still feels a gradient",
    model: nearLosslessCircle(8, landscape.circleBasinRadius(8), "gelu"),
    recipe: recipe({ steps: 1500, rate: rate(8), checkpoints: { count: 1, spacing: "even" } }),
  },
  figure: ({ cells }) =>
    overRuns(
      cells.flatMap(({ label, runs }) => [
        { label: `${label}, all start on`, runs: runs.filter(allInitiallyOn) },
        { label: `${label}, some start off`, runs: runs.filter((run) => !allInitiallyOn(run)) },
      ]),
      summedLoss,
      { label: "summed loss at the end", width: 720 },
    ),
});
