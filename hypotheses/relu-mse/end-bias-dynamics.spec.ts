import {
  always,
  autoencoder,
  compose,
  distribution,
  dropAround,
  hypothesis,
  inside,
  leftOutline,
  lowerBound,
  newHighs,
  often,
  outline,
  ownOutputs,
  type PopulationResult,
  passesBefore,
  plane,
  plateau,
  preactivations,
  proportions,
  quantile,
  quantileBounds,
  type Run,
  range,
  recipe,
  type State,
  series,
  terms,
  trajectory,
  upperBound,
  verdictLine,
} from "../../src/index.ts";

/**
 * Tied, end bias, ReLU, two hidden dimensions: what happens in what order. A point on the polygon ("vertex") is a
 * direction of features whose own output is above 1/4 and whose column is longer than 0.5; columns join when
 * 1 − cos < 0.01. Time is rate/n² × step, the step's size on the summed loss, so that it means the same at every n.
 */
const section = "ReLU + MSE · tied, end bias";

type Scheme = "torch" | "torch-tied-bias";
type Activation = "relu" | "gelu";

const biased = (features: number, scheme: Scheme = "torch", nonlinearity: Activation = "relu") =>
  autoencoder({
    features,
    hidden: 2,
    nonlinearity,
    loss: "mse",
    outputBias: true,
    initialisation: scheme,
  });

/** Seeds that no one looked at while the criteria were written: those below 1,000 served to explore. */
const fresh = (count: number) => range(1000, 1000 + count);

/** A low constant rate: 0.02 n², 0.2 n at most, which is time 500 for twenty features and 1,000 for ten. */
const steady = (features: number) =>
  recipe({
    steps: features < 10 ? 30_000 : 50_000,
    rate: Math.min(0.02 * features ** 2, 0.2 * features),
    convergence: { gradientNorm: 1e-4, every: null },
    checkpoints: { count: features < 8 ? 1 : 80, spacing: "log" },
  });

/** The note's schedule for high rates: up to 2 and down to 0.1. */
const noted = (steps: number, checkpoints: number) =>
  recipe({
    steps,
    rate: { initial: 0.005, max: 2, final: 0.1, warmup: 0.05 },
    convergence: { gradientNorm: 1e-3, every: null },
    checkpoints: { count: checkpoints, spacing: "log" },
  });

const bothCodes = <T>(sizes: readonly number[], condition: (features: number, scheme: Scheme) => T) =>
  Object.fromEntries(
    sizes.flatMap((n) => [
      [`n = ${n}, older code`, condition(n, "torch")],
      [`n = ${n}, newer code`, condition(n, "torch-tied-bias")],
    ]),
  );

const own = (state: State) => ownOutputs(state.model, state.parameters);
const shape = (state: State) => outline(state.points, own(state));
const summedLoss = (state: State) => terms(state.model) * state.loss;

// B3, its dynamics ---------------------------------------------------------------------------------------------------

const asNoted = (features: number, scheme: Scheme) => ({
  model: biased(features, scheme),
  recipe: noted(features === 10 ? 30_000 : 15_000, 12),
  seeds: fresh(512),
});
const watched = (features: number, scheme: Scheme) => ({
  model: biased(features, scheme),
  recipe: noted(features === 10 ? 30_000 : 15_000, 80),
  seeds: fresh(256),
});

type Passing = {
  "reaches six": boolean;
  "five before six": boolean;
  "time at five, in factors of e": number;
};

function passing(run: Run): Passing {
  const counts = run.checkpoints.map((state) => shape(state).vertices.length);
  const at = counts.indexOf(6);
  const fives = run.checkpoints.filter((_, i) => i < at && counts[i] === 5).map((state) => state.step);
  return {
    "reaches six": at >= 0,
    "five before six": passesBefore(counts, 5, 6),
    "time at five, in factors of e": fives.length > 0 ? Math.log(fives.at(-1)! / fives[0]!) : 0,
  };
}

hypothesis("B3d six is reached through five", {
  claim: "With twenty features the number of points on the polygon passes five, briefly, before it is six.",
  section,
  kind: "dynamics",
  reading:
    "In more than half of all seeds the number of directions is five at some checkpoint before the first at which it is six; a seed that never has six counts against, and so does one that jumps from four to six between two checkpoints (a tie). About 70 checkpoints, evenly spaced in the logarithm of the step; how long it stays at five is recorded.",
  given: bothCodes([20], watched),
  endPoints: false,
  observe: passing,
  expect: often((o: Passing) => o["five before six"], "five directions before six"),
  control: { name: "ten features", model: biased(10), recipe: noted(30_000, 80) },
  figure: (result) => {
    const runs = result.cells[0]!.ensemble.runs.slice(0, 40);
    return compose({ title: "Directions of twenty features over training", subtitle: verdictLine(result) }, [
      trajectory({
        label: "directions",
        x: "log",
        steps: runs[0]!.checkpoints.map((state) => state.step),
        conditions: [
          {
            label: "older code",
            runs: runs.map((run) => run.checkpoints.map((state) => shape(state).vertices.length)),
          },
        ],
        levels: [
          { value: 5, label: "five" },
          { value: 6, label: "six" },
        ],
        width: 720,
      }),
    ]);
  },
});

// B7 -----------------------------------------------------------------------------------------------------------------

const low = (features: number, scheme: Scheme) => ({
  model: biased(features, scheme),
  recipe: steady(features),
  seeds: fresh(256),
});

/** What a run at a low rate went through. The plateau is the checkpoint of least |dL/d ln t| between times 5 and 50. */
interface History {
  /** The checkpoints from time 3 on, to which the indices below refer. */
  readonly states: readonly State[];
  readonly plateau: number;
  readonly first: { readonly vertices: number; readonly regular: boolean };
  readonly gapOpens: boolean;
  readonly appearances: readonly number[];
  readonly losses: readonly number[];
  /** Features that were vertices at some checkpoint from the plateau on and in the end are inside the polygon, or none. */
  readonly sentInside: number;
}

const timeOf = (run: Run, state: State) => state.step * rateOf(run);
const rateOf = (run: Run) => steady(run.model.sizes[0]!).rate.max / run.model.sizes[0]! ** 2;

/** Every history is needed by several hypotheses; a model of this file is trained at a low rate in one way only. */
const histories = new Map<string, History>();

function historyOf(run: Run): History {
  const { nonlinearity } = run.model.layers[1]!;
  const key = `${run.model.sizes[0]} ${run.model.initialisation.scheme} ${nonlinearity} ${run.seed}`;
  const known = histories.get(key);
  if (known) return known;
  const states = run.checkpoints.filter((state) => timeOf(run, state) >= 3);
  const outlines = states.map(shape);
  const vertices = outlines.map((o) => o.vertices.length);
  const losses = states.map(summedLoss);
  const at =
    plateau(
      states.map((state) => timeOf(run, state)),
      losses,
      [5, 50],
    ) ?? states.length - 1;
  const later = outlines.slice(at);
  const ended = shape(run).vertices.flatMap((v) => v.members);
  const within = inside(ended.map((f) => run.points[f]!)).map((f) => ended[f]!);
  const outlineOf = (o: (typeof later)[number]) => o.vertices.flatMap((v) => v.members);
  const history = {
    states,
    plateau: at,
    first: { vertices: vertices[at]!, regular: outlines[at]!.angleError < 0.15 },
    gapOpens: later.some((o) => o.vertices.length >= 3 && o.gap > 1.25),
    appearances: newHighs(vertices, at),
    losses,
    sentInside: leftOutline([...later.map(outlineOf), ended.filter((f) => !within.includes(f))]).length,
  };
  histories.set(key, history);
  return history;
}

type Outline = {
  "points of the first polygon": number;
  "first polygon regular": boolean;
  "a gap opens": boolean;
  "new points": number;
  "points sent inside": number;
};

function course(run: Run): Outline {
  const h = historyOf(run);
  return {
    "points of the first polygon": h.first.vertices,
    "first polygon regular": h.first.regular,
    "a gap opens": h.gapOpens,
    "new points": h.appearances.length,
    "points sent inside": h.sentInside,
  };
}

const underGelu = {
  name: "GELU, 64 seeds, 10,000 steps",
  model: biased(20, "torch", "gelu"),
  recipe: { ...steady(20), steps: 10_000 },
  seeds: fresh(64),
};
const lowReading =
  "At a constant rate of 0.2 n, 50,000 steps, about 75 checkpoints evenly spaced in the logarithm of the step. The first polygon is the one at the checkpoint of least |dL/d ln t| between times 5 and 50 (rate/n² × step).";

const strip = (title: string) => (result: PopulationResult<Outline>) => {
  const sample = result.cells[0]!;
  const all = (v: Outline | null) => Boolean(v?.["a gap opens"] && v["new points"] > 0);
  const index = Math.max(0, sample.values.findIndex(all));
  const run = sample.ensemble.runs[index]!;
  const h = historyOf(run);
  const moments = [1, 10, 60, 150, 300, 500].map(
    (time) => run.checkpoints.find((state) => timeOf(run, state) >= time) ?? run.checkpoints.at(-1)!,
  );
  const extent = Math.max(...moments.flatMap((state) => state.points.map((p) => Math.hypot(...p))));
  return compose({ title: `${title} (seed ${run.seed})`, subtitle: verdictLine(result), columns: 3 }, [
    ...moments.map((state) =>
      plane({
        caption: `time ${timeOf(run, state).toFixed(0)}: ${shape(state).vertices.length} points, loss ${summedLoss(state).toFixed(2)}`,
        points: state.points,
        values: { of: state.outputBias!, label: "end bias" },
        extent,
        hull: false,
        width: 220,
        grouping: { tolerance: 0.01 },
      }),
    ),
    trajectory({
      label: "summed loss",
      x: "log",
      steps: run.checkpoints.map((state) => state.step),
      conditions: [{ label: "this seed", runs: [run.checkpoints.map(summedLoss)] }],
      events: [
        { value: h.states[h.plateau]!.step, label: "first polygon" },
        ...h.appearances.map((i) => ({ value: h.states[i]!.step, label: "new point" })),
      ],
      width: 330,
      height: 260,
    }),
    trajectory({
      label: "points on the polygon",
      x: "log",
      steps: run.checkpoints.map((state) => state.step),
      conditions: [
        { label: "this seed", runs: [run.checkpoints.map((state) => shape(state).vertices.length)] },
      ],
      width: 330,
      height: 260,
    }),
  ]);
};

hypothesis("B7 at a low rate: a polygon, a gap, new points, some sent inside, in every seed", {
  claim:
    "At a low rate every seed goes through the same outline: first a polygon; it opens a gap; further points appear on it; then some are sent inside.",
  section,
  kind: "dynamics",
  reading: `As printed, all of it in at least 95 % of seeds. ${lowReading} A gap: some later checkpoint at which the largest angle between neighbours is more than 1.25 times 2π over their number. New points: more directions than at any earlier checkpoint since the first polygon. Sent inside: a feature that was a vertex and in the end is none, or lies inside the convex hull of the vertices by more than 2 % of the longest.`,
  given: bothCodes([20], low),
  endPoints: false,
  observe: course,
  expect: always(
    (o: Outline) =>
      o["first polygon regular"] && o["a gap opens"] && o["new points"] > 0 && o["points sent inside"] > 0,
    "polygon, gap, new points, points sent inside",
  ),
  control: underGelu,
  witness: {
    "points of the first polygon": 6,
    "first polygon regular": true,
    "a gap opens": true,
    "new points": 1,
    "points sent inside": 1,
  },
  figure: strip("Twenty features at a low rate"),
});

hypothesis("B7b the first polygon is a hexagon", {
  claim: "At a low rate the model first learns a regular polygon, normally a hexagon.",
  section,
  kind: "dynamics",
  reading: `Six points with angles within 0.15 rad of 60°, in more than half of the seeds, at ten and twenty features. ${lowReading}`,
  given: bothCodes([10, 20], low),
  endPoints: false,
  observe: course,
  expect: often(
    (o: Outline) => o["points of the first polygon"] === 6 && o["first polygon regular"],
    "first a regular hexagon",
  ),
  control: underGelu,
  witness: {
    "points of the first polygon": 6,
    "first polygon regular": true,
    "a gap opens": true,
    "new points": 1,
    "points sent inside": 0,
  },
  figure: (result) =>
    compose({ title: "Points of the first polygon", subtitle: verdictLine(result) }, [
      proportions({
        label: "regular polygons by their number of points, at the plateau of the loss",
        categories: ["3", "4", "5", "6", "7", "8", "not regular"],
        conditions: [...result.cells, result.control].map((o) => ({
          label: o.label,
          seeds: o.values.length,
          of: Object.fromEntries(
            ["3", "4", "5", "6", "7", "8", "not regular"].map((name) => [
              name,
              {
                count: o.values.filter(
                  (v) =>
                    v &&
                    (v["first polygon regular"]
                      ? String(v["points of the first polygon"])
                      : "not regular") === name,
                ).length,
              },
            ]),
          ),
        })),
      }),
    ]),
});

const shareFigure =
  (title: string, what: string, is: (o: Outline) => boolean) => (result: PopulationResult<Outline>) =>
    compose({ title, subtitle: verdictLine(result) }, [
      proportions({
        label: what,
        categories: [...result.cells, result.control].map((o) => o.label),
        conditions: [
          {
            label: "share of its seeds",
            seeds: 256,
            of: Object.fromEntries(
              [...result.cells, result.control].map((o) => [
                o.label,
                {
                  count: Math.round((256 * o.values.filter((v) => v && is(v)).length) / o.values.length),
                  interval: o.proportion,
                },
              ]),
            ),
          },
        ],
        marks: [{ value: 0.5, label: "half" }],
      }),
    ]);

hypothesis("B7c the polygon opens a gap", {
  claim:
    "At a low rate the polygon of twenty features then distorts and opens a gap beside one of its points.",
  section,
  kind: "dynamics",
  reading: `In more than half of the seeds some checkpoint after the first polygon has a largest angle between neighbours above 1.25 times 2π over their number. ${lowReading}`,
  given: bothCodes([20], low),
  endPoints: false,
  observe: course,
  expect: often((o: Outline) => o["a gap opens"], "a gap"),
  control: underGelu,
  figure: shareFigure("A gap opens in the polygon", "seeds in which a gap opens", (o) => o["a gap opens"]),
});

hypothesis("B7d new points appear on the polygon", {
  claim: "At a low rate further points appear on the polygon of twenty features after it has stood.",
  section,
  kind: "dynamics",
  reading: `In more than half of the seeds, within 50,000 steps, some checkpoint has more directions than any since the first polygon. ${lowReading}`,
  given: bothCodes([20], low),
  endPoints: false,
  observe: course,
  expect: often((o: Outline) => o["new points"] > 0, "new points"),
  control: underGelu,
  witness: {
    "points of the first polygon": 6,
    "first polygon regular": true,
    "a gap opens": true,
    "new points": 1,
    "points sent inside": 0,
  },
  figure: shareFigure(
    "New points on the polygon within 50,000 steps",
    "seeds in which new points appear",
    (o) => o["new points"] > 0,
  ),
});

const moments = [50, 100, 200, 500, 1000];

hypothesis("B7g when new points appear", {
  question:
    "By what time has a new point appeared on the polygon, and does it do so in most seeds in the end?",
  section,
  reading: `The share of 256 seeds in which a checkpoint up to that time has more directions than any since the first polygon; ten features reach time 1,000, twenty time 500. Exact bounds at 1e-4. ${lowReading}`,
  given: bothCodes([10, 20], low),
  measure: (ensembles) => {
    const shares = Object.entries(ensembles).flatMap(([name, { runs }]) =>
      moments
        .filter((time) => time <= timeOf(runs[0]!, runs[0]!) + 1)
        .map((time) => {
          const count = runs.filter((run) => {
            const h = historyOf(run);
            return h.appearances.some((i) => timeOf(run, h.states[i]!) <= time);
          }).length;
          return [
            `${name}, by time ${time}`,
            {
              value: count / runs.length,
              low: lowerBound(count, runs.length, 1e-4),
              high: upperBound(count, runs.length, 1e-4),
            },
          ] as const;
        }),
    );
    const values = Object.fromEntries(shares);
    const show = (name: string) => `${Math.round(100 * values[name]!.value)} %`;
    return {
      answer: `Late, and still rising when training stops: in ${show("n = 20, older code, by time 100")} of seeds by time 100 and ${show("n = 20, older code, by time 500")} by 500 (twenty features), ${show("n = 10, older code, by time 1000")} by time 1,000 (ten); ${show("n = 20, newer code, by time 500")} and ${show("n = 10, newer code, by time 1000")} in the newer code.`,
      values,
    };
  },
  figure: (_, { answer, values }) =>
    compose({ title: "New points on the polygon, by time", subtitle: answer }, [
      series({
        x: "time, rate/n² × step",
        y: "share of seeds with a new point",
        xScale: "log",
        series: ["n = 10, older code", "n = 10, newer code", "n = 20, older code", "n = 20, newer code"].map(
          (label) => ({
            label,
            points: moments.flatMap((x) => {
              const found = values[`${label}, by time ${x}`];
              return found ? [{ x, y: found.value, interval: [found.low, found.high] as const }] : [];
            }),
          }),
        ),
      }),
    ]),
});

hypothesis("B7e some points are sent inside", {
  claim: "At a low rate the model, having learned too many, sends some points inside the polygon.",
  section,
  kind: "dynamics",
  reading: `In more than half of the seeds a feature that was on the polygon after it first stood is not on it in the end: either inside the convex hull of the vertices by more than 2 % of the longest, or no vertex any more (own output below 1/4, or column shorter than 0.5); at ten features, where most runs reach an end, and at twenty. ${lowReading}`,
  given: bothCodes([10, 20], low),
  endPoints: false,
  observe: course,
  expect: often((o: Outline) => o["points sent inside"] > 0, "points sent inside"),
  control: underGelu,
  witness: {
    "points of the first polygon": 6,
    "first polygon regular": true,
    "a gap opens": true,
    "new points": 1,
    "points sent inside": 1,
  },
  figure: shareFigure(
    "Points sent inside the polygon",
    "seeds in which a point of the polygon ends inside",
    (o) => o["points sent inside"] > 0,
  ),
});

/** Checkpoints on either side over which a loss is compared: together about 60 % more steps. */
const reach = 2;
const enough = 0.2;

const dropsOf = (run: Run) => {
  const h = historyOf(run);
  const drop = (i: number) => dropAround(h.losses, i, reach);
  const windows = h.losses.flatMap((_, i) =>
    i > h.plateau + reach && i + reach < h.losses.length && (i - h.plateau) % (2 * reach + 1) === 0
      ? [i]
      : [],
  );
  const quiet = windows.filter((i) => h.appearances.every((a) => Math.abs(a - i) > 2 * reach));
  return { appearing: h.appearances.map(drop), otherwise: quiet.map(drop) };
};

hypothesis("B7f each new point comes with a drop in loss", {
  question:
    "Does each point that appears on the polygon come with a drop in loss, and how large is it beside the drops at other times?",
  section,
  reading: `The fall of the summed loss from two checkpoints before to two after a new point appears, in all seeds (twenty features, both versions of the initialisation; ten, older), against windows of the same length after the first polygon in which none appears. A drop is a fall of 0.2 or more. Exact bounds at 1e-4. ${lowReading}`,
  given: {
    "n = 20, older code": low(20, "torch"),
    "n = 20, newer code": low(20, "torch-tied-bias"),
    "n = 10, older code": low(10, "torch"),
  },
  measure: (ensembles) => {
    const found = Object.values(ensembles).flatMap((e) => e.runs.map(dropsOf));
    const appearing = found.flatMap((f) => f.appearing);
    const otherwise = found.flatMap((f) => f.otherwise);
    const share = (drops: readonly number[]) => {
      const count = drops.filter((d) => d >= enough).length;
      return {
        value: count / drops.length,
        low: lowerBound(count, drops.length, 1e-4),
        high: upperBound(count, drops.length, 1e-4),
      };
    };
    const { lower, upper } = quantileBounds(appearing, 0.5, 1e-4);
    const [a, b] = [share(appearing), share(otherwise)];
    return {
      answer: `Yes: ${(100 * a.value).toFixed(1)} % of ${appearing.length} new points come with a drop of 0.2 or more (median ${quantile(appearing, 0.5).toFixed(2)}), against ${(100 * b.value).toFixed(1)} % of the windows without one.`,
      values: {
        "new points that come with a drop": a,
        "windows without a new point that have one": b,
        "median drop at a new point": { value: quantile(appearing, 0.5), low: lower, high: upper },
      },
    };
  },
  figure: (ensembles, { answer }) => {
    const found = Object.values(ensembles).flatMap((e) => e.runs.map(dropsOf));
    return compose({ title: "Drops in loss when points appear", subtitle: answer }, [
      distribution({
        label: "fall of the summed loss over four checkpoints",
        conditions: [
          { label: "a new point appears", values: found.flatMap((f) => f.appearing) },
          { label: "none appears", values: found.flatMap((f) => f.otherwise).filter((_, i) => i % 20 === 0) },
        ],
        marks: [{ value: enough, label: "a drop" }],
        width: 680,
      }),
    ]);
  },
});

// B8 -----------------------------------------------------------------------------------------------------------------

type Left = {
  unlearned: number;
  "of them started positive": number;
  "of them changed sign": number;
  "positive that fell silent": number;
  "negative that still answer": number;
};

/** The features not learned, own output below 1/4 in the end: their biases, and whether their output answers any input. */
function leftOver(run: Run): Left {
  const start = run.checkpoints[0]!.outputBias!;
  const end = run.outputBias!;
  const z = preactivations(run.model, run.parameters);
  const y = own(run);
  const left = end.flatMap((_, i) => (y[i]! < 0.25 ? [i] : []));
  const positive = left.filter((i) => start[i]! > 0);
  const negative = left.filter((i) => start[i]! <= 0);
  const answers = (i: number) => z.some((row) => row[i]! > 0.01);
  return {
    unlearned: left.length,
    "of them started positive": positive.length,
    "of them changed sign": left.filter((i) => start[i]! > 0 !== end[i]! > 0).length,
    "positive that fell silent": positive.filter((i) => !answers(i)).length,
    "negative that still answer": negative.filter(answers).length,
  };
}

const gelu = {
  name: "GELU",
  model: biased(10, "torch", "gelu"),
  recipe: recipe({
    steps: 4000,
    rate: { initial: 0.005, max: 2, final: 0.1, warmup: 0.05 },
    checkpoints: { count: 1, spacing: "even" },
  }),
  seeds: fresh(256),
};

const biasesFigure = (title: string) => (result: PopulationResult<Left>) => {
  const runs = result.cells[2]!.ensemble.runs.slice(0, 12);
  const curves = (positive: boolean) =>
    runs.flatMap((run) => {
      const y = own(run);
      return run.checkpoints[0]!.outputBias!.flatMap((b, i) =>
        y[i]! < 0.25 && b > 0 === positive ? [run.checkpoints.map((state) => state.outputBias![i]!)] : [],
      );
    });
  return compose({ title, subtitle: verdictLine(result) }, [
    trajectory({
      label: "end bias of a feature that is not learned",
      x: "log",
      steps: runs[0]!.checkpoints.map((state) => state.step),
      conditions: [
        { label: "started positive", runs: curves(true) },
        { label: "started negative", runs: curves(false) },
      ],
      levels: [{ value: 0, label: "0" }],
      width: 720,
    }),
  ]);
};

hypothesis("B8 features that are not learned keep the sign of their bias", {
  claim:
    "What becomes of the features that are not learned depends on the sign their bias starts with: it stays positive where it was, and negative where it was.",
  section,
  kind: "dynamics",
  reading:
    "In more than half of the seeds every feature whose own output ends below 1/4 has a bias of the sign it started with; ten and twenty features, the note's schedule, both versions of the initialisation. (Biases that start negative do move: their size is not asked for.)",
  given: bothCodes([10, 20], asNoted),
  endPoints: false,
  observe: leftOver,
  expect: often((o: Left) => o["of them changed sign"] === 0, "every sign kept"),
  control: gelu,
  figure: biasesFigure("End biases of features not learned, twenty features (older code)"),
});

hypothesis("B8b features that are not learned stay on or off", {
  claim:
    "Features that are not learned keep a faint output when their bias starts positive and fall silent when it starts negative.",
  section,
  kind: "dynamics",
  reading:
    "In more than half of the seeds, among the features whose own output ends below 1/4: every one that started positive still answers some input (above 0.01) and none that started negative does.",
  given: bothCodes([10, 20], asNoted),
  endPoints: false,
  observe: leftOver,
  expect: often(
    (o: Left) => o["positive that fell silent"] === 0 && o["negative that still answer"] === 0,
    "positive ones answer, negative ones are silent",
  ),
  control: gelu,
  figure: (result) =>
    compose({ title: "Which features that are not learned still answer", subtitle: verdictLine(result) }, [
      proportions({
        label: "share of seeds",
        categories: [
          "all that started positive still answer",
          "all that started negative are silent",
          "both",
        ],
        conditions: [...result.cells, result.control].map((o) => ({
          label: o.label,
          seeds: o.values.length,
          of: {
            "all that started positive still answer": {
              count: o.values.filter((v) => v?.["positive that fell silent"] === 0).length,
            },
            "all that started negative are silent": {
              count: o.values.filter((v) => v?.["negative that still answer"] === 0).length,
            },
            both: { count: o.satisfied.filter(Boolean).length },
          },
        })),
      }),
    ]),
});
