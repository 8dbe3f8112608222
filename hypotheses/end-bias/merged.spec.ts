import fc from "fast-check";
import { exactClaim, hypothesis, models, recipe, scope } from "../../src/index.ts";
import { close, hundredths, overRuns, summedLoss } from "../helpers.ts";
import { atOne, conditions, spread, steps, unitNorm } from "./scale-setup.ts";

/** With unit-norm columns and a learned scale: features that have merged, what room they need (B10d), and what parts them (B10e). */

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

/** No round ends early: just after the noise the gradient is as small as at rest. */
const throughout = (n: number, factor = 1) => {
  const { rate } = atOne(n).recipe;
  return recipe({ steps: factor * steps, rate, convergence: { gradientNorm: 1e-4, every: null } });
};
const withNoise = { noise: 1e-4, rounds: 5 };

hypothesis("B10e at scale 1 a little noise makes training find the lossless circle", {
  row: "B10",
  role: "repaired",
  claim:
    "With the scale initialised at 1 and a little noise now and then, ten and twelve features end in as many directions, without loss: two features that have merged are a saddle, which descent alone does not leave.",
  operationalisation: `After training, noise of 0.0001 is added to every weight, bias and the scale, and training goes on as before; five times. Without loss: a summed loss below 0.001. The control has as many steps in all. This answers “why?” and “can I encourage the correct algorithm?”. ${conditions}`,
  given: scope("n", [10, 12], (n) => ({ ...atOne(n), recipe: throughout(n), disturbed: withNoise })),
  endPoints: false,
  observe: (run) => ({ directions: spread(run).directions, "summed loss": summedLoss(run) }),
  expect: { nearlyAll: "a summed loss below 0.001", when: (o) => o["summed loss"] < 1e-3 },
  control: {
    name: "without noise",
    recipe: throughout(10, 1 + withNoise.rounds),
    disturbed: undefined,
  },
  figure: ({ cells, control }) => [overRuns([...cells, control], summedLoss, { label: "summed loss at the end" })],
});
