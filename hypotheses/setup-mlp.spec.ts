import fc from "fast-check";
import {
  always,
  answers,
  bestReadout,
  compose,
  distribution,
  hypothesis,
  initialise,
  loss,
  network,
  oneHot,
  quantile,
  quantileBounds,
  type Run,
  randomDirections,
  range,
  recipe,
  recovered,
  type State,
  series,
  terms,
  verdictLine,
} from "../src/index.ts";

/**
 * Two models that the note asks about: from the embedding into an MLP (n → d → 4d → ReLU → n, squared error, read out
 * linearly), and from an MLP's output to the unembedding (4d → d → ReLU → n, cross-entropy). n features, d dimensions of
 * the bottleneck, 4d neurons; untied, no biases.
 */
const section = "The set-up";

/** Seeds that no one looked at while the criteria were written: those below 1,000 served to explore. */
const fresh = (count: number) => range(1000, 1000 + count);

/** The median with exact bounds, each wrong with probability at most 1e-4. */
function medianOf(values: readonly number[]) {
  const { lower, upper } = quantileBounds(values, 0.5, 1e-4);
  return { value: quantile(values, 0.5), low: lower, high: upper };
}

// S2: from the embedding into the MLP ---------------------------------------------------------------------------------

const intoMlp = (features: number, hidden: number, nonlinearity: "relu" | "identity" = "relu") =>
  network({
    sizes: [features, hidden, 4 * hidden, features],
    nonlinearities: ["identity", nonlinearity, "identity"],
    loss: "mse",
  });
const intoMlpOf = (features: number, hidden: number, count: number) => ({
  model: intoMlp(features, hidden),
  recipe: recipe({
    steps: 5000,
    rate: {
      initial: 0.002 * features ** 2,
      max: 0.02 * features ** 2,
      final: 0.002 * features ** 2,
      warmup: 0.05,
    },
  }),
  seeds: fresh(count),
});
const recoveredLoss = (run: State) => run.model.sizes[0]! - terms(run.model) * run.loss;
/** Features whose own output is above one half when they are active alone. */
const halfway = (run: State) =>
  answers(run.model, run.parameters).filter((outputs, i) => outputs[i]! > 0.5).length;

const sizesInto = [
  [2, 8],
  [2, 16],
  [2, 24],
  [3, 12],
  [3, 24],
  [4, 16],
  [4, 32],
  [6, 24],
] as const;
const cellInto = (hidden: number, features: number) => `d = ${hidden}, n = ${features}`;

hypothesis("S2 how many features a bottleneck carries into an MLP that is read out linearly", {
  question: "How many of n features does n → d → 4d → ReLU → n with squared error recover, as n and d vary?",
  section,
  reading:
    "Features recovered by the loss: n − summed loss, medians over 32 seeds, which is enough: but for the smallest model their bounds are a thousandth of a feature apart. Beside it the features whose own output passes one half, the largest output (the feature is told apart) and the caps 4d and d.",
  given: Object.fromEntries(sizesInto.map(([d, n]) => [cellInto(d, n), intoMlpOf(n, d, 32)])),
  measure: (ensembles) => {
    const of = (d: number, n: number, value: (run: Run) => number) =>
      medianOf(ensembles[cellInto(d, n)]!.runs.map(value));
    const values = Object.fromEntries(
      sizesInto.flatMap(([d, n]) => [
        [`recovered, ${cellInto(d, n)}`, of(d, n, recoveredLoss)],
        [`own output above one half, ${cellInto(d, n)}`, of(d, n, halfway)],
        [`told apart, ${cellInto(d, n)}`, of(d, n, (run) => recovered(run.model, run.parameters).length)],
      ]),
    );
    const show = (d: number, n: number) => Number(values[`recovered, ${cellInto(d, n)}`]!.value.toFixed(2));
    return {
      answer: `As many as the MLP has neurons, 4d, not as the bottleneck has dimensions: ${show(2, 24)} of 24 at d = 2, ${show(3, 24)} of 24 at d = 3, ${show(4, 32)} of 32 at d = 4, and ${show(6, 24)} of 24 at d = 6.`,
      values,
    };
  },
  figure: (_, { answer, values }) =>
    compose({ title: "Features recovered through a bottleneck and an MLP", subtitle: answer }, [
      series({
        x: "bottleneck dimensions d",
        y: "features recovered: n − summed loss, median",
        series: ["n = 4d", "n = 8d"].map((label, k) => ({
          label,
          points: sizesInto
            .filter(([d, n]) => n === 4 * (k + 1) * d)
            .map(([d, n]) => {
              const { value, low, high } = values[`recovered, ${cellInto(d, n)}`]!;
              return { x: d, y: value, interval: [low, high] as const };
            }),
        })),
        references: [
          { label: "4d, the neurons", at: (d) => 4 * d },
          { label: "d, without the ReLU", at: (d) => d },
        ],
        width: 640,
      }),
    ]),
});

hypothesis("S2b through the MLP training recovers four features a dimension", {
  claim: "Trained, n → d → 4d → ReLU → n recovers 4d features of 24 through a bottleneck of d = 3.",
  section,
  reading:
    "Features recovered by the loss, n − summed loss; 'recovers 4d' is to 0.05. Suggested by S2's answer. The control is decided by 64 seeds.",
  given: intoMlpOf(24, 3, 256),
  endPoints: false,
  observe: (run) => ({ "features recovered": recoveredLoss(run) }),
  expect: always(
    (o: { "features recovered": number }) => Math.abs(o["features recovered"] - 12) < 0.05,
    "12 features recovered",
  ),
  control: { name: "without the ReLU", model: intoMlp(24, 3, "identity"), seeds: fresh(64) },
  figure: (result) =>
    compose({ title: "Of 24 features through 3 dimensions and 12 neurons", subtitle: verdictLine(result) }, [
      distribution({
        label: "features recovered: n − summed loss",
        conditions: [
          { label: "ReLU", values: result.cells[0]!.values.map((o) => o!["features recovered"]) },
          { label: "without the ReLU", values: result.control.values.map((o) => o!["features recovered"]) },
        ],
        marks: [
          { value: 12, label: "4d" },
          { value: 3, label: "d" },
        ],
        domain: [0, 13],
        width: 720,
      }),
    ]),
});

/** Any MLP of this shape, its weights drawn from a seed as training draws them, 1 to 3 hidden dimensions. */
const mlps = fc
  .record({
    hidden: fc.integer({ min: 1, max: 3 }),
    features: fc.integer({ min: 2, max: 16 }),
    seed: fc.nat(999),
  })
  .map(({ hidden, features, seed }) => {
    const model = intoMlp(features, hidden);
    return { model, features, hidden, parameters: initialise(model, seed) };
  });
/** The summed loss when the last layer is the best there is for what the MLP gives it. */
const bestLoss = ({
  model,
  parameters,
}: {
  model: State["model"];
  parameters: Float32Array | Float64Array;
}) => terms(model) * loss(model, bestReadout(model, parameters));

hypothesis("S2c a linear read-out recovers no more features than there are neurons", {
  claim:
    "The summed loss of n → d → 4d → ReLU → n is at least n − 4d, whatever the bottleneck; and bottlenecks of two to four dimensions get there.",
  section,
  reading:
    "The outputs are a matrix of rank 4d or less, and no such matrix comes closer to the identity (Eckart and Young). Tried with the best read-out for random weights, which bounds the loss of every read-out from below.",
  properties: {
    "at least n − 4d with the best read-out": fc.property(
      mlps,
      (given) => bestLoss(given) >= given.features - 4 * given.hidden - 1e-9,
    ),
    "and with any other": fc.property(
      mlps,
      ({ model, parameters, features, hidden }) =>
        terms(model) * loss(model, parameters) >= features - 4 * hidden,
    ),
    "n − 4d is reached at d = 2, 3 and 4, n = 8d": () =>
      [2, 3, 4].every((hidden) => {
        const model = intoMlp(8 * hidden, hidden);
        return range(20).some((seed) => {
          const best = bestLoss({ model, parameters: initialise(model, seed) });
          return Math.abs(best - 4 * hidden) < 1e-9;
        });
      }),
  },
  nearMiss: {
    "at least n − d, as without the ReLU": fc.property(
      mlps,
      (given) => bestLoss(given) >= given.features - given.hidden - 1e-9,
    ),
    "at least n − 4d + 1": () => {
      const model = intoMlp(24, 3);
      return bestLoss({ model, parameters: initialise(model, 0) }) >= 24 - 12 + 1 - 1e-9;
    },
  },
});

// S3: from the MLP's output to the unembedding ------------------------------------------------------------------------

const fromMlp = (
  hidden: number,
  features: number,
  inputs: "superposed" | "one-hot",
  nonlinearity: "relu" | "identity" = "relu",
) =>
  network({
    sizes: [4 * hidden, hidden, features],
    nonlinearities: [nonlinearity, "identity"],
    loss: "cross-entropy",
    data: inputs === "one-hot" ? oneHot(features) : randomDirections(features, 4 * hidden, 1),
  });
const fromMlpOf = (model: State["model"], count = 32) => ({
  model,
  recipe: recipe({
    steps: 5000,
    rate: {
      initial: 0.0025 * model.sizes[2]!,
      max: 0.05 * model.sizes[2]!,
      final: 0.005 * model.sizes[2]!,
      warmup: 0.05,
    },
  }),
  seeds: fresh(count),
});
const toldApart = (run: State) => recovered(run.model, run.parameters).length;

const kinds = {
  "superposed, n = 4d": { factor: 4, inputs: "superposed", nonlinearity: "relu" },
  "superposed, n = 8d": { factor: 8, inputs: "superposed", nonlinearity: "relu" },
  "superposed, n = 16d": { factor: 16, inputs: "superposed", nonlinearity: "relu" },
  "one a neuron, n = 4d": { factor: 4, inputs: "one-hot", nonlinearity: "relu" },
  "superposed, n = 4d, no ReLU": { factor: 4, inputs: "superposed", nonlinearity: "identity" },
} as const;
const dimensions = [2, 3, 4] as const;

hypothesis("S3 how many features a rectified bottleneck carries from an MLP to the unembedding", {
  question: "How many of n features does 4d → d → ReLU → n with cross-entropy tell apart, as n and d vary?",
  section,
  reading:
    "What the 4d neurons hold has to be chosen: either n random directions (superposition, one fixed draw for each n and d, so that the intervals are over seeds only), or one feature a neuron. A feature is told apart when its output is the largest; medians over 32 seeds, enough to know them to an eighth of the features.",
  given: Object.fromEntries(
    dimensions.flatMap((d) =>
      Object.entries(kinds).map(([name, { factor, inputs, nonlinearity }]) => [
        `d = ${d}, ${name}`,
        fromMlpOf(fromMlp(d, factor * d, inputs, nonlinearity)),
      ]),
    ),
  ),
  measure: (ensembles) => {
    const values = Object.fromEntries(
      Object.entries(ensembles).map(([cell, { runs }]) => [`share, ${cell}`, shareOf(runs)]),
    );
    const percent = (cell: string) => `${Math.round(100 * values[`share, ${cell}`]!.value)} %`;
    const over = (name: string) => dimensions.map((d) => percent(`d = ${d}, ${name}`)).join(", ");
    return {
      answer: `A share that grows with d and hardly falls with n: at d = 2, 3, 4 it is ${over("superposed, n = 4d")} for n = 4d and ${over("superposed, n = 16d")} for n = 16d; with one feature a neuron ${over("one a neuron, n = 4d")}. Without the ReLU: ${over("superposed, n = 4d, no ReLU")}.`,
      values,
    };
  },
  figure: (_, { answer, values }) =>
    compose({ title: "Features told apart behind a rectified bottleneck", subtitle: answer }, [
      series({
        x: "bottleneck dimensions d",
        y: "share of the features told apart, median",
        series: Object.keys(kinds).map((label, k) => ({
          label,
          points: dimensions.map((d) => {
            const { value, low, high } = values[`share, d = ${d}, ${label}`]!;
            // Set apart, or the error bars would cover each other.
            return { x: d + 0.06 * (k - 2), y: value, interval: [low, high] as const };
          }),
        })),
        width: 640,
      }),
    ]),
});

function shareOf(runs: readonly Run[]) {
  const features = runs[0]!.model.sizes[2]!;
  return medianOf(runs.map((run) => toldApart(run) / features));
}

hypothesis("S3b the ReLU in the bottleneck is what loses features", {
  claim:
    "From an MLP's output, a bottleneck of three dimensions carries all 12 superposed features to the unembedding when it is linear.",
  section,
  reading:
    "Suggested by S3's answer: without the ReLU every feature's output is the largest for its own input. The control, the same model with the ReLU, is decided by 64 seeds.",
  given: fromMlpOf(fromMlp(3, 12, "superposed", "identity"), 256),
  endPoints: false,
  observe: (run) => ({ "features told apart": toldApart(run) }),
  expect: always(
    (o: { "features told apart": number }) => o["features told apart"] === 12,
    "all 12 features told apart",
  ),
  control: { name: "with the ReLU", model: fromMlp(3, 12, "superposed"), seeds: fresh(64) },
  figure: (result) =>
    compose({ title: "Of 12 features through 3 dimensions", subtitle: verdictLine(result) }, [
      distribution({
        label: "features told apart",
        conditions: [
          { label: "linear", values: result.cells[0]!.values.map((o) => o!["features told apart"]) },
          { label: "with the ReLU", values: result.control.values.map((o) => o!["features told apart"]) },
        ],
        marks: [{ value: 12, label: "all" }],
        domain: [0, 13],
        width: 720,
      }),
    ]),
});
