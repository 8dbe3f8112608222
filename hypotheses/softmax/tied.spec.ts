import {
  always,
  autoencoder,
  compose,
  decoded,
  distribution,
  distributions,
  hypothesis,
  lowerBound,
  often,
  type PopulationResult,
  plane,
  type Run,
  range,
  recipe,
  ringLoss,
  type State,
  scopeMap,
  twoLevel,
  upperBound,
  verdictLine,
} from "../../src/index.ts";

/**
 * Softmax and cross-entropy, tied, no bias, two hidden dimensions: what training finds. There is no minimum to end in: once
 * all learned features are told apart the radius grows for ever, ever more slowly, so that claims are about what the
 * budget reaches. A feature is decoded when the logit of its own label is strictly the largest on its input.
 */
const section = "Softmax + cross-entropy · tied, no bias";

const tied = (features: number, more: { outputBias?: boolean; tied?: boolean } = {}) =>
  autoencoder({ features, hidden: 2, loss: "cross-entropy", ...more });

/** The note's schedule, stated by its largest rate: from 1/400 of it up to it, and down to 1/20. */
const schedule = (max: number) =>
  recipe({
    steps: 5000,
    rate: { initial: 0.0025 * max, max, final: 0.05 * max, warmup: 0.05 },
    // The start, beside the end.
    checkpoints: { count: 1, spacing: "even" },
  });

/** Seeds that no one looked at while the criteria were written: those below 1,000 served to explore. */
const fresh = (count: number, from = 1000) => range(from, from + count);

const condition = (features: number, model = tied(features)) => ({
  model,
  recipe: schedule(2),
  seeds: fresh(256),
});
const over = (sizes: readonly number[]) => Object.fromEntries(sizes.map((n) => [`n = ${n}`, condition(n)]));

const count = (flags: readonly boolean[]) => flags.filter(Boolean).length;
const told = (state: State) => count(decoded(state.model, state.parameters));
const norms = (state: State) => state.points.map((p) => Math.hypot(...p));

// C2 -----------------------------------------------------------------------------------------------------------------

type Levels = { "on the circle": number; "at zero": number; between: number };

function levels(run: State): Levels {
  const { onRing, atZero, between } = twoLevel(run.points);
  return { "on the circle": onRing.length, "at zero": atZero.length, between: between.length };
}

/** Ends, and where each feature started: the features that end at zero marked in both. */
function startsAndEnds(title: string) {
  return <T extends Levels>(result: PopulationResult<T>) => {
    const panels = result.cells.flatMap((cell) => {
      const index = cell.values.findIndex((v) => v !== null && v["at zero"] > 0);
      const run = cell.ensemble.runs[Math.max(0, index)]!;
      const { atZero } = twoLevel(run.points);
      const start = run.checkpoints[0]!.points;
      const factor = 1 / Math.max(...start.map((p) => Math.hypot(...p)));
      const magnified = start.map((p) => p.map((x) => factor * x));
      return [
        plane({
          points: magnified.filter((_, i) => !atZero.includes(i)),
          second: { points: atZero.map((i) => magnified[i]!), label: "will end at zero" },
          label: "will end on the circle",
          hull: false,
          grouping: { tolerance: 1e-12 },
          caption: `${cell.label}, seed ${run.seed}: the start, × ${factor.toFixed(1)}`,
        }),
        plane({
          points: run.points,
          caption: `after ${run.step} steps`,
          width: 330,
        }),
      ];
    });
    return compose({ title, subtitle: verdictLine(result), columns: 2 }, panels);
  };
}

hypothesis("C2 features on a circle or at zero", {
  claim: "Training puts each feature either on one circle or at zero.",
  section,
  reading:
    "After 5,000 steps every column is within 2 % of the longest, or shorter than 2 % of it. At ten features the picture frays late in training (high steps throw zeros out), so the claim is tested at 20 and 40.",
  given: over([20, 40]),
  endPoints: false,
  observe: levels,
  expect: always((o: Levels) => o.between === 0, "every feature on the circle or at zero"),
  control: { name: "with an end bias", model: tied(20, { outputBias: true }) },
  figure: startsAndEnds("Tied softmax: features on a circle or at zero"),
});

hypothesis("C2b some features are at zero", {
  claim: "Usually some features are left at zero.",
  section,
  reading: "At least one column shorter than 2 % of the longest, and none between zero and the circle.",
  given: over([20, 40]),
  endPoints: false,
  observe: levels,
  expect: often((o: Levels) => o.between === 0 && o["at zero"] > 0, "features on a circle and some at zero"),
  control: { name: "untied", model: tied(20, { tied: false }) },
  figure: (result) =>
    compose({ title: "How many features are left at zero", subtitle: verdictLine(result) }, [
      distribution({
        label: "features at zero after 5,000 steps",
        conditions: [...result.cells, result.control].map((cell) => ({
          label: cell.label,
          values: cell.values.flatMap((v) => (v ? [v["at zero"]] : [])),
        })),
        kind: "linear",
        width: 720,
      }),
    ]),
});

/** Rank of each feature's norm at the start, 0 for the shortest, of the given state. */
function startRanks(start: State): number[] {
  const lengths = norms(start);
  return lengths.map((length) => lengths.filter((other) => other < length).length);
}

hypothesis("C2c the shortest at the start are left out", {
  claim: "Which features are left at zero is the chance of the start: those whose columns start shortest.",
  section,
  reading:
    "No feature is special, since every start is as likely for any other; what the chance decides by is the norm drawn at the start. Asked: some feature ends at zero, and all that do are among the shortest quarter of columns at the start. The control ranks the same ends by the starts of other seeds.",
  given: { "n = 40": condition(40) },
  versus: { "n = 40": condition(40) },
  endPoints: false,
  observe: (run, other) => {
    const { atZero } = twoLevel(run.points);
    const ranks = startRanks(other.checkpoints[0]!);
    return {
      "at zero": atZero.length,
      "from the shortest quarter": atZero.filter((i) => ranks[i]! < ranks.length / 4).length,
    };
  },
  expect: often(
    (o: { "at zero": number; "from the shortest quarter": number }) =>
      o["at zero"] > 0 && o["from the shortest quarter"] === o["at zero"],
    "all zeros from the shortest quarter",
  ),
  control: { name: "starts of other seeds", versus: { seeds: fresh(256, 2000) } },
  figure: (result) => {
    const shares = (learned: boolean) =>
      result.cells[0]!.ensemble.runs.slice(0, 64).flatMap((run) => {
        const { atZero } = twoLevel(run.points);
        return startRanks(run.checkpoints[0]!).flatMap((rank, i) =>
          atZero.includes(i) === learned ? [] : [rank / 39],
        );
      });
    return compose({ title: "Where the start decides: n = 40, 64 seeds", subtitle: verdictLine(result) }, [
      distribution({
        label: "rank of the column's norm at the start (0 shortest, 1 longest)",
        conditions: [
          { label: "ends on the circle", values: shares(true) },
          { label: "ends at zero", values: shares(false) },
        ],
        marks: [{ value: 0.25, label: "a quarter" }],
        width: 720,
      }),
    ]);
  },
});

/** The loss the run would have were its circle perfectly even: closed form, with the mean squared norm of the circle. */
function ideal(run: State): number {
  const { onRing } = twoLevel(run.points);
  const squares = norms(run).map((length) => length ** 2);
  const squaredRadius = onRing.reduce((sum, i) => sum + squares[i]!, 0) / onRing.length;
  return ringLoss({ features: squares.length, onRing: onRing.length, squaredRadius });
}

hypothesis("C2d trained circles have the loss of the ideal one", {
  claim: "The circle is even and the rest at zero to within 1 % of the exact loss of that configuration.",
  section,
  reading:
    "With m of n features evenly on radius r and the others at zero the loss is [(n−m) ln n + m ln(Σₖ e^{−r²(1−cos 2πk/m)} + (n−m)e^{−r²})]/n.",
  given: over([20, 40]),
  endPoints: false,
  observe: (run) => ({ "relative error": Math.abs(run.loss / ideal(run) - 1) }),
  expect: always(
    (o: { "relative error": number }) => o["relative error"] < 0.01,
    "within 1 % of the closed form",
  ),
  control: { name: "with an end bias", model: tied(20, { outputBias: true }) },
  figure: distributions(
    "Trained loss against the closed form of an even circle and zeros",
    { "relative error": (o) => Math.max(o["relative error"], 1e-9) },
    {
      label: "relative difference of the loss",
      kind: "log",
      marks: [{ value: 0.01, label: "1 %" }],
      width: 720,
    },
  ),
});

// C3 -----------------------------------------------------------------------------------------------------------------

/** All columns of norm 1 and the logits multiplied by a fixed scale: a circle whose radius is the scale's square root. */
const onCircle = (features: number, scale: number, squaredError = false) =>
  autoencoder({
    features,
    hidden: 2,
    ...(squaredError ? { loss: "mse", nonlinearity: "relu" } : { loss: "cross-entropy" }),
    unitNorm: true,
    scale,
    frozen: ["scale"],
  });

const settle = (rate: number) =>
  recipe({ steps: 20_000, rate, convergence: { gradientNorm: 1e-4, every: 500 } });

/** Angles between neighbours over 2π/n, in order. */
function gaps(points: readonly (readonly number[])[]): number[] {
  const angles = points.map(([x, y]) => Math.atan2(y!, x!)).sort((a, b) => a - b);
  return angles.map(
    (a, i) =>
      (((i + 1 < angles.length ? angles[i + 1]! : angles[0]! + 2 * Math.PI) - a) * angles.length) /
      (2 * Math.PI),
  );
}

hypothesis("C3 on the circle training ends evenly spaced", {
  claim: "On a circle of fixed radius training ends in even spacing, from any start.",
  section,
  kind: "landscape",
  reading:
    "Columns kept at norm 1 and logits multiplied by 10, fixed: without a fixed radius there is no optimum. Even: every angle between neighbours within 1 % of 2π/n, at a gradient norm of 1e-4 or less. That even spacing is a minimum is C3b. The control shows that circles need not be even: under squared error with ReLU pairs merge.",
  given: Object.fromEntries(
    [10, 5, 8, 20].map((n) => [
      `n = ${n}`,
      { model: onCircle(n, 10), recipe: settle(0.05 * n), seeds: fresh(256) },
    ]),
  ),
  observe: (run) => ({
    "largest relative error of a gap": Math.max(...gaps(run.points).map((g) => Math.abs(g - 1))),
  }),
  expect: always(
    (o: { "largest relative error of a gap": number }) => o["largest relative error of a gap"] < 0.01,
    "evenly spaced to 1 %",
  ),
  control: { name: "squared error, ReLU", model: onCircle(10, 1, true), recipe: settle(1) },
  figure: (result) => {
    const [cell, wide] = [result.cells[0]!, result.cells[3]!];
    const panel = (run: Run, caption: string) => plane({ points: run.points, caption, width: 260 });
    return compose(
      { title: "Unit-norm features under softmax and under squared error", subtitle: verdictLine(result) },
      [
        panel(cell.ensemble.runs[0]!, "softmax, n = 10"),
        panel(wide.ensemble.runs[0]!, "softmax, n = 20"),
        panel(result.control.ensemble.runs[0]!, "squared error, n = 10"),
      ],
    );
  },
});

// C4 -----------------------------------------------------------------------------------------------------------------

const rated = (features: number, max: number, count = 256) => ({
  model: tied(features),
  recipe: schedule(max),
  seeds: fresh(count),
});

type Pair = { "at the high rate": number; "at rate 2": number };

const compare = (run: Run, other: Run): Pair => ({ "at the high rate": told(run), "at rate 2": told(other) });
const fewer = often((o: Pair) => o["at the high rate"] < o["at rate 2"], "fewer at the high rate");

/** For each cell how many features are decoded at either rate. */
const bothRates = (title: string) => (result: PopulationResult<Pair>) =>
  compose({ title, subtitle: verdictLine(result) }, [
    distribution({
      label: "share of the features decoded",
      conditions: [...result.cells, result.control].flatMap((cell) => {
        const n = cell.ensemble.model.sizes[0]!;
        return (["at the high rate", "at rate 2"] as const).map((which) => ({
          label:
            cell === result.control
              ? `control, ${which === "at rate 2" ? "rate 2" : "rate 0.5"}`
              : which === "at rate 2"
                ? `${cell.label.split(",")[0]}, rate 2`
                : cell.label,
          values: cell.values.flatMap((v) => (v ? [v[which] / n] : [])),
          ...(cell.values.includes(null) && {
            without: { count: cell.values.filter((v) => v === null).length, why: "diverged" },
          }),
        }));
      }),
      width: 720,
    }),
  ]);

hypothesis("C4 too high a rate leaves fewer features on the circle", {
  claim:
    "From fifteen features on there is a learning rate, short of divergence, that leaves fewer features told apart than the note's 2 from the same start.",
  section,
  reading:
    "Seed by seed, the features decoded after 5,000 steps of the note's schedule (1/400 of the largest rate, up to it, down to 1/20) with a largest rate of 8 or 16 against 2. A run that diverges counts against the claim, so that only features lost on the way count for it. Below a rate of 4 nothing depends on it: the control compares 0.5.",
  given: {
    "n = 20, rate 8": rated(20, 8),
    "n = 15, rate 8": rated(15, 8),
    "n = 30, rate 16": rated(30, 16),
  },
  versus: { "n = 20, rate 8": rated(20, 2), "n = 15, rate 8": rated(15, 2), "n = 30, rate 16": rated(30, 2) },
  endPoints: false,
  observe: compare,
  expect: fewer,
  control: { name: "rate 0.5", recipe: schedule(0.5) },
  figure: bothRates("Features decoded at a high rate and at rate 2"),
});

hypothesis("C4b too high a rate leaves fewer features, at few features", {
  claim: "At eight or ten features, too, a learning rate of 8 leaves fewer features told apart than 2.",
  section,
  reading:
    "As C4. Here high steps throw features out of zero, where they would have stayed: more are learned.",
  given: { "n = 10, rate 8": rated(10, 8), "n = 8, rate 8": rated(8, 8) },
  versus: { "n = 10, rate 8": rated(10, 2), "n = 8, rate 8": rated(8, 2) },
  endPoints: false,
  observe: compare,
  expect: fewer,
  control: { name: "rate 0.5", recipe: schedule(0.5) },
  witness: { "at the high rate": 8, "at rate 2": 9 },
  figure: bothRates("Few features: a high rate does not leave fewer"),
});

// C5 -----------------------------------------------------------------------------------------------------------------

const mapSizes = [5, 8, 10, 15, 20, 30, 40];
const mapRates = [0.5, 2, 4, 8, 16];
const cellName = (n: number, rate: number) => `n = ${n}, rate ${rate}`;
const mapSeeds = 64;

hypothesis("C5 where tied softmax learns all features", {
  question:
    "In what share of seeds does a tied softmax model learn all features, by their number and the rate?",
  section,
  reading:
    "All features decoded after 5,000 steps of the note's schedule, by its largest rate; 64 seeds a cell, exact intervals at an error rate of 1e-4 each: less than a quarter either way, where over the map the share goes from 0 to 1. A run that diverges has not learned all.",
  given: Object.fromEntries(
    mapSizes.flatMap((n) => mapRates.map((rate) => [cellName(n, rate), rated(n, rate, mapSeeds)])),
  ),
  measure: (ensembles) => {
    const values = Object.fromEntries(
      Object.entries(ensembles).map(([name, { runs, model }]) => {
        const all = runs.filter((run) => run.status !== "diverged" && told(run) === model.sizes[0]).length;
        return [
          name,
          {
            value: all / runs.length,
            low: lowerBound(all, runs.length, 1e-4),
            high: upperBound(all, runs.length, 1e-4),
          },
        ];
      }),
    );
    const percent = (share: number) => `${Math.round(100 * share)} %`;
    const best = (n: number) =>
      `${percent(Math.max(...mapRates.map((rate) => values[cellName(n, rate)]!.value)))} at n = ${n}`;
    const change = (n: number) =>
      `${percent(values[cellName(n, 2)]!.value)} at rate 2 to ${percent(values[cellName(n, 8)]!.value)} at rate 8 for n = ${n}`;
    return {
      answer: `At the best rate for each: ${[5, 8, 10, 15, 20, 40].map(best).join(", ")}. A high rate helps few features (from ${change(10)}) and harms many (from ${change(20)}); below 4 it makes no difference from fifteen on.`,
      values,
    };
  },
  figure: (_, { answer, values }) =>
    compose({ title: "Share of seeds in which tied softmax learns all features", subtitle: answer }, [
      scopeMap({
        rows: { label: "features", values: mapSizes },
        columns: { label: "largest learning rate", values: mapRates },
        cells: mapSizes.map((n) =>
          mapRates.map((rate) => {
            const { value } = values[cellName(n, rate)]!;
            return { value: Math.round(100 * value), note: `${Math.round(mapSeeds * value)}/${mapSeeds}` };
          }),
        ),
        valueLabel: "per cent of 64 seeds",
        domain: [0, 100],
      }),
    ]),
});

const unitNorm = (features: number) =>
  autoencoder({ features, hidden: 2, loss: "cross-entropy", unitNorm: true, scale: 1 });

hypothesis("C5b with unit norms all features are learned", {
  claim:
    "A set-up in which tied softmax learns all features: columns kept at norm 1 and one learned scale for all logits.",
  section,
  reading:
    "All features decoded after 5,000 steps. The difficulty is in the norms alone: what cannot shrink to zero finds its place on the circle.",
  given: Object.fromEntries(
    [20, 10, 40].map((n) => [`n = ${n}`, { model: unitNorm(n), recipe: schedule(0.5), seeds: fresh(256) }]),
  ),
  endPoints: false,
  observe: (run) => ({ decoded: told(run), "all decoded": told(run) === run.points.length }),
  expect: always((o: { "all decoded": boolean }) => o["all decoded"], "all features decoded"),
  control: { name: "norms free", model: tied(20), recipe: schedule(2) },
  figure: (result) =>
    compose(
      { title: "Columns kept at norm 1, one learned scale", subtitle: verdictLine(result), columns: 2 },
      [
        plane({ points: result.cells[2]!.ensemble.runs[0]!.points, caption: "n = 40, norms fixed" }),
        plane({ points: result.control.ensemble.runs[0]!.points, caption: "n = 20, norms free" }),
      ],
    ),
});

// C6, trained --------------------------------------------------------------------------------------------------------

/** The narrowest angle between two learned features (those not at zero), over even spacing. */
function narrowest(run: State): number {
  const { onRing, between } = twoLevel(run.points);
  return Math.min(...gaps([...onRing, ...between].map((i) => run.points[i]!)));
}

hypothesis("C6c trained features do not share directions", {
  claim: "No two features that softmax has learned share a direction.",
  section,
  reading:
    "The narrowest angle between two columns longer than 2 % of the longest is at least half of what it would be with even spacing. Under squared error with ReLU features share (T2): the control.",
  given: over([20, 40]),
  endPoints: false,
  observe: (run) => ({ "narrowest angle over even spacing": narrowest(run) }),
  expect: always(
    (o: { "narrowest angle over even spacing": number }) => o["narrowest angle over even spacing"] > 0.5,
    "no shared direction",
  ),
  control: {
    name: "squared error, ReLU",
    model: autoencoder({ features: 20, hidden: 2, loss: "mse", nonlinearity: "relu" }),
    recipe: recipe({ steps: 5000, rate: 8 }),
  },
  figure: distributions(
    "The narrowest angle between two learned features",
    { "narrowest angle": (o) => o["narrowest angle over even spacing"] },
    { label: "over even spacing", marks: [{ value: 0.5, label: "half" }], domain: [0, 1], width: 720 },
  ),
});
