import {
  answers,
  autoencoder,
  compose,
  distribution,
  hypothesis,
  inAtLeast,
  lowerBound,
  network,
  type PopulationResult,
  quantile,
  quantileBounds,
  type Run,
  randomLabels,
  range,
  recipe,
  recovered,
  type State,
  series,
  upperBound,
  verdictLine,
} from "../src/index.ts";

/**
 * Toy models that find a task trivial, and what toy models store. One-hot data, n features, d hidden dimensions; a feature
 * is recovered when its own answer is the largest and above one half: of the probabilities under cross-entropy, of the
 * outputs under squared error.
 */
const section = "Why is this useful?";

/** Seeds that no one looked at while the criteria were written: those below 1,000 served to explore. */
const fresh = (count: number) => range(1000, 1000 + count);

// W1: superposition made easy -----------------------------------------------------------------------------------------

const readers = 32;
/** n → d → 32 → ReLU → n under cross-entropy; with biases after the bottleneck where asked for. */
const easy = (features: number, hidden: number, biases: boolean) =>
  network({
    sizes: [features, hidden, readers, features],
    nonlinearities: ["identity", "relu", "identity"],
    biases: [false, biases, biases],
    loss: "cross-entropy",
  });
const hiddenSquared = (features: number) =>
  network({
    sizes: [features, 2, readers, features],
    nonlinearities: ["identity", "relu", "identity"],
    loss: "mse",
  });
const softmaxOnly = (features: number) =>
  autoencoder({ features, hidden: 2, tied: false, loss: "cross-entropy" });
const hard = (features: number) => autoencoder({ features, hidden: 2, nonlinearity: "relu", loss: "mse" });

/** A tenth of the highest rate at either end; the rate in units of the loss's own scale, n for softmax and n² for squared error. */
const rates = (max: number, steps: number) =>
  recipe({ steps, rate: { initial: max / 10, max, final: max / 10, warmup: 0.05 } });
const softmaxIn2D = (model: State["model"], seeds = fresh(128)) => ({
  model,
  recipe: rates(0.1 * model.sizes[0]!, 5000),
  seeds,
});
const softmaxOnLine = (model: State["model"], seeds = fresh(128)) => ({
  model,
  recipe: rates(0.05 * model.sizes[0]!, 10_000),
  seeds,
});
const squared = (model: State["model"], seeds = fresh(64)) => ({
  model,
  recipe: rates(0.02 * model.sizes[0]! ** 2, 5000),
  seeds,
});

const kept = (run: Run) => ({
  "features recovered": recovered(run.model, run.parameters, 0.5).length,
  features: run.model.sizes[0]!,
});
type Kept = ReturnType<typeof kept>;
const all = inAtLeast(0.8, (o: Kept) => o["features recovered"] === o.features, "all features recovered");
const bars =
  (title: string) =>
  (result: PopulationResult<Kept>): Buffer =>
    compose({ title, subtitle: verdictLine(result) }, [
      distribution({
        label: "share of the features recovered",
        conditions: [...result.cells, result.control].map((cell) => ({
          label: cell.label,
          values: cell.values.map((o) => o!["features recovered"] / o!.features),
        })),
        domain: [0, 1],
        width: 720,
      }),
    ]);

hypothesis("W1 with a hidden layer and softmax superposition is trivial", {
  claim:
    "With a hidden layer after the bottleneck and softmax, two dimensions hold 10 or 20 features, and a line holds 10, all of them recovered: no feature has to give way.",
  section,
  reading:
    "Trivial is: every feature recovered, in at least 80 % of the seeds, where a tied ReLU model under squared error keeps five directions and recovers at most five features. 32 neurons after the bottleneck; on the line they have biases (without, a line has two rays only). 128 seeds decide 80 %, 64 the control.",
  given: {
    "10 features in 2D": softmaxIn2D(easy(10, 2, false)),
    "20 features in 2D": softmaxIn2D(easy(20, 2, false)),
    "10 features on a line": softmaxOnLine(easy(10, 1, true)),
  },
  endPoints: false,
  observe: kept,
  expect: all,
  control: { name: "tied ReLU, squared error", ...squared(hard(10)) },
  figure: bars("All features recovered: hidden layer and softmax"),
});

hypothesis("W1b it is the softmax that makes it easy, not the hidden layer", {
  claim:
    "In two dimensions softmax recovers 10 or 20 features without any hidden layer; a hidden layer without softmax does not recover 20.",
  section,
  reading:
    "As W1, for the untied two-layer model under cross-entropy. 128 seeds decide 80 %. The control is the hidden layer of 32 under squared error, decided by 64 seeds.",
  given: {
    "10 features in 2D": softmaxIn2D(softmaxOnly(10)),
    "20 features in 2D": softmaxIn2D(softmaxOnly(20)),
  },
  endPoints: false,
  observe: kept,
  expect: all,
  control: { name: "20 features, hidden layer, squared error", ...squared(hiddenSquared(20)) },
  figure: bars("All features recovered: softmax alone"),
});

// W3: data points and parameters --------------------------------------------------------------------------------------

/** Random points in ℝ⁸ with random labels, for 8 → width → ReLU → 1 with biases. */
const inputs = 8;
const widths = [4, 8] as const;
const parametersOf = (width: number) => (inputs + 1) * width + width + 1;
const ratios = [0.5, 0.7, 0.85, 1, 1.2, 1.4] as const;
const draws = [1, 2, 3, 4] as const;
const memory = (width: number, ratio: number, draw: number) => ({
  model: network({
    sizes: [inputs, width, 1],
    nonlinearities: ["relu", "identity"],
    biases: [true, true],
    loss: "mse",
    data: randomLabels(Math.round(ratio * parametersOf(width)), inputs, draw),
  }),
  recipe: recipe({ steps: 8000, rate: { initial: 0.005, max: 0.05, final: 0.02, warmup: 0.05 } }),
  seeds: fresh(8),
});
const byHeart = (run: Run) =>
  answers(run.model, run.parameters).every((y, i) => y[0]! * run.model.data.targets[i]![0]! > 0);
const memoryCell = (width: number, ratio: number, draw: number) =>
  `${width} neurons, ${ratio} points a parameter, draw ${draw}`;

const features = [
  [2, 4],
  [2, 5],
  [2, 10],
  [2, 20],
  [4, 8],
  [4, 10],
  [4, 20],
  [4, 40],
  [8, 16],
  [8, 20],
  [8, 40],
] as const;
const storeCell = (d: number, n: number) => `d = ${d}, n = ${n}`;
const store = (d: number, n: number) => ({
  model: autoencoder({ features: n, hidden: d, nonlinearity: "relu", loss: "mse" }),
  recipe: recipe({
    steps: 8000,
    rate: { initial: 0.001 * n ** 2, max: 0.03 * n ** 2, final: 0.02 * n ** 2, warmup: 0.05 },
    convergence: { gradientNorm: 1e-4, every: 250 },
  }),
  seeds: fresh(32),
});
const halfway = (run: Run) =>
  answers(run.model, run.parameters).filter((outputs, i) => outputs[i]! > 0.5).length;

hypothesis("W3 data points kept for each parameter", {
  question: "Does a toy model store about one data point for each parameter?",
  section,
  reading:
    "Two ways to store. Random labels: random points in eight dimensions with random ±1 labels, 8 → 4 or 8 → ReLU → 1 with biases; a run has them by heart when every sign is right; four draws of the data with 8 seeds each. Features: those of a tied ReLU model (nd parameters) whose own output is above one half; medians over 32 seeds. So few show the order of magnitude that is asked for, a point a parameter or a tenth; intervals are given. The two are not of equal worth: a label is one bit, a feature about log₂ n bits of target.",
  given: {
    ...Object.fromEntries(
      widths.flatMap((width) =>
        ratios.flatMap((ratio) =>
          draws.map((draw) => [memoryCell(width, ratio, draw), memory(width, ratio, draw)]),
        ),
      ),
    ),
    ...Object.fromEntries(features.map(([d, n]) => [storeCell(d, n), store(d, n)])),
  },
  measure: (ensembles) => {
    const share = (width: number, ratio: number) => {
      const runs = draws.flatMap((draw) => ensembles[memoryCell(width, ratio, draw)]!.runs);
      const count = runs.filter(byHeart).length;
      return {
        value: count / runs.length,
        low: lowerBound(count, runs.length, 1e-4),
        high: upperBound(count, runs.length, 1e-4),
      };
    };
    const keptBy = (d: number, n: number) => {
      const counts = ensembles[storeCell(d, n)]!.runs.map((run) => halfway(run) / (n * d));
      const { lower, upper } = quantileBounds(counts, 0.5, 1e-4);
      return { value: quantile(counts, 0.5), low: lower, high: upper };
    };
    const values = Object.fromEntries([
      ...widths.flatMap((width) =>
        ratios.map((ratio) => [shareName(width, ratio), share(width, ratio)] as const),
      ),
      ...features.map(([d, n]) => [keptName(d, n), keptBy(d, n)] as const),
    ]);
    const percent = (ratio: number) =>
      widths.map((width) => `${Math.round(100 * values[shareName(width, ratio)]!.value)} %`).join(" and ");
    const show = (d: number, n: number) => values[keptName(d, n)]!.value.toPrecision(2);
    return {
      answer: `Random labels nearly one, features far fewer: with 0.5, 1 and 1.4 points a parameter ${percent(0.5)}, ${percent(1)}, and ${percent(1.4)} of the runs (41 and 81 parameters) have them by heart; features kept for each parameter are ${show(2, 5)} (d = 2), ${show(4, 10)} (4), ${show(8, 20)} (8) at n = 2.5d, about 1/d, and ${show(2, 10)}, ${show(4, 20)}, ${show(8, 40)} at n = 5d.`,
      values,
    };
  },
  figure: (_, { answer, values }) =>
    compose({ title: "Data points for each parameter", subtitle: answer }, [
      series({
        caption: "random labels",
        x: "data points for each parameter",
        y: "share of runs that have all labels right",
        series: widths.map((width) => ({
          label: `${width} neurons, ${parametersOf(width)} parameters`,
          points: ratios.map((ratio) => pointOf(values, ratio, shareName(width, ratio))),
        })),
        width: 480,
      }),
      series({
        caption: "features",
        x: "features n for each dimension d",
        y: "features kept for each parameter",
        xScale: "log",
        series: [2, 4, 8].map((d) => ({
          label: `d = ${d}`,
          points: features
            .filter(([hidden]) => hidden === d)
            .map(([, n]) => pointOf(values, n / d, keptName(d, n))),
        })),
        references: [{ label: "one for each parameter", at: () => 1 }],
        width: 480,
      }),
    ]),
});

function shareName(width: number, ratio: number) {
  return `share by heart, ${parametersOf(width)} parameters, ${ratio} points a parameter`;
}
function keptName(d: number, n: number) {
  return `features kept for each parameter, ${storeCell(d, n)}`;
}
function pointOf(
  values: Readonly<Record<string, { value: number; low: number; high: number }>>,
  x: number,
  name: string,
) {
  const { value, low, high } = values[name]!;
  return { x, y: value, interval: [low, high] as const };
}
