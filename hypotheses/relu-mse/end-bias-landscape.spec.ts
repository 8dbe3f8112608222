import fc from "fast-check";
import {
  always,
  autoencoder,
  circleBasinRadius,
  classify,
  compose,
  distribution,
  gradient,
  hessian,
  hypothesis,
  losslessCircle,
  losslessSquaredRadius,
  lowerBound,
  ownOutputs,
  ownPreactivations,
  plane,
  polynomialFit,
  preactivations,
  type Run,
  range,
  recipe,
  type State,
  series,
  spectrum,
  terms,
  twins,
  upperBound,
  verdictLine,
} from "../../src/index.ts";

/**
 * Tied, end bias, ReLU, two hidden dimensions: the neighbourhood of end points. A feature is learned when its own output,
 * active alone, is above 2/3 (two features that have merged share an output of 1/2). A feature is silent when neither its
 * output answers any input nor any unlearned or learned output answers it.
 */
const section = "ReLU + MSE · tied, end bias";

type Scheme = "torch" | "torch-tied-bias";
type Start = { readonly weight0: readonly number[]; readonly bias1: readonly number[] };

const biased = (features: number, scheme: Scheme = "torch", nonlinearity: "relu" | "gelu" = "relu") =>
  autoencoder({
    features,
    hidden: 2,
    nonlinearity,
    loss: "mse",
    outputBias: true,
    initialisation: scheme,
  });

/** Started at given weights, every weight and bias moved by Gaussian noise. */
const near = (at: Start, noise: number, nonlinearity: "relu" | "gelu" = "relu") =>
  autoencoder({
    features: at.bias1.length,
    hidden: 2,
    nonlinearity,
    loss: "mse",
    outputBias: true,
    initialisation: { scheme: "torch", at: { weight0: at.weight0, bias1: at.bias1 }, noise },
  });

/** Seeds that no one looked at while the criteria were written: those below 1,000 served to explore. */
const fresh = (count: number) => range(1000, 1000 + count);

/**
 * A constant rate of 0.02 n², 0.2 n at most. No run is stopped before its budget ends: on a plateau, where a feature with a
 * faint constant output waits at the origin, the gradient can be as small as at an end.
 */
const steady = (features: number) =>
  recipe({
    steps: features < 10 ? 30_000 : 50_000,
    rate: Math.min(0.02 * features ** 2, 0.2 * features),
    convergence: { gradientNorm: 1e-4, every: null },
    checkpoints: { count: features < 8 ? 1 : 80, spacing: "log" },
  });

const bothCodes = <T>(sizes: readonly number[], condition: (features: number, scheme: Scheme) => T) =>
  Object.fromEntries(
    sizes.flatMap((n) => [
      [`n = ${n}, older code`, condition(n, "torch")],
      [`n = ${n}, newer code`, condition(n, "torch-tied-bias")],
    ]),
  );

const summedLoss = (state: State) => terms(state.model) * state.loss;
const learned = (state: State) =>
  ownOutputs(state.model, state.parameters).flatMap((y, i) => (y > 2 / 3 ? [i] : []));

// B6 -----------------------------------------------------------------------------------------------------------------

/** A lossless circle of `learned` features, followed by further columns with biases of their own. */
const circleAnd = (
  count: number,
  rest: readonly { readonly point: readonly number[]; readonly bias: number }[],
): Start => {
  const circle = losslessCircle(count);
  const points = [...circle.points, ...rest.map((r) => r.point)];
  return {
    weight0: [...points.map((p) => p[0]!), ...points.map((p) => p[1]!)],
    bias1: [...circle.points.map(() => circle.bias), ...rest.map((r) => r.bias)],
  };
};
const flatten = ({ weight0, bias1 }: Start) => Float64Array.from([...weight0, ...bias1]);

/** One to three further features: short columns, and a bias that no input outweighs (the largest w·w′ is 0.3 R). */
const withDead = fc.record({ count: fc.integer({ min: 5, max: 7 }) }).chain(({ count }) =>
  fc
    .array(
      fc.record({
        angle: fc.integer({ min: 0, max: 628 }),
        length: fc.integer({ min: 0, max: 30 }),
        margin: fc.integer({ min: 5, max: 200 }),
      }),
      { minLength: 1, maxLength: 3 },
    )
    .map((rest) => ({
      count,
      rest: rest.map(({ angle, length, margin }) => ({
        point: [(length / 100) * Math.cos(angle / 100), (length / 100) * Math.sin(angle / 100)],
        bias: -0.3 * Math.sqrt(losslessSquaredRadius(count)) - 0.1 - margin / 100,
      })),
    })),
);

const slopes = (start: Start) => {
  const model = biased(start.bias1.length);
  return Array.from(gradient(model, flatten(start)).gradient, (g) => terms(model) * g);
};
const leastCurvature = (start: Start) =>
  Math.min(...classify(biased(start.bias1.length), flatten(start)).eigenvalues);

/** Positions of the features from `count` on in a flat vector: both rows of the embedding, then the biases. */
const restOf = (count: number, features: number) =>
  [0, 1, 2].flatMap((row) => Array.from({ length: features - count }, (_, i) => row * features + count + i));

/** A circle on which one corner is taken by two features that are the same and share its output. */
const withTwins = fc.integer({ min: 5, max: 9 }).map((count) => {
  const circle = losslessCircle(count);
  const start = circleAnd(count, [{ point: circle.points[0]!, bias: circle.bias - 0.5 }]);
  return { ...start, bias1: start.bias1.map((b, i) => (i === 0 ? b - 0.5 : b)) };
});

hypothesis("B6 an exact end with silent features is a minimum, flat in the silent ones", {
  claim:
    "Where the learned features are reconstructed exactly and the others are silent, the unlearned ones have exactly zero gradient and the Hessian has no negative direction.",
  section,
  reading:
    "The proof: the second derivative of the summed loss is 2 Σ ∇z ∇zᵀ over the outputs that answer, plus terms in their errors, which are 0; a silent output adds nothing. Semidefinite, not definite: all directions of the silent features are flat. Checked on circles of five to seven learned features with one to three silent ones.",
  properties: {
    "every unlearned feature has exactly zero gradient": fc.property(withDead, ({ count, rest }) => {
      const start = circleAnd(count, rest);
      const g = slopes(start);
      return restOf(count, start.bias1.length).every((k) => g[k] === 0);
    }),
    "the learned ones have none but rounding": fc.property(withDead, ({ count, rest }) =>
      slopes(circleAnd(count, rest)).every((g) => Math.abs(g) < 1e-12),
    ),
    "no curvature is negative, and at least three directions are flat for each silent feature": fc.property(
      withDead,
      ({ count, rest }) => {
        const start = circleAnd(count, rest);
        const { eigenvalues, flat } = classify(biased(start.bias1.length), flatten(start));
        return Math.min(...eigenvalues) > -1e-9 && flat >= 3 * rest.length;
      },
    ),
  },
  nearMiss: {
    "zero gradient where an unlearned feature has a bias of +0.1": fc.property(
      withDead,
      ({ count, rest }) => {
        const start = circleAnd(
          count,
          rest.map((r) => ({ ...r, bias: 0.1 })),
        );
        const g = slopes(start);
        return restOf(count, start.bias1.length).every((k) => g[k] === 0);
      },
    ),
    "no negative curvature where two merged features share a corner": fc.property(
      withTwins,
      (start) => leastCurvature(start) > -1e-9,
    ),
    "positive definite": fc.property(
      withDead,
      ({ count, rest }) => classify(biased(count + rest.length), flatten(circleAnd(count, rest))).flat === 0,
    ),
  },
  figure: () => {
    const dead = Array.from({ length: 4 }, (_, i) => ({
      point: [0.3 * Math.cos(1 + 1.7 * i), 0.3 * Math.sin(1 + 1.7 * i)],
      bias: -0.5,
    }));
    const silent = circleAnd(6, dead);
    const circle = losslessCircle(6);
    const joined = circleAnd(6, [{ point: circle.points[0]!, bias: circle.bias - 0.5 }, ...dead.slice(0, 3)]);
    const twin = { ...joined, bias1: joined.bias1.map((b, i) => (i === 0 ? b - 0.5 : b)) };
    const panels = [
      ["six learned, four silent", silent],
      ["two features merged in one corner", twin],
    ] as const;
    const eigenvalues = panels.map(([, start]) => [...classify(biased(10), flatten(start)).eigenvalues]);
    return compose(
      {
        title: "Curvatures at an end with six learned features",
        subtitle: `With silent features none is negative (${eigenvalues[0]!.filter((e) => Math.abs(e) < 1e-9).length} of 29 are 0); a merged pair is a saddle of curvature −${Math.abs(eigenvalues[1]![0]!).toFixed(3)}.`,
        columns: 2,
      },
      [
        ...panels.map(([caption, { weight0, bias1 }]) =>
          plane({
            caption,
            points: bias1.map((_, i) => [weight0[i]!, weight0[10 + i]!]),
            values: { of: bias1, label: "end bias" },
          }),
        ),
        ...panels.map(([caption], p) =>
          series({
            caption: `${caption}: eigenvalues`,
            x: "index",
            y: "curvature of the summed loss",
            width: 320,
            height: 260,
            series: [{ label: "eigenvalue", points: eigenvalues[p]!.map((y, x) => ({ x, y })) }],
            references: [{ label: "0", at: () => 0 }],
          }),
        ),
      ],
    );
  },
});

type End = {
  "features learned": number;
  "unlearned features that are not silent": number;
  "least curvature": number;
};

/** Outputs that reach less than this above 0 count as silent: in float32 a contact comes to rest a little above. */
const contact = 1e-3;

/** Unlearned features whose output answers some input, or to which some output answers. */
function notSilent(run: Run): number[] {
  const k = learned(run);
  const z = preactivations(run.model, run.parameters);
  return run.points.flatMap((_, u) =>
    !k.includes(u) && z.some((row, i) => row[u]! > contact || z[u]![i]! > contact) ? [u] : [],
  );
}

/**
 * The Hessian is taken with every bias lowered by `contact`, so that outputs that just touch 0 count as off: an output that
 * answers adds a curvature that is not negative, so this is the side on which the least is smallest.
 */
function endOf(run: Run): End {
  const weights = 2 * run.points.length;
  const open = run.parameters.map((x, i) => (i < weights ? x : x - contact));
  return {
    "features learned": learned(run).length,
    "unlearned features that are not silent": notSilent(run).length,
    "least curvature": spectrum(hessian(run.model, open)).values[0]!,
  };
}

const none = { count: 0, spacing: "log" } as const;
/** To the end: up to 150,000 steps, looking every 10,000, which outlasts the plateaus. */
const settled = (features: number, scheme: Scheme, seeds = fresh(256)) => ({
  model: biased(features, scheme),
  recipe: recipe({
    steps: 150_000,
    rate: steady(features).rate,
    convergence: { gradientNorm: 1e-4, every: 10_000 },
  }),
  seeds,
});
const stillMoving = {
  name: "after 500 steps",
  recipe: recipe({ steps: 500, rate: 0.02 * 64, convergence: { gradientNorm: 100, every: null } }),
};

hypothesis("B6b trained ends: silent features and no negative curvature", {
  claim:
    "At the end of training the unlearned features have zero gradient and the Hessian has no negative direction, whatever the number learned.",
  section,
  kind: "landscape",
  reading:
    "Stated for every end, not only those with six learned. Zero gradient: no unlearned output answers any input and no output answers an unlearned input (up to 0.001, float32). No negative direction: least curvature of the summed loss above −0.05, with outputs that just touch 0 counted as off (which makes the least curvature smallest).",
  given: bothCodes([8, 10], settled),
  observe: endOf,
  expect: always(
    (o: End) => o["unlearned features that are not silent"] === 0 && o["least curvature"] > -0.05,
    "silent unlearned features and no negative curvature",
  ),
  control: stillMoving,
  witness: {
    "features learned": 6,
    "unlearned features that are not silent": 0,
    "least curvature": 0,
  },
  figure: (result) =>
    compose({ title: "Least curvature at trained ends", subtitle: verdictLine(result) }, [
      distribution({
        label: "least curvature of the summed loss at the end (a merged pair: −4)",
        conditions: [...result.cells, result.control].map((o) => ({
          label: o.label,
          values: o.values.flatMap((v) => (v ? [v["least curvature"]] : [])),
        })),
        marks: [{ value: 0, label: "flat" }],
        width: 720,
      }),
    ]),
});

type Sorted = {
  "features learned": number;
  "learned exactly": boolean;
  "unlearned and silent": number;
  "unlearned and identical to another": number;
  "unlearned otherwise": number;
};

/** Every unlearned feature by what has become of it. */
function sorted(run: Run): Sorted {
  const { model, parameters, points, outputBias } = run;
  const k = learned(run);
  const z = preactivations(model, parameters);
  const wrong = k.some((j) => z.some((row, i) => Math.abs(Math.max(0, row[j]!) - Number(i === j)) > contact));
  const loud = notSilent(run);
  const identical = twins(
    loud.map((i) => points[i]!),
    loud.map((i) => outputBias![i]!),
    { leastNorm: -1 },
  ).flat().length;
  return {
    "features learned": k.length,
    "learned exactly": !wrong,
    "unlearned and silent": points.length - k.length - loud.length,
    "unlearned and identical to another": identical,
    "unlearned otherwise": loud.length - identical,
  };
}

hypothesis("B6c trained ends: learned exactly, silent, or identical", {
  claim:
    "At every end the learned features are exact, and each of the others is silent or identical to another one: identical features share an output, and without noise gradient descent can never tell them apart.",
  section,
  kind: "landscape",
  reading:
    "The repaired claim, at eight features, where nearly every run comes to an end: outputs of learned features within 0.001 of what they should be; every unlearned feature silent (B6b), or with the same column and bias as another to 0.01, either sharing one feature's output or at the origin with a faint constant output. With exact and silent features alone the end is a minimum by B6. Seeds of its own, since those of B6b suggested the claim.",
  given: bothCodes([8], (n, scheme) => settled(n, scheme, range(3000, 3512))),
  observe: sorted,
  expect: always(
    (o: Sorted) => o["learned exactly"] && o["unlearned otherwise"] === 0,
    "learned exactly, silent or identical",
  ),
  control: stillMoving,
  figure: (result) => {
    const cell = result.cells[1]!;
    const kinds: [string, (o: Sorted) => boolean][] = [
      ["the others silent", (o) => o["unlearned and identical to another"] === 0],
      ["with identical features", (o) => o["unlearned and identical to another"] > 0],
    ];
    return compose(
      { title: "Two kinds of end with eight features (newer code)", subtitle: verdictLine(result) },
      kinds.flatMap(([name, is]) => {
        const at = cell.values.findIndex((v) => v !== null && is(v));
        const run = cell.ensemble.runs[at];
        return run
          ? [
              plane({
                caption: `${name}: ${cell.values.filter((v) => v !== null && is(v)).length} of ${cell.values.length}, like seed ${run.seed}`,
                points: run.points,
                values: { of: run.outputBias!, label: "end bias" },
                hull: false,
              }),
            ]
          : [];
      }),
    );
  },
});

const moving = (features: number, scheme: Scheme) => ({
  model: biased(features, scheme),
  recipe: steady(features),
  seeds: fresh(256),
});

type Course = { "six at some time": boolean; "most learned afterwards": number };

/** From the first checkpoint at which six features are learned: the most that ever are. */
function afterSix(run: Run): Course {
  const counts = [...run.checkpoints, run].map((state) => learned(state).length);
  const first = counts.findIndex((k) => k >= 6);
  return {
    "six at some time": first >= 0,
    "most learned afterwards": first < 0 ? Math.max(...counts) : Math.max(...counts.slice(first)),
  };
}

hypothesis("B6d once six are learned nothing else is", {
  claim: "Once six features are learned no further one is.",
  section,
  kind: "dynamics",
  reading:
    "Over about 75 checkpoints, evenly spaced in the logarithm of the step: after the first with six learned features there never is one with more, nor at the end. Seeds that never have six count for the claim.",
  given: bothCodes([8, 10], moving),
  endPoints: false,
  observe: afterSix,
  expect: always((o: Course) => o["most learned afterwards"] <= 6, "never more than six"),
  control: {
    name: "started at the lossless circle, moved by noise of 0.02",
    model: near(losslessCircle(8).start, 0.02),
  },
  witness: { "six at some time": true, "most learned afterwards": 6 },
  figure: (result) =>
    compose({ title: "The most features ever learned, once six were", subtitle: verdictLine(result) }, [
      distribution({
        label: "most features learned at once, of the seeds that had six",
        conditions: result.cells.map((o) => ({
          label: o.label,
          values: o.values.flatMap((v) => (v?.["six at some time"] ? [v["most learned afterwards"]] : [])),
        })),
        marks: [{ value: 6, label: "six" }],
        width: 640,
      }),
    ]),
});

/** Six on the lossless hexagon and four short columns with the given bias, at ten features. */
const hexagonAnd = (bias: number) =>
  circleAnd(
    6,
    Array.from({ length: 4 }, (_, i) => ({
      point: [0.3 * Math.cos(1 + 1.7 * i), 0.3 * Math.sin(1 + 1.7 * i)],
      bias,
    })),
  );

hypothesis("B6e six learned and four silent features stay", {
  claim:
    "Six learned features on the exact hexagon with silent features beside them stay so, even when every weight and bias is disturbed: nothing else is learned.",
  section,
  kind: "landscape",
  reading:
    "Hexagon of R² = 2 and four columns of length 0.3 with bias −0.5, all moved by Gaussian noise of 0.05, then trained for 10,000 steps: six learned and a summed loss within 0.01 of 4. In the control the four start with a bias of +0.1 instead, so that they are not silent.",
  given: {
    model: near(hexagonAnd(-0.5), 0.05),
    recipe: { ...steady(10), steps: 10_000, checkpoints: none },
    seeds: fresh(256),
  },
  endPoints: false,
  observe: (run) => ({ "features learned": learned(run).length, "summed loss": summedLoss(run) }),
  expect: always(
    (o: { "features learned": number; "summed loss": number }) =>
      o["features learned"] === 6 && Math.abs(o["summed loss"] - 4) < 0.01,
    "six learned, loss 4",
  ),
  control: { name: "the four start with a bias of +0.1", model: near(hexagonAnd(0.1), 0.05) },
  figure: (result) =>
    compose({ title: "Disturbed hexagon with four further features", subtitle: verdictLine(result) }, [
      distribution({
        label: "summed loss at the end",
        conditions: [
          { label: "silent (bias −0.5)", values: result.cells[0]!.ensemble.runs.map(summedLoss) },
          { label: "not silent (bias +0.1)", values: result.control.ensemble.runs.map(summedLoss) },
        ],
        marks: [{ value: 4, label: "six exact, four unlearned" }],
      }),
    ]),
});

// B11 ----------------------------------------------------------------------------------------------------------------

const sizes = [5, 6, 8, 10, 15, 20];
/** Steps of a size that suits the circle: its curvatures grow like R². */
const gentle = (features: number) =>
  recipe({
    steps: 8000,
    rate: features === 5 ? 0.5 : (0.05 * features ** 2) / losslessSquaredRadius(features),
    convergence: { gradientNorm: 1e-5, every: 1000 },
    checkpoints: { count: 1, spacing: "even" },
  });
const disturbed = (features: number, noise: number, count: number) => ({
  model: near(losslessCircle(features).start, noise),
  recipe: gentle(features),
  seeds: fresh(count),
});
const stays = (run: Run) => summedLoss(run) < 1e-3;
const allOn = (run: Run) => {
  const first = run.checkpoints[0]!;
  return ownPreactivations(first.model, first.parameters).every((z) => z > 0);
};

/** Noise in units of the predicted radius. Five features leave the linear regime: their basin is wider than predicted. */
const factors = (features: number) =>
  features === 5 ? [0.8, 1.2, 1.6, 1.85, 2.1, 2.5, 3] : [0.6, 0.8, 0.9, 1, 1.12, 1.25, 1.45];
const perNoise = 128;

/** Share of starts that stay at each noise, the noise at which half do, and bounds for it: where the share is surely above or below 1/2. */
function halfway(shares: readonly { noise: number; kept: number }[]) {
  const at = shares.findIndex(({ kept }) => kept < perNoise / 2);
  if (at < 1) throw new Error("the noises tried do not straddle the radius");
  const [a, b] = [shares[at - 1]!, shares[at]!];
  const share = (a.kept - perNoise / 2) / (a.kept - b.kept);
  const value = Math.exp(Math.log(a.noise) + share * Math.log(b.noise / a.noise));
  const low = shares.filter(({ kept }) => lowerBound(kept, perNoise, 1e-3) > 0.5).at(-1)?.noise ?? 0;
  const high =
    shares.find(({ kept }) => upperBound(kept, perNoise, 1e-3) < 0.5)?.noise ?? shares.at(-1)!.noise;
  return { value, low, high };
}

const grid = sizes.flatMap((n) =>
  factors(n).map((factor) => ({
    n,
    noise: factor * circleBasinRadius(n),
    name: `n = ${n}, noise ${factor}`,
  })),
);

hypothesis("B11 how near the exact solution a start must be", {
  question:
    "Started at the lossless circle with noise on every weight and bias, how small must the noise be for the model to keep loss 0, and how does that depend on n?",
  section,
  reading:
    "Kept: a summed loss below 0.001 after 8,000 steps (the solutions are a continuum, so no particular one is asked for). The radius is the standard deviation at which half of 128 seeds keep it, interpolated between the noises tried; its bounds are the nearest noises at which the share is above, and below, one half by an exact bound of 1e-3.",
  given: Object.fromEntries(grid.map(({ n, noise, name }) => [name, disturbed(n, noise, perNoise)])),
  measure: (ensembles) => {
    const radii = sizes.map((n) =>
      halfway(
        grid
          .filter((g) => g.n === n)
          .map(({ noise, name }) => ({ noise, kept: ensembles[name]!.runs.filter(stays).length })),
      ),
    );
    const beyond = sizes.slice(1);
    const line = polynomialFit(
      beyond.map(Math.log),
      radii.slice(1).map((r) => Math.log(r.value)),
      1,
    );
    const [slope, error] = [line.coefficients[1]!, line.standardErrors[1]!];
    const runs = Object.values(ensembles).flatMap((e) => e.runs);
    const agree = runs.filter((run) => stays(run) === allOn(run)).length;
    return {
      answer: `Noise of ${radii.map((r, i) => `${r.value.toPrecision(2)} (n = ${sizes[i]})`).join(", ")}: the radius falls like n to the power −${Math.abs(slope).toFixed(2)}. A start keeps loss 0 if every feature is on in it (${agree} of ${runs.length} runs agree), which to first order gives the radius 1/(√(4R² + 1) Φ⁻¹(2^(−1/n))).`,
      values: {
        ...Object.fromEntries(sizes.map((n, i) => [`radius at n = ${n}`, radii[i]!])),
        "power of n, from six features on": {
          value: slope,
          low: slope - 4 * error,
          high: slope + 4 * error,
        },
      },
    };
  },
  figure: (ensembles, { answer, values }) =>
    compose({ title: "The basin of the lossless circle", subtitle: answer, columns: 2 }, [
      series({
        caption: "starts that keep loss 0",
        x: "standard deviation of the noise",
        y: "share of 128 seeds",
        xScale: "log",
        width: 460,
        series: [5, 8, 10, 15, 20].map((n) => ({
          label: `n = ${n}`,
          points: grid
            .filter((g) => g.n === n)
            .map(({ noise, name }) => ({
              x: noise,
              y: ensembles[name]!.runs.filter(stays).length / perNoise,
            })),
        })),
      }),
      series({
        caption: "noise at which half of them do",
        x: "features n",
        y: "standard deviation",
        xScale: "log",
        yScale: "log",
        width: 460,
        series: [
          {
            label: "measured, with bounds",
            points: sizes.map((n) => {
              const { value, low, high } = values[`radius at n = ${n}`]!;
              return { x: n, y: value, interval: [low, high] };
            }),
          },
          {
            label: "half of the starts have every feature on (first order)",
            points: sizes.map((n) => ({ x: n, y: circleBasinRadius(n) })),
          },
        ],
      }),
    ]),
});

type Fate = { "all on at the start": boolean; "keeps loss 0": boolean; agree: boolean };

hypothesis("B11b a start keeps loss 0 where every feature is on", {
  claim:
    "A disturbed lossless circle comes back to loss 0 if and only if every feature is on in the start, ‖wᵢ‖² + bᵢ > 0.",
  section,
  kind: "landscape",
  reading:
    "At the noise at which about half of the starts have every feature on, where the statement is hardest; from eight features on.",
  given: Object.fromEntries([8, 10, 20].map((n) => [`n = ${n}`, disturbed(n, circleBasinRadius(n), 256)])),
  endPoints: false,
  observe: (run) => {
    const [on, kept] = [allOn(run), stays(run)];
    return { "all on at the start": on, "keeps loss 0": kept, agree: on === kept };
  },
  expect: always((o: Fate) => o.agree, "kept exactly where all start on"),
  control: {
    name: "GELU, where a feature that is off still feels a gradient",
    model: near(losslessCircle(8).start, circleBasinRadius(8), "gelu"),
    recipe: recipe({ steps: 1500, rate: gentle(8).rate.max, checkpoints: { count: 1, spacing: "even" } }),
  },
  figure: (result) =>
    compose({ title: "Which disturbed circles keep loss 0", subtitle: verdictLine(result) }, [
      distribution({
        label: "summed loss at the end",
        conditions: result.cells.flatMap((o) =>
          [true, false].map((on) => ({
            label: `${o.label}, ${on ? "all start on" : "some start off"}`,
            values: o.ensemble.runs.flatMap((run, i) =>
              o.values[i]?.["all on at the start"] === on ? [summedLoss(run)] : [],
            ),
          })),
        ),
        width: 720,
      }),
    ]),
});
