import {
  always,
  autoencoder,
  classify,
  compose,
  configurations,
  directions,
  distribution,
  distributions,
  gradient,
  hypothesis,
  polish,
  polygonRecovered,
  quantile,
  quantileBounds,
  type Run,
  range,
  recipe,
  regularPolygon,
  type State,
  stableCount,
  terms,
  trajectory,
  verdictLine,
} from "../../src/index.ts";

/**
 * Tied, no bias, two hidden dimensions: what training finds. Rates are stated per n², because the mean squared error
 * carries a factor 1/n² in its gradient: this way every n takes the same steps on the summed loss.
 */
const section = "ReLU + MSE · tied, no bias";

type Activation = "relu" | "gelu";

const tied = (nonlinearity: Activation, features: number) =>
  autoencoder({ features, hidden: 2, nonlinearity, loss: "mse", tied: true });

/** Trains until the gradient of the summed loss has vanished, or 8,000 steps. */
const settle = (features: number) =>
  recipe({
    steps: 8000,
    rate: {
      initial: 0.001 * features ** 2,
      max: 0.03 * features ** 2,
      final: 0.02 * features ** 2,
      warmup: 0.05,
    },
    convergence: { gradientNorm: 1e-4, every: 250 },
  });

/** Seeds that no one looked at while the criteria were written: those below 1,000 served to explore. */
const fresh = (count: number) => range(1000, 1000 + count);

const condition = (nonlinearity: Activation, features: number, count = 1024) => ({
  model: tied(nonlinearity, features),
  recipe: settle(features),
  seeds: fresh(count),
});

/** One condition for each number of features, labelled by it. */
const over = (sizes: readonly number[], nonlinearity: Activation) =>
  Object.fromEntries(sizes.map((n) => [`n = ${n}`, condition(nonlinearity, n)]));

/**
 * "regular 5-gon": the directions (columns of norm above 0.01, joined when 1 − cos < 0.001) have equal gaps to 0.01 rad
 * and equal norms to 1 %, the norm of a direction being √Σ‖wᵢ‖² over its features. "unstable" is added when the count of
 * directions depends on the tolerance or the least norm within a factor of 3.
 */
function shape(run: State): string {
  const vectors = directions(run.points).directions.map((d) => d.vector);
  const { regular, k } = regularPolygon(vectors);
  const unstable = stableCount(run.points).stable ? "" : ", unstable";
  return `${regular ? "regular" : "irregular"} ${k}-gon${unstable}`;
}

const reading =
  "A pentagon is five directions with equal angles (to 0.01 rad) and equal norms (to 1 %); 'learn' is at least 95 % of seeds.";

hypothesis("T1 models in 2D learn a pentagon, at every n", {
  claim: "In 2D a tied ReLU model learns a regular pentagon, whatever the number of features from 5 to 50.",
  section,
  reading,
  given: over([5, 6, 8, 10, 20, 50], "relu"),
  headline: "every",
  observe: shape,
  expect: always("regular 5-gon"),
  control: { name: "no nonlinearity", model: autoencoder({ features: 5, hidden: 2, loss: "mse" }) },
  figure: configurations("Tied ReLU in two dimensions, by number of features", { columns: 4 }),
});

hypothesis("T1b models in 2D learn a pentagon, from eight features on", {
  claim: "In 2D a tied ReLU model with eight features or more learns a regular pentagon.",
  section,
  reading: `${reading} Five and six features get stuck on a square too often for 'always' (T1), so the claim is repaired to n ≥ 8.`,
  given: over([8, 10, 20, 50], "relu"),
  observe: shape,
  expect: always("regular 5-gon"),
  control: { name: "no nonlinearity", model: autoencoder({ features: 8, hidden: 2, loss: "mse" }) },
  figure: configurations("Tied ReLU in two dimensions: a pentagon from eight features on", { columns: 3 }),
});

hypothesis("T9c trained polygons have the exact loss", {
  claim:
    "The polygons that training ends in meet the exact loss n − k/(1 + c_k) of their k directions to a millionth.",
  section,
  given: over([8, 10, 20, 50], "relu"),
  observe: (run) => {
    const k = directions(run.points).directions.length;
    const exact = run.points.length - polygonRecovered(k);
    return { directions: k, "relative error": Math.abs(terms(run.model) * run.loss - exact) / exact };
  },
  expect: always(
    (o: { "relative error": number }) => o["relative error"] < 1e-6,
    "within 1e-6 of the exact loss",
  ),
  control: { name: "GELU", model: tied("gelu", 8) },
  figure: distributions(
    "Trained loss against its closed form",
    { "relative error": (o) => Math.max(o["relative error"], 1e-16) },
    {
      label: "relative difference from n − k/(1 + c_k)",
      kind: "log",
      marks: [{ value: 1e-6, label: "a millionth" }],
    },
  ),
});

/**
 * The training the note describes, written out: step t moves every column against the gradient of the summed loss over n²,
 * at a rate that rises linearly from `initial` to `max` over the first W steps and then falls by a constant factor a step.
 */
function writtenOut(start: State, { steps, initial, max, final, warmup }: typeof schedule): number[][] {
  const n = start.points.length;
  const rising = Math.floor(steps * warmup);
  const factor = (final / max) ** (1 / (steps * (1 - warmup)));
  let w = start.points;
  for (let t = 0; t < steps; t++) {
    const rate = t < rising ? initial + ((max - initial) * t) / rising : max * factor ** (t - rising);
    w = w.map((wi, i) =>
      wi.map((x, row) => {
        const square = wi.reduce((sum, y) => sum + y * y, 0);
        const push = w.reduce((sum, wj, j) => {
          const overlap = wi.reduce((total, y, k) => total + y * wj[k]!, 0);
          return j === i ? sum : sum + 4 * Math.max(0, overlap) * wj[row]!;
        }, 0);
        return x - (rate / n ** 2) * (push - 4 * (1 - square) * x);
      }),
    );
  }
  return w;
}

const schedule = { steps: 60, initial: 0.2, max: 4, final: 0.5, warmup: 0.2 };

hypothesis("T8b training is plain gradient descent on that loss", {
  claim:
    "Training moves the columns against the gradient of the column loss divided by n², at the note's rate: a linear rise, then exponential decay.",
  section,
  kind: "dynamics",
  reading:
    "Sixty steps in float32 against the same steps written out in float64 in this file; 'is' means that no weight differs by 1e-5 or more.",
  given: {
    model: tied("relu", 10),
    recipe: recipe({
      steps: schedule.steps,
      rate: { initial: schedule.initial, max: schedule.max, final: schedule.final, warmup: schedule.warmup },
      checkpoints: { count: 1, spacing: "even" },
    }),
    seeds: fresh(256),
  },
  endPoints: false,
  observe: (run) => {
    const exact = writtenOut(run.checkpoints[0]!, schedule);
    return {
      "largest difference": Math.max(
        ...run.points.flatMap((p, i) => p.map((x, k) => Math.abs(x - exact[i]![k]!))),
      ),
    };
  },
  expect: always((o: { "largest difference": number }) => o["largest difference"] < 1e-5, "the same weights"),
  control: {
    name: "a constant rate",
    recipe: recipe({ steps: schedule.steps, rate: schedule.max, checkpoints: { count: 1, spacing: "even" } }),
  },
});

hypothesis("T2 several features share a direction", {
  claim: "Under ReLU several features come to share a direction.",
  section,
  given: over([8, 10, 20, 50], "relu"),
  observe: (run) => ({ "most features in one direction": crowd(run) }),
  expect: always(
    (o: { "most features in one direction": number }) => o["most features in one direction"] >= 2,
    "two or more features in some direction",
  ),
  control: { name: "GELU", model: tied("gelu", 8) },
  figure: configurations("Features sharing directions under ReLU"),
});

const crowd = (run: State) => Math.max(0, ...directions(run.points).directions.map((d) => d.members.length));

hypothesis("T2b a flat direction of the Hessian for every feature that shares", {
  claim:
    "At a trained ReLU solution the Hessian has, besides the rotation, exactly one flat direction for every feature beyond the first in each direction, and no negative one.",
  section,
  kind: "landscape",
  reading:
    "Trained points are first polished in float64 to a gradient norm of 1e-10; a curvature below 1e-6 of the largest is flat.",
  given: condition("relu", 10, 256),
  observe: (run) => {
    const polished = polish(run.model, run.parameters, { tolerance: 1e-10 });
    const { symmetry, flat, negative } = classify(run.model, polished.parameters, 1e-6);
    const shared = directions(run.points, { minimumNorm: 0 }).directions.reduce(
      (sum, d) => sum + d.members.length - 1,
      0,
    );
    return {
      polished: polished.converged,
      symmetry,
      flat,
      negative,
      "one for each feature that shares": flat === shared,
    };
  },
  expect: always(
    (o: { polished: boolean; flat: number; negative: number; "one for each feature that shares": boolean }) =>
      o.polished && o.flat > 0 && o.negative === 0 && o["one for each feature that shares"],
    "one flat direction for each feature that shares",
  ),
  control: { name: "GELU", model: tied("gelu", 10) },
});

hypothesis("T3 under GELU one feature a direction", {
  claim: "Under GELU every direction holds one feature; the others end at zero.",
  section,
  given: over([8, 10, 20, 50], "gelu"),
  observe: (run) => {
    const found = directions(run.points);
    return {
      "most features in one direction": crowd(run),
      "features at zero": found.unlearned.length,
      directions: found.directions.length,
    };
  },
  expect: always(
    (o: { "most features in one direction": number }) => o["most features in one direction"] === 1,
    "one feature in each direction",
  ),
  control: { name: "ReLU", model: tied("relu", 8) },
  figure: configurations("One feature a direction under GELU"),
});

hypothesis("T3b under GELU a pentagon, at every n", {
  claim: "In 2D a tied GELU model learns a regular pentagon, whatever the number of features from 5 to 50.",
  section,
  reading,
  given: over([5, 6, 8, 10, 20, 50], "gelu"),
  observe: shape,
  expect: always("regular 5-gon"),
  control: { name: "no nonlinearity", model: autoencoder({ features: 5, hidden: 2, loss: "mse" }) },
  witness: "regular 5-gon",
  figure: configurations("Tied GELU in two dimensions, by number of features", { columns: 4 }),
});

/** Mean distance from 1 of the norms of the directions learned. */
const offUnit = (run: State) => {
  const found = directions(run.points).directions;
  return found.reduce((sum, d) => sum + Math.abs(d.norm - 1), 0) / found.length;
};

hypothesis("T4 GELU's norms are closer to 1", {
  claim: "The directions GELU learns have norms closer to 1 than those ReLU learns.",
  section,
  reading:
    "Seed by seed: the mean of |‖direction‖ − 1|, where a direction's norm is √Σ‖wᵢ‖² over the features in it, which favours ReLU. From ten features on, where ReLU always learns the pentagon.",
  given: over([10, 20, 50], "gelu"),
  versus: over([10, 20, 50], "relu"),
  observe: (run, other) => ({ GELU: offUnit(run), ReLU: offUnit(other) }),
  expect: always((o: { GELU: number; ReLU: number }) => o.GELU < o.ReLU, "GELU closer to 1"),
  control: { name: "GELU on both sides", versus: { model: tied("gelu", 10) } },
  figure: distributions(
    "Distance of the norms from 1",
    { GELU: (o) => o.GELU, ReLU: (o) => o.ReLU },
    { label: "mean of |‖direction‖ − 1|", control: false },
  ),
});

/** The first steps at a constant rate, looked at every four. */
const early = (nonlinearity: Activation, features: number, steps = 1200, seeds = fresh(256)) => ({
  model: tied(nonlinearity, features),
  recipe: recipe({ steps, rate: 0.02 * features ** 2, checkpoints: { count: steps / 4, spacing: "even" } }),
  seeds,
});

const earlyOver = (sizes: readonly number[], nonlinearity: Activation) =>
  Object.fromEntries(sizes.map((n) => [`n = ${n}`, early(nonlinearity, n)]));

/** The same for 600 steps and other seeds, twice as many: with 256 the verdict at n = 10 had stayed open. */
const shortOver = (sizes: readonly number[], nonlinearity: Activation) =>
  Object.fromEntries(sizes.map((n) => [`n = ${n}`, early(nonlinearity, n, 600, range(2000, 2512))]));

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
