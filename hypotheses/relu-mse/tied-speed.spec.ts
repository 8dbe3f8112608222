import {
  always,
  compose,
  directions,
  distribution,
  gradient,
  hypothesis,
  polygonRecovered,
  quantile,
  quantileBounds,
  type Run,
  range,
  recipe,
  type State,
  terms,
  trajectory,
  verdictLine,
} from "../../src/index.ts";
import { type Activation, fresh, over, section, tied } from "./tied-setup.ts";

/** Tied, no bias, two hidden dimensions: how fast features are learned (T5), and the gradients that reach the others (T7). */

/** The first steps at a constant rate, looked at every few. */
const early = (nonlinearity: Activation, features: number, steps = 1200, every = 4, seeds = fresh(256)) => ({
  model: tied(nonlinearity, features),
  recipe: recipe({
    steps,
    rate: 0.02 * features ** 2,
    checkpoints: { count: steps / every, spacing: "even" },
  }),
  seeds,
});

const earlyOver = (sizes: readonly number[], nonlinearity: Activation) =>
  over(sizes, (n) => early(nonlinearity, n));

/**
 * The same for 600 steps, looked at every twelve. Blocks of 256, 512 and 1,024 seeds had left n = 10 open or gone either way, so its
 * verdict rests on one look at 2,048 seeds, none of which had been used before.
 */
const shortOver = (sizes: readonly number[], nonlinearity: Activation) =>
  over(sizes, (n) => early(nonlinearity, n, 600, 12, n === 10 ? range(50_000, 52_048) : range(2000, 2512)));

/** The first checkpoint at which something is true; Infinity when it never is. */
const firstStep = (run: Run, is: (state: State) => boolean) =>
  run.checkpoints.find(is)?.step ?? Number.POSITIVE_INFINITY;

/** When the loss has come 90 % of the way from where it started to where it ended. */
const lossLearned = (run: Run) => {
  const target = run.loss + 0.1 * (run.checkpoints[0]!.loss - run.loss);
  return firstStep(run, (state) => state.loss <= target);
};

hypothesis("T5 GELU learns faster, by the loss", {
  claim: "A GELU model learns its features in fewer steps than a ReLU model started at the same weights.",
  section,
  kind: "dynamics",
  reading:
    "Seed by seed, at the same constant rate: the step at which the loss has made 90 % of its way from the start to step 1,200, seen every four steps. A tie counts against the claim.",
  given: earlyOver([5, 10, 20, 50], "gelu"),
  versus: earlyOver([5, 10, 20, 50], "relu"),
  endPoints: false,
  observe: (run, other) => ({ GELU: lossLearned(run), ReLU: lossLearned(other) }),
  expect: always((o: { GELU: number; ReLU: number }) => o.GELU < o.ReLU, "GELU first"),
  control: { name: "GELU on both sides", versus: { model: tied("gelu", 5) } },
  witness: { GELU: 1, ReLU: 2 },
  figure: (result) => {
    const cell = result.cells[2]!;
    const curves = (runs: readonly Run[]) =>
      runs.slice(0, 30).map((run) => run.checkpoints.map((state) => terms(run.model) * state.loss));
    return compose({ title: "Loss while learning 20 features", subtitle: verdictLine(result) }, [
      trajectory({
        label: "summed loss",
        x: "log",
        steps: cell.ensemble.runs[0]!.checkpoints.map((state) => state.step),
        conditions: [
          { label: "ReLU", runs: curves(cell.versus.runs) },
          { label: "GELU, same starts", runs: curves(cell.ensemble.runs) },
        ],
        levels: [{ value: 20 - polygonRecovered(5), label: "the best ReLU pentagon" }],
        width: 720,
      }),
    ]);
  },
});

/** When four single features have come near unit norm. */
const featuresLearned = (run: Run) =>
  firstStep(run, (state) => state.points.filter((p) => Math.hypot(...p) >= 0.8).length >= 4);

hypothesis("T5b GELU learns faster, feature by feature", {
  claim:
    "Single features reach their full norm in fewer steps under GELU than under ReLU, where features share.",
  section,
  kind: "dynamics",
  reading:
    "The other way to read 'features are learned faster': the step at which four single features have norm 0.8 or more. Under ReLU features share directions, so that this may never happen (∞).",
  given: shortOver([10, 20, 50], "gelu"),
  versus: shortOver([10, 20, 50], "relu"),
  endPoints: false,
  observe: (run, other) => ({ GELU: featuresLearned(run), ReLU: featuresLearned(other) }),
  expect: always((o: { GELU: number; ReLU: number }) => o.GELU < o.ReLU, "GELU first"),
  control: { name: "GELU on both sides", versus: { model: tied("gelu", 10) } },
  figure: (result) => {
    const cell = result.cells[1]!;
    const largest = (runs: readonly Run[]) =>
      runs
        .slice(0, 30)
        .map((run) =>
          run.checkpoints.map((state) => state.points.map((p) => Math.hypot(...p)).sort((a, b) => b - a)[3]!),
        );
    return compose({ title: "The fourth-longest column of 20", subtitle: verdictLine(result) }, [
      trajectory({
        label: "norm of the fourth-longest column",
        x: "log",
        steps: cell.ensemble.runs[0]!.checkpoints.map((state) => state.step),
        conditions: [
          { label: "ReLU", runs: largest(cell.versus.runs) },
          { label: "GELU, same starts", runs: largest(cell.ensemble.runs) },
        ],
        levels: [{ value: 0.8, label: "learned" }],
        width: 720,
      }),
    ]);
  },
});

/** The growth rate a gradient step gives a column, −(wᵢ·∂L/∂wᵢ)/‖wᵢ‖² with L the summed loss: positive grows, negative shrinks. */
function growthRates(state: State): { norm: number; rate: number }[] {
  const { model, parameters, points } = state;
  const g = gradient(model, parameters).gradient;
  return points.map((point, i) => {
    const square = point.reduce((sum, x) => sum + x * x, 0);
    const along = point.reduce((sum, x, row) => sum + x * g[row * points.length + i]!, 0);
    return { norm: Math.sqrt(square), rate: (-terms(model) * along) / square };
  });
}

/** The median with exact bounds, each wrong with probability at most 1e-4. */
function medianOf(values: readonly number[]) {
  const { lower, upper } = quantileBounds(values, 0.5, 1e-4);
  return { value: quantile(values, 0.5), low: lower, high: upper };
}

/** The first checkpoint at which four directions hold norm 0.8: the polygon stands, and what is shorter is left over. */
const formed = (run: Run) =>
  run.checkpoints.find(
    (state) =>
      directions(state.points, { tolerance: 0.05 }).directions.filter((d) => d.norm >= 0.8).length >= 4,
  );

const atStart = (run: Run) =>
  quantile(
    growthRates(run.checkpoints[0]!).map((g) => g.rate),
    0.5,
  );
const leftOver = (run: Run) => {
  const state = formed(run);
  const rates = state ? growthRates(state).filter((g) => g.norm < 0.5 && g.norm > 1e-6) : [];
  return rates.length > 0
    ? [
        quantile(
          rates.map((g) => g.rate),
          0.5,
        ),
      ]
    : [];
};

hypothesis("T7 the gradients that reach features not yet learned", {
  question: "What gradient do features that are not yet learned get under ReLU and under GELU?",
  section,
  reading:
    "The growth rate −(w·∂L/∂w)/‖w‖² of a column under the summed loss; the median over columns, then over 256 seeds at n = 20: at the start, and among columns shorter than 0.5 once four directions hold norm 0.8.",
  given: { GELU: early("gelu", 20), ReLU: early("relu", 20) },
  measure: ({ GELU, ReLU }) => {
    const values = {
      "GELU, at the start": medianOf(GELU!.runs.map(atStart)),
      "ReLU, at the start": medianOf(ReLU!.runs.map(atStart)),
      "GELU, once a polygon stands": medianOf(GELU!.runs.flatMap(leftOver)),
      "ReLU, once a polygon stands": medianOf(ReLU!.runs.flatMap(leftOver)),
    };
    const show = (name: keyof typeof values) => values[name].value.toFixed(2);
    return {
      answer: `Not larger but decisive: at the start columns grow at rate ${show("GELU, at the start")} under GELU against ${show("ReLU, at the start")} under ReLU; once a polygon stands GELU shrinks the rest at rate ${show("GELU, once a polygon stands")}, ReLU leaves them at ${show("ReLU, once a polygon stands")}.`,
      values,
    };
  },
  figure: ({ GELU, ReLU }, { answer }) =>
    compose({ title: "Growth rate of columns not yet learned, n = 20", subtitle: answer }, [
      distribution({
        label: "growth rate a unit of step, median over the columns of a seed",
        conditions: [
          { label: "GELU, at the start", values: GELU!.runs.map(atStart) },
          { label: "ReLU, at the start", values: ReLU!.runs.map(atStart) },
          { label: "GELU, once a polygon stands", values: GELU!.runs.flatMap(leftOver) },
          { label: "ReLU, once a polygon stands", values: ReLU!.runs.flatMap(leftOver) },
        ],
        marks: [{ value: 0, label: "neither grows nor shrinks" }],
        width: 760,
      }),
    ]),
});
