import fc from "fast-check";
import {
  always,
  compose,
  distribution,
  hypothesis,
  often,
  outline,
  ownOutputs,
  type PopulationResult,
  plane,
  preactivations,
  type Run,
  recipe,
  type State,
  series,
  twins,
  verdictLine,
} from "../../src/index.ts";
import { fresh, own, scaled, section } from "./end-bias-setup.ts";

/**
 * Tied, end bias, ReLU, two hidden dimensions, every column kept at norm 1, and a learned scale s after the ReLU: output j
 * answers input i with s ReLU(cos θᵢⱼ + bⱼ). A direction counts when some feature in it has an own output (active alone)
 * above 0.2; features join when 1 − cos < 0.001. Initialisation of the older code: end bias uniform in ±1/√2.
 */

/** Curvatures grow like s², so that a step that suits every scale shrinks by as much; at most 60,000 of them. */
const suited = (features: number, scale: number, steps = 10_000) => {
  const factor = Math.max(1, scale ** 2);
  return recipe({
    steps: Math.min(60_000, steps * factor),
    rate: (0.1 * features) / factor,
    convergence: { gradientNorm: 1e-3, every: 500 },
  });
};
const fixed = (features: number) =>
  recipe({ steps: 10_000, rate: 0.2 * features, convergence: { gradientNorm: 1e-3, every: 500 } });

const shown = (state: State) =>
  outline(state.points, own(state), { leastOutput: 0.2, leastNorm: 0, tolerance: 1e-3 });

// B9 -----------------------------------------------------------------------------------------------------------------

const scales = [0.25, 0.5, 1, 2, 4, 8];
const rules = {
  "step shrunk with the scale": (s: number) => suited(10, s),
  "the same step for all": (_: number) => fixed(10),
} as const;
const conditions = Object.entries(rules).flatMap(([rule, of]) =>
  scales.map((s) => ({ rule, s, name: `${rule}, s = ${s}`, recipe: of(s) })),
);

/** Mean over seeds, four standard errors either way; the error is at least that of a single seed that differs by one. */
function mean(values: readonly number[]) {
  const value = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((sum, v) => sum + (v - value) ** 2, 0) / (values.length - 1);
  const reach = 4 * Math.max(Math.sqrt(variance / values.length), 1 / values.length);
  return { value, low: value - reach, high: value + reach };
}

hypothesis("B9 features learned against the scale's start", {
  question:
    "With unit-norm columns and a learned scale, how many of ten features does the model learn for each initial scale?",
  section,
  reading:
    "Directions in the end, mean of 64 seeds with four standard errors (enough to tell a tenth of a direction or so apart). Twice: with a step that shrinks like 1/s², since curvatures grow like s², and with the same step for all. A run that diverges counts as no direction.",
  given: Object.fromEntries(
    conditions.map(({ s, name, recipe }) => [name, { model: scaled(10, s), recipe, seeds: fresh(64) }]),
  ),
  measure: (ensembles) => {
    const means = conditions.map(({ name }) =>
      mean(ensembles[name]!.runs.map((run) => (run.status === "diverged" ? 0 : shown(run).vertices.length))),
    );
    const at = (rule: keyof typeof rules, s: number) =>
      means[conditions.findIndex((c) => c.rule === rule && c.s === s)]!.value.toFixed(1);
    const [a, b] = Object.keys(rules) as (keyof typeof rules)[];
    return {
      answer: `A large initial scale helps if the step shrinks with it: ${at(a!, 0.25)} directions at s = 0.25, ${at(a!, 1)} at 1, ${at(a!, 2)} at 2, ${at(a!, 4)} at 4, ${at(a!, 8)} of 10 at 8. With the same step for all the answer turns round: ${at(b!, 1)} at 1, ${at(b!, 4)} at 4, ${at(b!, 8)} at 8.`,
      values: Object.fromEntries(conditions.map(({ name }, i) => [`directions, ${name}`, means[i]!])),
    };
  },
  figure: (_, { answer, values }) =>
    compose({ title: "Directions learned by ten unit-norm features", subtitle: answer }, [
      series({
        x: "initial scale",
        y: "directions in the end",
        xScale: "log",
        width: 700,
        series: Object.keys(rules).map((rule) => ({
          label: `${rule} (64 seeds, ± 4 standard errors)`,
          points: conditions
            .filter((c) => c.rule === rule)
            .map(({ s, name }) => {
              const { value, low, high } = values[`directions, ${name}`]!;
              return { x: s, y: value, interval: [low, high] as const };
            }),
        })),
      }),
    ]),
});

// B10 ----------------------------------------------------------------------------------------------------------------

type Spread = {
  directions: number;
  "fewer than features": boolean;
  "largest relative error of a gap": number;
  "features merged with another": number;
};

function spread(run: Run): Spread {
  const { vertices } = shown(run);
  const k = vertices.length;
  const even = (2 * Math.PI) / k;
  const gaps = vertices.map(
    ({ angle }, i) => (i + 1 < k ? vertices[i + 1]!.angle : vertices[0]!.angle + 2 * Math.PI) - angle,
  );
  return {
    directions: k,
    "fewer than features": k < run.points.length,
    "largest relative error of a gap": k < 3 ? 9 : Math.max(...gaps.map((gap) => Math.abs(gap / even - 1))),
    "features merged with another": twins(run.points, run.outputBias!).flat().length,
  };
}

const startedAtOne = (sizes: readonly number[]) =>
  Object.fromEntries(
    sizes.map((n) => [`n = ${n}`, { model: scaled(n, 1), recipe: suited(n, 1, 20_000), seeds: fresh(256) }]),
  );
const largeScale = {
  name: "ten features, scale started at 8, 64 seeds",
  model: scaled(10, 8),
  recipe: suited(10, 8),
  seeds: fresh(64),
};
const rings = (title: string) => (result: PopulationResult<Spread>) =>
  compose({ title, subtitle: verdictLine(result), columns: 3 }, [
    ...result.cells.slice(-3).map((o) => {
      const at = Math.max(
        0,
        o.values.findIndex((v) => v?.["fewer than features"]),
      );
      const run = o.ensemble.runs[at]!;
      return plane({
        caption: `${o.label}, seed ${run.seed}: ${o.values[at]!.directions} directions`,
        points: run.points,
        values: { of: own(run), label: "own output" },
        hull: false,
        extent: 1.15,
        width: 250,
      });
    }),
  ]);
const gapErrors = (title: string) => (result: PopulationResult<Spread>) =>
  compose({ title, subtitle: verdictLine(result) }, [
    distribution({
      label: "largest relative error of a gap between neighbours (0: all equal)",
      conditions: [...result.cells, result.control].map((o) => ({
        label: o.label,
        values: o.values.flatMap((v) => (v ? [v["largest relative error of a gap"]] : [])),
      })),
      marks: [
        { value: 0.05, label: "5 %" },
        { value: 0.3, label: "30 %" },
      ],
      width: 680,
    }),
  ]);

hypothesis("B10 at scale 1: evenly on a circle, on fewer directions than features", {
  claim:
    "With the scale started at 1 the features are learned evenly on the circle, on fewer directions than there are features.",
  section,
  reading:
    "As printed, at every n: in at least 95 % of seeds the directions are fewer than the features and every gap between neighbours is within 5 % of 2π over their number. The control is decided by 64 seeds.",
  given: startedAtOne([6, 10, 12, 15]),
  endPoints: false,
  observe: spread,
  expect: always(
    (o: Spread) => o["fewer than features"] && o["largest relative error of a gap"] < 0.05,
    "fewer directions than features, evenly",
  ),
  control: largeScale,
  witness: {
    directions: 9,
    "fewer than features": true,
    "largest relative error of a gap": 0.01,
    "features merged with another": 2,
  },
  figure: rings("Unit-norm features after a scale started at 1"),
});

hypothesis("B10b at scale 1: fewer directions than features", {
  claim: "With the scale started at 1 ten features or more end on fewer directions than there are features.",
  section,
  reading:
    "In more than half of the seeds; six features or fewer always get a direction each. The features without one have merged with another: identical column and bias, half the output each. The control is decided by 64 seeds.",
  given: startedAtOne([10, 12, 15]),
  endPoints: false,
  observe: spread,
  expect: often((o: Spread) => o["fewer than features"], "fewer directions than features"),
  control: largeScale,
  figure: rings("Merged features (×2) after a scale started at 1"),
});

hypothesis("B10c at scale 1: roughly evenly", {
  claim: "With the scale started at 1 the directions are spread round the circle roughly evenly.",
  section,
  reading:
    "Every gap between neighbours within 30 % of 2π over their number, in at least 95 % of seeds. Exactly even they cannot be once merged pairs are neighbours (B10d). The control is decided by 64 seeds.",
  given: startedAtOne([10, 12, 15]),
  endPoints: false,
  observe: spread,
  expect: always((o: Spread) => o["largest relative error of a gap"] < 0.3, "gaps within 30 %"),
  control: largeScale,
  figure: gapErrors("How uneven the directions are after a scale started at 1"),
});

/** Two directions at an angle, the first taken by `a` features and the second by `b`, each with the bias of an output of 1/a, 1/b. */
function pair(scale: number, angle: number, a: number, b: number) {
  const directions = [...new Array<number>(a).fill(0), ...new Array<number>(b).fill(angle)];
  const shares = [...new Array<number>(a).fill(1 / a), ...new Array<number>(b).fill(1 / b)];
  const model = scaled(a + b, scale);
  const parameters = Float64Array.from([
    ...directions.map(Math.cos),
    ...directions.map(Math.sin),
    ...shares.map((share) => share / scale - 1),
    scale,
  ]);
  const z = preactivations(model, parameters);
  return {
    own: ownOutputs(model, parameters),
    /** What reaches the outputs of the other direction. */
    across: Math.max(...z.flatMap((row, i) => row.filter((_, j) => i < a !== j < a))),
  };
}
const anyScale = fc.integer({ min: 60, max: 2000 }).map((k) => k / 100);
const single = (s: number) => Math.acos(1 - 1 / s);
const double = (s: number) => Math.acos(1 - 1 / (2 * s));
const justSilent = (s: number, angle: number, a: number, b: number) =>
  Math.abs(pair(s, angle, a, b).across) < 1e-9 && pair(s, angle * 0.98, a, b).across > 1e-5;

hypothesis("B10d why not exactly evenly", {
  claim:
    "At scale s a direction taken by one feature keeps a distance of arccos(1 − 1/s) from every other; two directions of merged pairs need only arccos(1 − 1/(2s)), less than 1/√2 of it.",
  section,
  reading:
    "The least angle at which neither side's outputs answer the other's inputs, with every own output exact: 1 for a single feature, 1/2 for each of a pair.",
  properties: {
    "own outputs are 1 and 1/2": fc.property(anyScale, (s) =>
      pair(s, 1, 1, 2).own.every((y, i) => Math.abs(y - (i === 0 ? 1 : 0.5)) < 1e-9),
    ),
    "single beside single, and single beside pair": fc.property(
      anyScale,
      (s) => justSilent(s, single(s), 1, 1) && justSilent(s, single(s), 1, 2),
    ),
    "pair beside pair": fc.property(anyScale, (s) => justSilent(s, double(s), 2, 2)),
    "a pair's distance is less than 1/√2 of a single's": fc.property(
      anyScale,
      (s) => double(s) < single(s) / Math.SQRT2,
    ),
  },
  nearMiss: {
    "single beside pair at a pair's distance": fc.property(anyScale, (s) => justSilent(s, double(s), 1, 2)),
  },
});
