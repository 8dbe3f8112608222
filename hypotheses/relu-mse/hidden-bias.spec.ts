import fc from "fast-check";
import {
  always,
  autoencoder,
  compose,
  directions,
  distribution,
  gradient,
  hypothesis,
  loss,
  often,
  ownOutputs,
  type PopulationResult,
  plane,
  quantile,
  quantileBounds,
  type Run,
  range,
  recipe,
  type State,
  satisfaction,
  terms,
  trajectory,
  verdictLine,
} from "../../src/index.ts";

/**
 * A bias a in the hidden layer, two hidden dimensions: feature i alone gives the activation hᵢ = wᵢ + a, and output j
 * answers with the nonlinearity of uⱼ·hᵢ (+ bⱼ where there is an end bias too), uⱼ = wⱼ when tied. "The hidden bias goes to
 * zero" is ‖a‖ < 0.01 in the end; it starts uniform in ±1/√n in either coordinate.
 */
const section = "ReLU + MSE · bias in the hidden layer";

type Activation = "relu" | "gelu";

const hidden = (
  features: number,
  { nonlinearity = "relu" as Activation, tied = true, outputBias = false } = {},
) => autoencoder({ features, hidden: 2, nonlinearity, loss: "mse", tied, hiddenBias: true, outputBias });

/** Seeds that no one looked at while the criteria were written: those below 1,000 served to explore. */
const fresh = (count: number) => range(1000, 1000 + count);

/** A constant rate, here for the summed loss (0.01 is a learning rate of 1 at ten features). */
const steady = (features: number, rate: number, steps: number) =>
  recipe({
    steps,
    rate: rate * features ** 2,
    convergence: { gradientNorm: 1e-3, every: null },
    checkpoints: { count: 40, spacing: "log" },
  });

const tiedCell = (features: number, nonlinearity: Activation = "relu") => ({
  model: hidden(features, { nonlinearity }),
  recipe: steady(features, features === 20 ? 0.01 : 0.02, nonlinearity === "relu" ? 8000 : 3000),
  // Under ReLU with few features about one seed in a hundred is an exception, which 256 cannot tell from one in twenty.
  seeds: fresh(nonlinearity === "relu" && features < 20 ? 1024 : 256),
});
/** Untied models oscillate at the tied ones' rates. */
const untiedCell = (features: number, nonlinearity: Activation = "relu") => ({
  model: hidden(features, { nonlinearity, tied: false }),
  recipe: steady(features, 0.003, nonlinearity === "relu" ? 20_000 : 6000),
  seeds: fresh(256),
});

const length = (v: readonly number[]) => Math.hypot(...v);
const biasLength = (state: State) => length(state.hiddenBias!);
const activations = (state: State) =>
  state.points.map((w) => w.map((x, k) => x + (state.hiddenBias?.[k] ?? 0)));
const meanOf = (points: readonly (readonly number[])[]) =>
  points[0]!.map((_, k) => points.reduce((sum, p) => sum + p[k]!, 0) / points.length);
const rms = (points: readonly (readonly number[])[]) =>
  Math.sqrt(points.reduce((sum, p) => sum + length(p) ** 2, 0) / points.length);

// H1 -----------------------------------------------------------------------------------------------------------------

type Bias = { "hidden bias at the start": number; "hidden bias in the end": number };
const biasOf = (run: Run): Bias => ({
  "hidden bias at the start": biasLength(run.checkpoints[0]!),
  "hidden bias in the end": biasLength(run),
});
const vanished = always((o: Bias) => o["hidden bias in the end"] < 0.01, "‖a‖ < 0.01 in the end");

const biasFigure = (title: string) => (result: PopulationResult<Bias>) => {
  const panel = (o: PopulationResult<Bias>["control"], label: string) => {
    const runs = o.ensemble.runs.slice(0, 40);
    return trajectory({
      caption: label,
      label: "‖a‖",
      x: "log",
      y: "log",
      steps: [...runs[0]!.checkpoints.map((state) => state.step)],
      conditions: [
        {
          label: "seeds",
          runs: runs.map((run) => run.checkpoints.map((state) => Math.max(1e-6, biasLength(state)))),
        },
      ],
      levels: [{ value: 0.01, label: "zero, as asked" }],
      width: 400,
      height: 300,
    });
  };
  return compose({ title, subtitle: verdictLine(result) }, [
    panel(result.cells[1] ?? result.cells[0]!, result.cells[1]?.label ?? result.cells[0]!.label),
    panel(result.control, result.control.label),
  ]);
};

hypothesis("H1 an untied hidden bias goes to zero", {
  claim:
    "With a bias in the hidden layer only, and untied matrices, the bias goes to zero, for ReLU and GELU.",
  section,
  reading:
    'As printed ("untied"): ‖a‖ < 0.01 after training, in at least 95 % of seeds. Untied models drift slowly, so the claim is read at the end of the budget (20,000 steps, GELU 6,000).',
  given: {
    "ReLU, n = 5": untiedCell(5),
    "ReLU, n = 10": untiedCell(10),
    "GELU, n = 10": untiedCell(10, "gelu"),
  },
  endPoints: false,
  observe: biasOf,
  expect: vanished,
  control: { name: "untied, after 100 steps", recipe: steady(5, 0.003, 100) },
  witness: { "hidden bias at the start": 0.3, "hidden bias in the end": 0 },
  figure: biasFigure("The hidden bias of untied models"),
});

hypothesis("H1b a tied hidden bias goes to zero", {
  claim: "With a bias in the hidden layer only, and tied matrices, the bias goes to zero, for ReLU and GELU.",
  section,
  reading: "The repaired claim (tied): ‖a‖ < 0.01 after training, in at least 95 % of seeds.",
  given: {
    "ReLU, n = 5": tiedCell(5),
    "ReLU, n = 10": tiedCell(10),
    "ReLU, n = 20": tiedCell(20),
    "GELU, n = 5": tiedCell(5, "gelu"),
    "GELU, n = 10": tiedCell(10, "gelu"),
  },
  endPoints: false,
  observe: biasOf,
  expect: vanished,
  control: { ...untiedCell(10), name: "untied, n = 10" },
  figure: biasFigure("The hidden bias of tied models"),
});

// H2 -----------------------------------------------------------------------------------------------------------------

const number = fc.integer({ min: -200, max: 200 }).map((k) => k / 100);
/** Any parameters of a model with both or one of the biases, and a shift (x, y) of at least 0.1. */
const shifted = (tied: boolean) =>
  fc
    .record({ features: fc.integer({ min: 2, max: 7 }), outputBias: fc.boolean(), gelu: fc.boolean() })
    .chain(({ features, outputBias, gelu }) => {
      const model = hidden(features, { nonlinearity: gelu ? "gelu" : "relu", tied, outputBias });
      const size = 2 * features + 2 + (tied ? 0 : 2 * features) + (outputBias ? features : 0);
      return fc
        .record({
          flat: fc.array(number, { minLength: size, maxLength: size }),
          shift: fc.tuple(number, number).filter(([x, y]) => Math.hypot(x, y) >= 0.1),
        })
        .map(({ flat, shift: [x, y] }) => {
          const moved = flat.map((v, k) =>
            k < features
              ? v + x
              : k < 2 * features
                ? v + y
                : k === 2 * features
                  ? v - x
                  : k === 2 * features + 1
                    ? v - y
                    : v,
          );
          return { model, before: Float64Array.from(flat), after: Float64Array.from(moved), features };
        });
    });
const same = (a: number, b: number) => Math.abs(a - b) <= 1e-10 * Math.max(1, Math.abs(a), Math.abs(b));

/** ∂L/∂a − Σᵢ ∂L/∂wᵢ, the largest coordinate in size. */
const imbalance = ({
  model,
  before,
  features,
}: {
  model: ReturnType<typeof hidden>;
  before: Float64Array;
  features: number;
}) => {
  const g = gradient(model, before).gradient;
  const row = (k: number) => g.slice(k * features, (k + 1) * features).reduce((a, b) => a + b, 0);
  return Math.max(...[0, 1].map((k) => Math.abs(g[2 * features + k]! - row(k))));
};

hypothesis("H2 untied: the centre is a degree of freedom", {
  claim:
    "In an untied model, shifting every embedding column by (x, y) and the hidden bias by (−x, −y) changes nothing: a degree of freedom that gradient descent never moves along, since a − Σᵢ wᵢ stays what it was at the start.",
  section,
  reading:
    "For one-hot data any activation is wᵢ + a, which the shift leaves as it is. For the same reason the gradient by a is the sum of those by the columns, so that every step moves a and Σᵢ wᵢ alike.",
  properties: {
    "the shift changes no loss": fc.property(shifted(false), ({ model, before, after }) =>
      same(loss(model, before), loss(model, after)),
    ),
    "the gradient by the bias is the sum of those by the columns": fc.property(
      shifted(false),
      (sample) => imbalance(sample) < 1e-11,
    ),
  },
  nearMiss: {
    "the shift changes no loss of a tied model": fc.property(shifted(true), ({ model, before, after }) =>
      same(loss(model, before), loss(model, after)),
    ),
    "the gradient by the bias is that sum in a tied model": fc.property(
      shifted(true),
      (sample) => imbalance(sample) < 1e-11,
    ),
  },
});

type Drift = {
  "bias in the end": number;
  "bias moved by": number;
  "centre of the columns plus bias, over bias": number;
  "conserved sum moved by": number;
};
function drift(run: Run): Drift {
  const start = run.checkpoints[0]!;
  const [a, a0] = [run.hiddenBias!, start.hiddenBias!];
  const centre = meanOf(run.points);
  const sum = (state: State) =>
    state.hiddenBias!.map((x, k) => x - state.points.reduce((s, p) => s + p[k]!, 0));
  const [after, before] = [sum(run), sum(start)];
  return {
    "bias in the end": length(a),
    "bias moved by": length(a.map((x, k) => x - a0[k]!)),
    "centre of the columns plus bias, over bias": length(centre.map((x, k) => x + a[k]!)) / length(a),
    "conserved sum moved by": length(after.map((x, k) => x - before[k]!)),
  };
}

const columnsAndBias = (title: string) => (result: PopulationResult<Drift>) =>
  compose({ title, subtitle: verdictLine(result), columns: 3 }, [
    ...result.cells[0]!.ensemble.runs.slice(0, 3).map((run) =>
      plane({
        caption: `seed ${run.seed}`,
        points: run.points,
        label: "column wᵢ",
        second: {
          points: [run.hiddenBias!.map((x) => -x), meanOf(run.points)],
          label: "−a, and the centre of the columns",
        },
        hull: false,
        width: 260,
      }),
    ),
  ]);

hypothesis("H2b untied biases drift", {
  claim: "Trained untied models end with a hidden bias that has moved away from its start and is not zero.",
  section,
  reading:
    "‖a‖ > 0.1 in the end, and moved by more than 0.1, in at least 95 % of seeds, at ten and twenty features. In the control the matrices are tied, where it vanishes.",
  given: { "n = 10": untiedCell(10), "n = 20": untiedCell(20) },
  endPoints: false,
  observe: drift,
  expect: always((o: Drift) => o["bias in the end"] > 0.1 && o["bias moved by"] > 0.1, "a bias that drifted"),
  control: { ...tiedCell(10), name: "tied, n = 10" },
  figure: columnsAndBias("Columns and hidden bias of untied models, ten features"),
});

hypothesis("H2c the centre sits opposite the bias", {
  claim: "In trained untied models the centre of the columns has drifted to (x, y) and the bias to (−x, −y).",
  section,
  reading:
    "As printed: the mean of the columns plus the bias is less than a tenth of the bias in length, in at least 95 % of seeds. (The conserved a − Σ wᵢ makes the mean (a − C)/n instead: on the bias's side.)",
  given: { "n = 5": untiedCell(5), "n = 10": untiedCell(10), "n = 20": untiedCell(20) },
  endPoints: false,
  observe: drift,
  expect: always(
    (o: Drift) => o["centre of the columns plus bias, over bias"] < 0.1,
    "the centre opposite the bias",
  ),
  control: { ...tiedCell(10), name: "tied, n = 10, after 100 steps", recipe: steady(10, 0.02, 100) },
  witness: {
    "bias in the end": 1,
    "bias moved by": 1,
    "centre of the columns plus bias, over bias": 0,
    "conserved sum moved by": 0,
  },
  figure: columnsAndBias("Columns do not centre opposite the bias (untied, ten features)"),
});

// H3 -----------------------------------------------------------------------------------------------------------------

type Centre = { "mean activation over rms": number; "mean direction": number };

/**
 * The mean activation over features relative to their root mean square; and the mean over directions, each with the norm
 * √Σ‖h‖² of its features (all that a tied ReLU model fixes of a direction), in units of the weights.
 */
function centre(state: State): Centre {
  const h = activations(state);
  const found = directions(h).directions;
  return {
    "mean activation over rms": length(meanOf(h)) / rms(h),
    "mean direction": found.length > 0 ? length(meanOf(found.map((d) => d.vector))) : 0,
  };
}

const centres = (title: string) => (result: PopulationResult<Centre>) =>
  compose({ title, subtitle: verdictLine(result), columns: 2 }, [
    ...[result.cells[1] ?? result.cells[0]!, result.control].map((o) =>
      plane({
        caption: `${o.label}: one point a seed`,
        points: o.ensemble.runs.slice(0, 100).map((run) => {
          const h = activations(run);
          return meanOf(h).map((x) => x / rms(h));
        }),
        label: "mean activation over rms",
        hull: false,
        grouping: { tolerance: 1e-9 },
      }),
    ),
  ]);

hypothesis("H3 the activations are centred on zero", {
  claim: "The activations wᵢ + a stay centred on zero.",
  section,
  reading:
    "As printed, of the untied model: the mean activation over the features is less than a twentieth of their root mean square, in at least 95 % of seeds.",
  given: {
    "ReLU, n = 5": untiedCell(5),
    "ReLU, n = 10": untiedCell(10),
    "GELU, n = 10": untiedCell(10, "gelu"),
  },
  endPoints: false,
  observe: centre,
  expect: always((o: Centre) => o["mean activation over rms"] < 0.05, "activations centred on zero"),
  control: { name: "untied, after 100 steps", recipe: steady(5, 0.003, 100) },
  witness: { "mean activation over rms": 0, "mean direction": 0 },
  figure: centres("Mean activation of untied models"),
});

hypothesis("H3b tied: the directions are centred on zero", {
  claim: "In a tied model the polygon of activations is centred on zero.",
  section,
  reading:
    "The repaired claim: of the directions, each counted once with the norm √Σ‖h‖² of the features in it, the mean is shorter than 0.01, in at least 95 % of seeds (the features share directions unevenly under ReLU, so that the mean over features says nothing of the polygon).",
  given: {
    "ReLU, n = 5": tiedCell(5),
    "ReLU, n = 10": tiedCell(10),
    "GELU, n = 10": tiedCell(10, "gelu"),
  },
  endPoints: false,
  observe: centre,
  expect: always((o: Centre) => o["mean direction"] < 0.01, "a polygon centred on zero"),
  control: { ...untiedCell(10), name: "untied, n = 10" },
  figure: centres("Mean activation of tied models"),
});

// H4 -----------------------------------------------------------------------------------------------------------------

/** Any tied or untied model with an end bias, its parameters, and the same function written without the hidden bias. */
const redundant = (outputBias: boolean) =>
  fc
    .record({ features: fc.integer({ min: 3, max: 7 }), tied: fc.boolean(), gelu: fc.boolean() })
    .chain(({ features, tied, gelu }) => {
      const model = hidden(features, { nonlinearity: gelu ? "gelu" : "relu", tied, outputBias });
      const weights = tied ? 0 : 2 * features;
      const size = 2 * features + 2 + weights + (outputBias ? features : 0);
      return fc.array(number, { minLength: size, maxLength: size }).map((flat) => {
        const [ax, ay] = [flat[2 * features]!, flat[2 * features + 1]!];
        const unembedding = (j: number) =>
          tied
            ? [flat[j]!, flat[features + j]!]
            : [flat[2 * features + 2 + 2 * j]!, flat[2 * features + 3 + 2 * j]!];
        const without = flat.map((v, k) => {
          if (k === 2 * features || k === 2 * features + 1) return 0;
          const j = k - (2 * features + 2 + weights);
          if (j < 0) return v;
          const [ux, uy] = unembedding(j);
          return v + ux! * ax + uy! * ay;
        });
        return { model, before: Float64Array.from(flat), after: Float64Array.from(without) };
      });
    });

hypothesis("H4 with an end bias the hidden bias adds nothing", {
  claim:
    "Beside an end bias the hidden bias is redundant: (a, b) and (0, b + U a) are the same function, tied or not.",
  section,
  properties: {
    "the same loss with the hidden bias moved into the end bias": fc.property(
      redundant(true),
      ({ model, before, after }) => same(loss(model, before), loss(model, after)),
    ),
  },
  nearMiss: {
    "without an end bias, the hidden bias left out": fc.property(
      redundant(false),
      ({ model, before, after }) => same(loss(model, before), loss(model, after)),
    ),
  },
});

/** Both biases, or one of them kept at 0: the same weights and the same draw of every bias that is there. */
const withBiases = (hiddenBias: boolean, endBias: boolean) => {
  const off = [...(hiddenBias ? [] : ["bias0"]), ...(endBias ? [] : ["bias1"])];
  return autoencoder({
    features: 10,
    hidden: 2,
    nonlinearity: "relu",
    loss: "mse",
    hiddenBias: true,
    outputBias: true,
    frozen: off,
    initialisation: { scheme: "torch", gain: Object.fromEntries(off.map((name) => [name, 0])) },
  });
};
const learnedBy = (state: State) => ownOutputs(state.model, state.parameters).filter((y) => y > 2 / 3).length;
const summedLoss = (state: State) => terms(state.model) * state.loss;
type Pair = {
  "learned with both": number;
  "learned with the other": number;
  "loss with both": number;
  "difference in loss": number;
};
const both = {
  model: withBiases(true, true),
  recipe: steady(10, 0.01, 20_000),
  seeds: fresh(512),
};

hypothesis("H4b both biases learn as many features as the end bias alone", {
  claim:
    "With both biases the hidden one changes little: as many features are learned as with the end bias alone.",
  section,
  reading:
    "Seed by seed, the same weights and the same end bias at the start: the same number of features with an own output above 2/3 after 20,000 steps, in more than half of the seeds (ten features, tied). In the control the comparison is with the hidden bias alone.",
  given: both,
  versus: { ...both, model: withBiases(false, true) },
  endPoints: false,
  observe: (run, other): Pair => ({
    "learned with both": learnedBy(run),
    "learned with the other": learnedBy(other),
    "loss with both": summedLoss(run),
    "difference in loss": summedLoss(run) - summedLoss(other),
  }),
  expect: often(
    (o: Pair) => o["learned with both"] === o["learned with the other"],
    "the same number of features learned",
  ),
  control: { name: "both, against the hidden bias alone", versus: { model: withBiases(true, false) } },
  figure: (result) =>
    compose({ title: "Both biases against one of them", subtitle: verdictLine(result), columns: 1 }, [
      distribution({
        label: "summed loss with both biases minus that with one, seed by seed",
        conditions: [
          {
            label: "against the end bias alone",
            values: result.cells[0]!.values.flatMap((v) => (v ? [v["difference in loss"]] : [])),
          },
          {
            label: "against the hidden bias alone",
            values: result.control.values.flatMap((v) => (v ? [v["difference in loss"]] : [])),
          },
        ],
        marks: [{ value: 0, label: "no difference" }],
        width: 680,
      }),
      satisfaction(result),
    ]),
});

hypothesis("H4c what the hidden bias changes beside an end bias", {
  question:
    "With both biases, tied or untied: does the hidden bias vanish, does the centre of the activations shift, and what does it gain in loss?",
  section,
  reading:
    "Ten features, ReLU, 512 seeds tied (256 untied), paired by seed as in H4b. Medians with exact bounds at 1e-4. The centre is the mean activation over the root mean square.",
  given: {
    "both, tied": both,
    "end bias alone, tied": { ...both, model: withBiases(false, true) },
    "both, untied": {
      model: hidden(10, { tied: false, outputBias: true }),
      recipe: steady(10, 0.004, 15_000),
      seeds: fresh(256),
    },
  },
  measure: (ensembles) => {
    const median = (values: readonly number[]) => {
      const { lower, upper } = quantileBounds(values, 0.5, 1e-4);
      return { value: quantile(values, 0.5), low: lower, high: upper };
    };
    const [tied, alone, untied] = ["both, tied", "end bias alone, tied", "both, untied"].map(
      (name) => ensembles[name]!.runs,
    );
    const off = (state: State) => centre(state)["mean activation over rms"];
    const difference = tied!.map((run, i) => summedLoss(run) - summedLoss(alone![i]!));
    const average = difference.reduce((a, b) => a + b) / difference.length;
    const spread = difference.reduce((sum, d) => sum + (d - average) ** 2, 0) / (difference.length - 1);
    const reach = 4 * Math.sqrt(spread / difference.length);
    const values = {
      "‖a‖ at the start, tied": median(tied!.map((run) => biasLength(run.checkpoints[0]!))),
      "‖a‖ in the end, tied": median(tied!.map(biasLength)),
      "centre at the start, tied": median(tied!.map((run) => off(run.checkpoints[0]!))),
      "centre in the end, tied": median(tied!.map(off)),
      "centre in the end, end bias alone": median(alone!.map(off)),
      "centre in the end, untied": median(untied!.map(off)),
      "mean difference in loss": { value: average, low: average - reach, high: average + reach },
    };
    const show = (name: keyof typeof values) => values[name].value.toFixed(2);
    return {
      answer: `It neither vanishes nor grows much (‖a‖ ${show("‖a‖ at the start, tied")} → ${show("‖a‖ in the end, tied")}); the centre of the activations ends at ${show("centre in the end, tied")} of their size tied and ${show("centre in the end, untied")} untied, against ${show("centre in the end, end bias alone")} with the end bias alone; the loss changes by ${show("mean difference in loss").replace("-", "−")} on average.`,
      values,
    };
  },
  figure: (ensembles, { answer }) =>
    compose({ title: "How far the activations' centre is from zero", subtitle: answer }, [
      distribution({
        label: "mean activation over root mean square, in the end",
        conditions: Object.entries(ensembles).map(([label, { runs }]) => ({
          label,
          values: runs.map((run) => centre(run)["mean activation over rms"]),
        })),
        width: 680,
      }),
    ]),
});
