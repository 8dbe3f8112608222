import fc from "fast-check";
import { charts, exactClaim, hypothesis, landscape, models, solutions } from "../../src/index.ts";
import { close, hundredths, overRuns, seedsFrom20000, summedLoss } from "../helpers.ts";
import {
  besideHexagon,
  columnsWithBias,
  type Feature,
  flatten,
  fourShort,
  highRate,
  learned,
  onCircle,
  polar,
  weightsOf,
  withEndBias,
} from "./setup.ts";

/**
 * Tied ReLU models with an end bias: an exact solution with silent features is a minimum, and training stays there (B6, B6e). A
 * feature is silent when its output is 0 for every input and every other output is 0 for it.
 */

/** The same with two features in the first corner, alike, so that each gives itself half of its output. */
const withTwinCorner = (count: number): Feature[] => {
  const [corner, ...others] = onCircle(count);
  const half = { point: corner!.point, bias: corner!.bias - 0.5 };
  return [half, ...others, half];
};
/** Five to seven learned features and one to three silent ones: short, with a bias that no input outweighs (w·w′ ≤ 0.3 R). */
const withSilent = fc.record({ count: fc.integer({ min: 5, max: 7 }) }).chain(({ count }) => {
  const silent = fc
    .record({ angle: hundredths(0, 628), length: hundredths(0, 30), margin: hundredths(5, 200) })
    .map(({ angle, length, margin }) => ({
      point: polar(length, angle),
      bias: -0.3 * Math.sqrt(solutions.losslessSquaredRadius(count)) - 0.1 - margin,
    }));
  return fc.record({ count: fc.constant(count), silent: fc.array(silent, { minLength: 1, maxLength: 3 }) });
});

type Solution = Readonly<{ count: number; silent: readonly Feature[] }>;
const allOf = ({ count, silent }: Solution) => [...onCircle(count), ...silent];

/** The gradient of the summed loss. */
const slopes = (features: readonly Feature[]) => {
  const model = withEndBias(features.length);
  const { gradient } = models.gradient(model, flatten(weightsOf(features)));
  return [...gradient].map((g) => models.terms(model) * g);
};
/** Whether every feature but those on the circle has exactly zero gradient, by both coordinates of its column and by its bias. */
const silentFeelNothing = ({ count, silent }: Solution) =>
  slopes(allOf({ count, silent })).every((slope, k) => k % (count + silent.length) < count || slope === 0);
const curvatures = (features: readonly Feature[]) =>
  landscape.classify(withEndBias(features.length), flatten(weightsOf(features)));

exactClaim("B6 an exact solution with silent features is a minimum, flat in the silent ones", {
  row: "B6",
  role: "repaired",
  claim:
    "Where the learned features are reconstructed exactly and the others are silent, the unlearned ones have exactly zero gradient and the Hessian has no negative direction.",
  operationalisation:
    "The proof: the second derivative of the summed loss is 2 Σ ∇z ∇zᵀ over the outputs above 0, plus terms in their errors, which are 0. A silent output adds nothing. The Hessian is semidefinite, not definite: all directions of the silent features are flat. Checked on circles of five to seven learned features with one to three silent ones.",
  properties: {
    "every unlearned feature has exactly zero gradient": fc.property(withSilent, silentFeelNothing),
    "the learned ones have none but rounding": fc.property(withSilent, (solution) =>
      slopes(allOf(solution)).every((slope) => close(slope, 0, 1e-12)),
    ),
    "no curvature is negative, and at least three directions are flat for each silent feature": fc.property(
      withSilent,
      (solution) => {
        const { eigenvalues, flat } = curvatures(allOf(solution));
        return Math.min(...eigenvalues) > -1e-9 && flat >= 3 * solution.silent.length;
      },
    ),
  },
  nearMiss: {
    "zero gradient where an unlearned feature has a bias of +0.1": fc.property(withSilent, ({ count, silent }) =>
      silentFeelNothing({ count, silent: silent.map(({ point }) => ({ point, bias: 0.1 })) }),
    ),
    "no negative curvature where two merged features share a corner": fc.property(
      fc.integer({ min: 5, max: 9 }),
      (count) => Math.min(...curvatures(withTwinCorner(count)).eigenvalues) > -1e-9,
    ),
    "positive definite": fc.property(withSilent, (solution) => curvatures(allOf(solution)).flat === 0),
  },
  figure: () => {
    const cases = Object.entries({
      "six learned, four silent": [...onCircle(6), ...fourShort(-0.5)],
      "two features merged in one corner": [...withTwinCorner(6), ...fourShort(-0.5).slice(0, 3)],
    });
    return {
      columns: 2,
      panels: [
        ...cases.map(([caption, all]) =>
          columnsWithBias({ points: all.map((f) => f.point), outputBias: all.map((f) => f.bias) }, { caption }),
        ),
        ...cases.map(([caption, features]) => spectrum(`${caption}: eigenvalues`, features)),
      ],
    };
  },
});

hypothesis("B6e six learned and four silent features stay", {
  row: "B6",
  role: "repaired",
  kind: "landscape",
  claim:
    "Six learned features on the exact hexagon with four silent features beside them stay so when every weight and bias is disturbed: nothing else is learned.",
  operationalisation:
    "The hexagon of R² = 2 and four columns of length 0.3 with bias −0.5, all moved by Gaussian noise of 0.05, are trained for 10,000 steps at a constant rate. They stay when six features are learned and the summed loss is within 0.01 of 4. In the control the bias of the four is +0.1, so that they are not silent.",
  given: {
    model: besideHexagon(-0.5),
    recipe: { ...highRate(10), steps: 10_000, checkpoints: { count: 0, spacing: "log" } },
    seeds: seedsFrom20000(),
  },
  endPoints: false,
  observe: (run) => ({ "features learned": learned(run).length, "summed loss": summedLoss(run) }),
  expect: {
    nearlyAll: "six learned, loss 4",
    when: (o) => o["features learned"] === 6 && Math.abs(o["summed loss"] - 4) < 0.01,
  },
  control: { name: "the four start with a bias of +0.1", model: besideHexagon(0.1) },
  figure: ({ cells, control }) =>
    overRuns(
      [
        { label: "silent (bias −0.5)", runs: cells[0]!.runs },
        { label: "not silent (bias +0.1)", runs: control.runs },
      ],
      summedLoss,
      { label: "summed loss at the end", marks: [{ value: 4, label: "six exact, four unlearned" }] },
    ),
});

const spectrum = (caption: string, features: readonly Feature[]) =>
  charts.series({
    caption,
    x: "index",
    y: "curvature of the summed loss",
    width: 320,
    height: 260,
    series: [{ label: "eigenvalue", points: curvatures(features).eigenvalues.map((y, x) => ({ x, y })) }],
    references: [{ label: "0", at: () => 0 }],
  });
