import { charts, hypothesis, openQuestion, type Result, type Run, recipe, scope } from "../../src/index.ts";
import { onSeedsFrom20000, overRuns, seedsFrom20000, shareWithin, summedLoss } from "../helpers.ts";
import {
  allInitiallyOn,
  bothSchemes,
  highRate,
  learned,
  lossless,
  nearLosslessCircle,
  newer,
  older,
  startedAtLosslessCircle,
  underBothSchemes,
  withEndBias,
} from "./setup.ts";

/** Tied ReLU models with an end bias: whether training finds a solution without loss from random weights (B2). */

const trained =
  "At a constant rate of 0.02 n², 0.2 n at most, long enough for nearly every seed of ten features or fewer to converge (30,000 steps for five and six features, 250,000 for eight and ten), and 700,000 steps for twenty.";

const outcome = (run: Run) => ({ "summed loss": summedLoss(run), "features learned": learned(run).length });

hypothesis("B2 training does not find the lossless circle", {
  row: "B2",
  role: "as printed",
  claim:
    "Trained from random weights, the tied model with an end bias does not reach the loss 0 that it could, whatever the number of features from 5 to 20.",
  operationalisation: `In at most 5 % of seeds the summed loss ends below 0.001. At most 1,024 seeds, because one of twenty features takes 700,000 steps. ${trained} ${bothSchemes}`,
  given: underBothSchemes(withEndBias, [5, 6, 8, 10, 20], (n) => ({
    recipe: highRate(n),
    seeds: seedsFrom20000(1024),
  })),
  endPoints: false,
  observe: outcome,
  expect: { nearlyAll: "a summed loss above 0.001 at the end", when: (o) => o["summed loss"] >= 1e-3 },
  control: startedAtLosslessCircle(5),
  figure: lossesAndThoseFound,
});

hypothesis("B2b training does not find the lossless circle, from eight features on", {
  row: "B2",
  role: "repaired",
  claim: "With eight to twenty features training does not reach the loss 0 that it could.",
  operationalisation: `As B2, without five and six features, of which some seeds find it. ${trained} ${bothSchemes}`,
  given: underBothSchemes(withEndBias, [8, 10, 20], (n) => ({
    recipe: highRate(n),
    seeds: seedsFrom20000(),
  })),
  endPoints: false,
  observe: outcome,
  expect: { nearlyAll: "a summed loss above 0.001 at the end", when: (o) => o["summed loss"] >= 1e-3 },
  control: startedAtLosslessCircle(8),
  figure: lossesAndThoseFound,
});

const lossZero = { marks: [{ value: 0, label: "lossless" }], width: 640 };

hypothesis("B2c with five features loss 0 is found where every feature is initially on", {
  row: "B2",
  role: "supporting",
  claim:
    "With five features training reaches loss 0 in exactly those seeds in which every feature is on at initialisation, ‖wᵢ‖² + bᵢ > 0.",
  operationalisation:
    "Both ways: a summed loss below 0.001 at the end if and only if every feature is on at step 0. The newer initialisation scheme, with the end bias in ±1/√n. A feature that is off gets no gradient from its own input.",
  given: { model: withEndBias(5, "torch-tied-bias"), recipe: highRate(5), seeds: seedsFrom20000() },
  endPoints: false,
  observe: (run) => {
    const on = allInitiallyOn(run);
    const found = lossless(run);
    return { "all on at the start": on, "loss 0 at the end": found, agree: on === found };
  },
  expect: { nearlyAll: "loss 0 exactly where every feature is initially on", when: (o) => o.agree },
  control: {
    name: "GELU, started around the circle so that about half the seeds start all on",
    model: nearLosslessCircle(5, 0.68, "gelu"),
    recipe: recipe({ steps: 3000, rate: 0.5, checkpoints: { count: 1, spacing: "even" } }),
  },
  figure: ({ cells: [cell] }) =>
    overRuns(
      [
        { label: "every feature starts on", runs: cell!.runs.filter(allInitiallyOn) },
        { label: "some start off", runs: cell!.runs.filter((run) => !allInitiallyOn(run)) },
      ],
      summedLoss,
      { label: "summed loss at the end", ...lossZero },
    ),
});

openQuestion("B2d how often loss 0 is found, where every feature is initially on and where not", {
  row: "B2",
  role: "supporting",
  question:
    "Is it enough for every feature to be on at initialisation, and is it needed, as the number of features grows?",
  operationalisation:
    "The share of seeds that reach a summed loss below 0.001, of those in which every feature is on at step 0 and of the others; 512 seeds for each n, the newer initialisation scheme (end bias in ±1/√n), exact bounds at 1e-4.",
  given: scope("n", [5, 6, 8], (n) => onSeedsFrom20000(withEndBias(n, "torch-tied-bias"), highRate(n), 512)),
  measure: (populations) => {
    const found = (runs: readonly Run[]) => runs.filter(lossless).length;
    const groups = Object.entries(populations).map(([name, { runs }]) => {
      const off = runs.filter((run) => !allInitiallyOn(run));
      return { name, runs, on: runs.filter(allInitiallyOn), off };
    });
    return {
      answer: `Needed, but enough at five features only: of the seeds in which all are on ${groups.map(({ name, on }) => `${found(on)} of ${on.length} (${name})`).join(", ")} reach loss 0; of the others ${groups.map(({ off }) => `${found(off)} of ${off.length}`).join(", ")}.`,
      values: Object.fromEntries(
        groups.flatMap(({ name, runs, on, off }) => [
          [`${name}: every feature starts on`, shareWithin(on.length, runs.length)],
          [`${name}: loss 0 where all start on`, shareWithin(found(on), on.length)],
          [`${name}: loss 0 where some start off`, shareWithin(found(off), off.length)],
        ]),
      ),
    };
  },
  figure: (populations) =>
    overRuns(
      Object.entries(populations).map(([label, { runs }]) => ({ label, runs: runs.filter(allInitiallyOn) })),
      summedLoss,
      { label: "summed loss at the end, of the seeds in which every feature starts on", ...lossZero },
    ),
});

const allOn = (n: number) => withEndBias(n, { scheme: "torch", at: { bias1: new Array<number>(n).fill(0.3) } });
const withNoise = { noise: 1e-3, rounds: 4 };
const gently = (n: number, steps = 100_000) =>
  recipe({ steps, rate: 0.01 * n ** 2, convergence: { gradientNorm: 1e-5, every: 10_000 } });

hypothesis("B2e every feature initially on, and a little noise", {
  row: "B2",
  role: "supporting",
  claim:
    "Where every feature starts on and a little noise is added now and then, training usually finds a solution without loss for eight features, and for ten.",
  operationalisation:
    "Every bias starts at 0.3. After training, noise of 0.001 is added to every weight and bias and training goes on as before; four times. Without loss: a summed loss below 0.001. The control has as many steps in all. With columns of norm 1 the same recipe always works (B10e).",
  given: scope("n", [8, 10], (n) => ({ ...onSeedsFrom20000(allOn(n), gently(n)), disturbed: withNoise })),
  endPoints: false,
  observe: outcome,
  expect: { most: "a summed loss below 0.001", when: (o) => o["summed loss"] < 1e-3 },
  control: { name: "without noise", recipe: gently(8, 500_000), disturbed: undefined },
  positiveControl: { name: "five features", model: allOn(5), recipe: gently(5) },
  figure: ({ cells, control }) =>
    overRuns([...cells, control], summedLoss, { label: "summed loss at the end", ...lossZero }),
});

/** In which cells loss 0 is found how often; and the losses under the older initialisation scheme. */
function lossesAndThoseFound({ cells }: Result<unknown>) {
  const underScheme = [older, newer].map((scheme) => cells.filter(({ label }) => label.endsWith(scheme)));
  const found = charts.scopeMap({
    caption: "seeds that reach loss 0",
    columns: { label: "features n", values: underScheme[0]!.map((o) => o.condition.model.sizes[0]!) },
    rows: { label: "initialisation", values: [older, newer] },
    cells: underScheme.map((row) =>
      row.map(({ verdict, satisfied, of }) => ({ verdict, note: `${of - satisfied} of ${of}` })),
    ),
  });
  const label = "summed loss at the end (a whole number when every feature is learned or dead)";
  return { columns: 1, panels: [found, overRuns(underScheme[0]!, summedLoss, { label, ...lossZero })] };
}
