import {
  always,
  autoencoder,
  compose,
  correlationWithin,
  directions,
  distribution,
  distributions,
  effectiveNumber,
  hypothesis,
  nearestDirections,
  plane,
  quantile,
  quantileBounds,
  type Run,
  range,
  recipe,
  type State,
  series,
  unevenness,
} from "../src/index.ts";

/**
 * Which of the many equally good solutions training picks. A tied ReLU model without biases in two dimensions ends in five
 * directions, the arms of a pentagon; however the n features are divided among the arms, and an arm's norm among its
 * features, the loss is the same (T2), and so is the sum of all squared norms.
 */
const section = "Why is this useful?";

const model = (features: number, nonlinearity: "relu" | "identity" = "relu") =>
  autoencoder({ features, hidden: 2, nonlinearity, loss: "mse" });
/** Seeds that no one looked at while the criteria were written. */
const seeds = range(2000, 2256);
/** Rates are stated per n²: the mean squared error carries a factor 1/n² in its gradient. Checkpoint 0 is the start. */
const condition = (features: number) => ({
  model: model(features),
  recipe: recipe({
    steps: 8000,
    rate: {
      initial: 0.001 * features ** 2,
      max: 0.03 * features ** 2,
      final: 0.02 * features ** 2,
      warmup: 0.05,
    },
    convergence: { gradientNorm: 1e-3 },
    checkpoints: { count: 1, spacing: "even" },
  }),
  seeds,
});

const square = (point: readonly number[]) => point.reduce((sum, x) => sum + x * x, 0);
/** Unit vectors along the arms: directions of norm above 0.1. Every feature, however short, belongs to the nearest. */
const armsOf = (run: State) =>
  directions(run.points, { minimumNorm: 0 })
    .directions.filter((d) => d.norm > 0.1)
    .map((d) => d.unit);

/** How the end came out of the start, for a run that ended in five arms. */
function selection(run: Run, start: State = run.checkpoints[0]!) {
  const arms = armsOf(run);
  if (arms.length !== 5) return undefined;
  const [end, begun] = [nearestDirections(run.points, arms), nearestDirections(start.points, arms)];
  const counts = (arm: readonly number[]) => arms.map((_, k) => arm.filter((a) => a === k).length);
  const members = arms.map((_, k) => end.flatMap((a, i) => (a === k ? [i] : [])));
  const sharers = (state: State) =>
    members.reduce(
      (sum, group) =>
        group.length === 0 ? sum : sum + effectiveNumber(group.map((i) => square(state.points[i]!))),
      0,
    );
  return {
    "unevenness at the end": unevenness(counts(end)),
    "unevenness, nearest arm at the start": unevenness(counts(begun)),
    "share that ends in the arm nearest to its start":
      end.filter((a, i) => a === begun[i]).length / end.length,
    "correlation of log norms within arms": correlationWithin(
      members.map((group) =>
        group.map((i) => [Math.log(square(start.points[i]!)), Math.log(square(run.points[i]!))] as const),
      ),
    ),
    "effective sharers, end against start": sharers(run) / sharers(start),
  };
}
type Selection = NonNullable<ReturnType<typeof selection>>;

const sizes = [10, 20, 50] as const;

hypothesis("W4 which of the equally good splits training picks", {
  question:
    "Among solutions of equal loss, the splits of n features over the five arms of a pentagon, which does training pick?",
  section,
  reading:
    "Unevenness is Pearson's χ² of the five counts against n/5: 4 on average if every feature fell into an arm independently. It is compared with that of the arms nearest to the features' starts. Further: the share of features that end in that nearest arm, the correlation of the logarithms of a feature's norm at the start and at the end within its arm, and how many equal sharers the norms of the arms amount to, end against start. Means over 256 seeds with four standard errors; medians with exact bounds.",
  given: Object.fromEntries(sizes.map((n) => [`n = ${n}`, condition(n)])),
  measure: (ensembles) => {
    const values = Object.fromEntries(
      sizes.flatMap((n) => {
        const found = ensembles[`n = ${n}`]!.runs.flatMap((run) => selection(run) ?? []);
        const all = (name: keyof Selection) => found.map((o) => o[name]);
        const gap = found.map((o) => o["unevenness, nearest arm at the start"] - o["unevenness at the end"]);
        return [
          [`unevenness at the end, n = ${n}`, meanOf(all("unevenness at the end"))],
          [
            `unevenness, nearest arm at the start, n = ${n}`,
            meanOf(all("unevenness, nearest arm at the start")),
          ],
          [`unevenness lost on the way, n = ${n}`, meanOf(gap)],
          [
            `share that ends in the arm nearest to its start, n = ${n}`,
            medianOf(all("share that ends in the arm nearest to its start")),
          ],
          [
            `correlation of log norms within arms, n = ${n}`,
            medianOf(all("correlation of log norms within arms").filter(Number.isFinite)),
          ],
          [
            `effective sharers, end against start, n = ${n}`,
            medianOf(all("effective sharers, end against start")),
          ],
        ] as const;
      }),
    );
    const over = (name: string, digits: number) =>
      sizes.map((n) => values[`${name}, n = ${n}`]!.value.toFixed(digits)).join(", ");
    return {
      answer: `The one near the start, a little evened out (n = 10, 20, 50): a share of ${over("share that ends in the arm nearest to its start", 2)} of the features ends in the arm nearest to its start; norms within an arm keep their ratios (correlation ${over("correlation of log norms within arms", 2)}); but the arms share more evenly than by chance (χ² ${over("unevenness at the end", 1)}, nearest arms ${over("unevenness, nearest arm at the start", 1)}, chance 4).`,
      values,
    };
  },
  figure: (ensembles, { answer }) => {
    const { runs } = ensembles["n = 20"]!;
    const found = runs.flatMap((run) => selection(run) ?? []);
    const example = runs[0]!;
    const arms = armsOf(example);
    const nearest = nearestDirections(example.points, arms);
    return compose({ title: "From the start to the pentagon, 20 features", subtitle: answer, columns: 2 }, [
      plane({
        points: example.checkpoints[0]!.points,
        values: { of: nearest.map((k) => k + 1), label: "arm it ends in" },
        hull: false,
        caption: "one start",
      }),
      plane({
        points: example.points,
        values: { of: nearest.map((k) => k + 1), label: "arm it ends in" },
        combined: true,
        caption: "its end",
      }),
      distribution({
        label: "unevenness χ² of the five counts",
        conditions: [
          { label: "at the end", values: found.map((o) => o["unevenness at the end"]) },
          {
            label: "nearest arm at the start",
            values: found.map((o) => o["unevenness, nearest arm at the start"]),
          },
        ],
        marks: [{ value: 4, label: "mean by chance" }],
        width: 480,
      }),
      series({
        x: "norm at the start",
        y: "norm at the end",
        xScale: "log",
        yScale: "log",
        series: arms.map((_, k) => ({
          label: `arm ${k + 1}`,
          points: nearest.flatMap((a, i) =>
            a === k
              ? [
                  {
                    x: Math.sqrt(square(example.checkpoints[0]!.points[i]!)),
                    y: Math.sqrt(square(example.points[i]!)),
                  },
                ]
              : [],
          ),
        })),
        width: 480,
      }),
    ]);
  },
});

function meanOf(values: readonly number[]) {
  const value = values.reduce((a, b) => a + b) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - value) ** 2, 0) / (values.length - 1);
  const error = 4 * Math.sqrt(variance / values.length);
  return { value, low: value - error, high: value + error };
}
function medianOf(values: readonly number[]) {
  const { lower, upper } = quantileBounds(values, 0.5, 1e-4);
  return { value: quantile(values, 0.5), low: lower, high: upper };
}

hypothesis("W4b features end near where they started", {
  claim:
    "With 20 or 50 features, seven in ten or more end in the arm of the pentagon that is nearest to where they started.",
  section,
  reading:
    "Suggested by W4's answer. The arms are those of the end; chance would be one in five. The control asks the same of another seed's start.",
  given: { "n = 20": condition(20), "n = 50": condition(50) },
  versus: { "n = 20": condition(20), "n = 50": condition(50) },
  observe: (run, other) => ({
    "share that ends in the arm nearest to its start":
      selection(run, other.checkpoints[0]!)?.["share that ends in the arm nearest to its start"] ?? 0,
  }),
  expect: always(
    (o: { "share that ends in the arm nearest to its start": number }) =>
      o["share that ends in the arm nearest to its start"] >= 0.7,
    "seven in ten in the nearest arm",
  ),
  control: {
    name: "another seed's start",
    versus: { seeds: seeds.map((_, i) => seeds[(i + 1) % seeds.length]!) },
  },
  figure: distributions(
    "Features that end in the arm nearest to their start",
    { "": (o) => o["share that ends in the arm nearest to its start"] },
    {
      label: "share of the features",
      marks: [
        { value: 0.7, label: "seven in ten" },
        { value: 0.2, label: "chance" },
      ],
      domain: [0, 1],
      width: 720,
    },
  ),
});
