import {
  always,
  circleBasinRadius,
  compose,
  distribution,
  hypothesis,
  losslessSquaredRadius,
  lowerBound,
  polynomialFit,
  type Run,
  recipe,
  series,
  upperBound,
  verdictLine,
} from "../../src/index.ts";
import { allStartOn, fresh, nearCircle, section, summedLoss } from "./end-bias-setup.ts";

/** Tied, end bias: the starts around the lossless circle that training brings back to loss 0 (B11). */

const sizes = [5, 6, 8, 10, 15, 20];
/** Steps of a size that suits the circle: its curvatures grow like R². */
const gentle = (features: number) =>
  recipe({
    steps: 8000,
    rate: features === 5 ? 0.5 : (0.05 * features ** 2) / losslessSquaredRadius(features),
    convergence: { gradientNorm: 1e-5, every: 1000 },
    checkpoints: { count: 1, spacing: "even" },
  });
const disturbed = (features: number, noise: number, count: number) => ({
  model: nearCircle(features, noise),
  recipe: gentle(features),
  seeds: fresh(count),
});
const stays = (run: Run) => summedLoss(run) < 1e-3;
/** Noise in units of the predicted radius. Five features leave the linear regime: their basin is wider than predicted. */
const factors = (features: number) =>
  features === 5 ? [0.8, 1.2, 1.6, 1.85, 2.1, 2.5, 3] : [0.6, 0.8, 0.9, 1, 1.12, 1.25, 1.45];
const perNoise = 128;

/** Share of starts that stay at each noise, the noise at which half do, and bounds for it: where the share is surely above or below 1/2. */
function halfway(shares: readonly { noise: number; kept: number }[]) {
  const at = shares.findIndex(({ kept }) => kept < perNoise / 2);
  if (at < 1) throw new Error("the noises tried do not straddle the radius");
  const [a, b] = [shares[at - 1]!, shares[at]!];
  const share = (a.kept - perNoise / 2) / (a.kept - b.kept);
  const value = Math.exp(Math.log(a.noise) + share * Math.log(b.noise / a.noise));
  const low = shares.filter(({ kept }) => lowerBound(kept, perNoise, 1e-3) > 0.5).at(-1)?.noise ?? 0;
  const high =
    shares.find(({ kept }) => upperBound(kept, perNoise, 1e-3) < 0.5)?.noise ?? shares.at(-1)!.noise;
  return { value, low, high };
}

const grid = sizes.flatMap((n) =>
  factors(n).map((factor) => ({
    n,
    noise: factor * circleBasinRadius(n),
    name: `n = ${n}, noise ${factor}`,
  })),
);

hypothesis("B11 how near the exact solution a start must be", {
  question:
    "Started at the lossless circle with noise on every weight and bias, how small must the noise be for the model to keep loss 0, and how does that depend on n?",
  section,
  reading:
    "Kept: a summed loss below 0.001 after 8,000 steps (the solutions are a continuum, so no particular one is asked for). The radius is the standard deviation at which half of 128 seeds a noise keep it (seven noises for each n, so that the curve rests on 896), interpolated between the noises tried; its bounds are the nearest noises at which the share is above, and below, one half by an exact bound of 1e-3.",
  given: Object.fromEntries(grid.map(({ n, noise, name }) => [name, disturbed(n, noise, perNoise)])),
  measure: (ensembles) => {
    const radii = sizes.map((n) =>
      halfway(
        grid
          .filter((g) => g.n === n)
          .map(({ noise, name }) => ({ noise, kept: ensembles[name]!.runs.filter(stays).length })),
      ),
    );
    const beyond = sizes.slice(1);
    const line = polynomialFit(
      beyond.map(Math.log),
      radii.slice(1).map((r) => Math.log(r.value)),
      1,
    );
    const [slope, error] = [line.coefficients[1]!, line.standardErrors[1]!];
    const runs = Object.values(ensembles).flatMap((e) => e.runs);
    const agree = runs.filter((run) => stays(run) === allStartOn(run)).length;
    return {
      answer: `Noise of ${radii.map((r, i) => `${r.value.toPrecision(2)} (n = ${sizes[i]})`).join(", ")}: the radius falls like n to the power −${Math.abs(slope).toFixed(2)}. A start keeps loss 0 if every feature is on in it (${agree} of ${runs.length} runs agree), which to first order gives the radius 1/(√(4R² + 1) Φ⁻¹(2^(−1/n))).`,
      values: {
        ...Object.fromEntries(sizes.map((n, i) => [`radius at n = ${n}`, radii[i]!])),
        "power of n, from six features on": {
          value: slope,
          low: slope - 4 * error,
          high: slope + 4 * error,
        },
      },
    };
  },
  figure: (ensembles, { answer, values }) =>
    compose({ title: "The basin of the lossless circle", subtitle: answer, columns: 2 }, [
      series({
        caption: "starts that keep loss 0",
        x: "standard deviation of the noise",
        y: "share of 128 seeds",
        xScale: "log",
        width: 460,
        series: [5, 8, 10, 15, 20].map((n) => ({
          label: `n = ${n}`,
          points: grid
            .filter((g) => g.n === n)
            .map(({ noise, name }) => ({
              x: noise,
              y: ensembles[name]!.runs.filter(stays).length / perNoise,
            })),
        })),
      }),
      series({
        caption: "noise at which half of them do",
        x: "features n",
        y: "standard deviation",
        xScale: "log",
        yScale: "log",
        width: 460,
        series: [
          {
            label: "measured, with bounds",
            points: sizes.map((n) => {
              const { value, low, high } = values[`radius at n = ${n}`]!;
              return { x: n, y: value, interval: [low, high] };
            }),
          },
          {
            label: "half of the starts have every feature on (first order)",
            points: sizes.map((n) => ({ x: n, y: circleBasinRadius(n) })),
          },
        ],
      }),
    ]),
});

type Fate = { "all on at the start": boolean; "keeps loss 0": boolean; agree: boolean };

hypothesis("B11b a start keeps loss 0 where every feature is on", {
  claim:
    "A disturbed lossless circle comes back to loss 0 if and only if every feature is on in the start, ‖wᵢ‖² + bᵢ > 0.",
  section,
  kind: "landscape",
  reading:
    "At the noise at which about half of the starts have every feature on, where the statement is hardest; from eight features on.",
  given: Object.fromEntries([8, 10, 20].map((n) => [`n = ${n}`, disturbed(n, circleBasinRadius(n), 256)])),
  endPoints: false,
  observe: (run) => {
    const [on, kept] = [allStartOn(run), stays(run)];
    return { "all on at the start": on, "keeps loss 0": kept, agree: on === kept };
  },
  expect: always((o: Fate) => o.agree, "kept exactly where all start on"),
  control: {
    name: "GELU, where a feature that is off still feels a gradient",
    model: nearCircle(8, circleBasinRadius(8), "gelu"),
    recipe: recipe({ steps: 1500, rate: gentle(8).rate.max, checkpoints: { count: 1, spacing: "even" } }),
  },
  figure: (result) =>
    compose({ title: "Which disturbed circles keep loss 0", subtitle: verdictLine(result) }, [
      distribution({
        label: "summed loss at the end",
        conditions: result.cells.flatMap((o) =>
          [true, false].map((on) => ({
            label: `${o.label}, ${on ? "all start on" : "some start off"}`,
            values: o.ensemble.runs.flatMap((run, i) =>
              o.values[i]?.["all on at the start"] === on ? [summedLoss(run)] : [],
            ),
          })),
        ),
        width: 720,
      }),
    ]),
});
