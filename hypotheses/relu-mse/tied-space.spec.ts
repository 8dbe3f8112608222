import fc from "fast-check";
import {
  always,
  classify,
  compose,
  configurations,
  directions,
  distributions,
  gradient,
  hypothesis,
  inAtLeast,
  loss,
  nestedFitPValue,
  polyhedron,
  polynomialFit,
  type State,
  series,
  shareDirections,
  stableCount,
  symmetryGroup,
  terms,
  tricappedTrigonalPrism,
  tricappedTrigonalPrismOptimum,
} from "../../src/index.ts";
import { type Activation, condition, fresh, over, section, settle, tied } from "./tied-setup.ts";

/** Tied, no bias, three hidden dimensions and more. Rates are stated per n², as in two dimensions. */

const inSpace = (sizes: readonly number[], nonlinearity: Activation, count = 512) =>
  over(sizes, (n) => condition(nonlinearity, n, { hidden: 3, count }));

/** The polyhedron whose corners are the directions learned, by name; "unstable" when their number depends on the tolerance. */
function shape(run: State): string {
  const vectors = directions(run.points).directions.map((d) => d.vector);
  return polyhedron(vectors).name + (stableCount(run.points).stable ? "" : ", unstable");
}

const ninePoints = "tricapped trigonal prism";

hypothesis("T10 tied ReLU in 3D always learns the nine-vertex shape, at every n", {
  claim:
    "In 3D a tied ReLU model always learns the same nine-vertex polyhedron, the tricapped trigonal prism, whatever the number of features from 9 on.",
  section,
  given: inSpace([9, 10, 12, 20, 40], "relu"),
  headline: "every",
  observe: shape,
  expect: always(ninePoints),
  control: { name: "GELU", model: tied("gelu", 9, 3) },
  figure: configurations("Tied ReLU in three dimensions, by number of features", { columns: 4 }),
});

hypothesis("T10b tied ReLU in 3D always learns the nine-vertex shape, from twenty features on", {
  claim: "In 3D a tied ReLU model with twenty features or more always learns the tricapped trigonal prism.",
  section,
  reading:
    "With 9 to 12 features an eight-vertex shape is too frequent for 'always' (T10); the claim is repaired to n ≥ 20.",
  given: inSpace([20, 40], "relu"),
  observe: shape,
  expect: always(ninePoints),
  control: { name: "GELU", model: tied("gelu", 20, 3) },
  figure: configurations("Tied ReLU in three dimensions: the tricapped trigonal prism", { columns: 3 }),
});

const optimum = tricappedTrigonalPrismOptimum;

hypothesis("T10c the trained nine-vertex shape is the exact one", {
  claim:
    "The shape has the symmetry D3h, squared norms 11/14 at six vertices and 4/7 at three, and the summed loss n − 45/7.",
  section,
  reading: "Symmetry and squared norms to 1 %, the loss to a millionth.",
  given: inSpace([20, 40], "relu"),
  observe: (run) => {
    const found = directions(run.points).directions;
    const squares = found.map((d) => d.norm ** 2).sort((a, b) => a - b);
    const ideal = [
      ...new Array<number>(3).fill(optimum.capSquaredNorm),
      ...new Array<number>(6).fill(optimum.prismSquaredNorm),
    ];
    const exact = run.points.length - optimum.recovered;
    return {
      symmetry: symmetryGroup(found.map((d) => d.vector)).name,
      "error of the squared norms":
        squares.length === 9 ? Math.max(...squares.map((s, i) => Math.abs(s - ideal[i]!))) : 1,
      "relative error of the loss": Math.abs(terms(run.model) * run.loss - exact) / exact,
    };
  },
  expect: always(
    (o: { symmetry: string; "error of the squared norms": number; "relative error of the loss": number }) =>
      o.symmetry === "D3h" &&
      o["error of the squared norms"] < 0.01 &&
      o["relative error of the loss"] < 1e-6,
    "the exact shape and loss",
  ),
  control: { name: "GELU", model: tied("gelu", 20, 3) },
  figure: distributions(
    "Trained loss in 3D against n − 45/7",
    { "relative error": (o) => Math.max(o["relative error of the loss"], 1e-16) },
    {
      label: "relative difference from n − 45/7",
      kind: "log",
      marks: [{ value: 1e-6, label: "a millionth" }],
    },
  ),
});

const flat = (rows: readonly (readonly number[])[]) => Float64Array.from(rows.flat());

/** The optimal shape turned by a random latitude error, shared by a random number of features. */
const shared = fc.record({
  features: fc.integer({ min: 9, max: 30 }),
  tilt: fc.integer({ min: 1, max: 100 }).map((k) => k / 500),
});

const onShape = (features: number, latitude: number) => {
  const units = tricappedTrigonalPrism({ latitude, prismNorm: 1, capNorm: 1 });
  const squares = units.map((_, k) => (k < 6 ? optimum.prismSquaredNorm : optimum.capSquaredNorm));
  return flat(shareDirections(units, squares, features));
};

hypothesis("T10d the exact nine-vertex solution", {
  claim:
    "The tricapped trigonal prism with cos²φ = 6/11 and squared norms 11/14 and 4/7 is a critical point with loss n − 45/7, a minimum but for rotations and one flat direction for each feature that shares.",
  section,
  properties: {
    "its summed loss is n − 45/7": fc.property(shared, ({ features }) => {
      const model = tied("relu", features, 3);
      return (
        Math.abs(terms(model) * loss(model, onShape(features, optimum.latitude)) - (features - 45 / 7)) <
        1e-10
      );
    }),
    "no parameter feels a gradient": fc.property(shared, ({ features }) =>
      gradient(tied("relu", features, 3), onShape(features, optimum.latitude)).gradient.every(
        (g) => Math.abs(g) < 1e-12,
      ),
    ),
    "3 rotations, n − 9 flat directions, every other curvature positive": fc.property(
      fc.integer({ min: 9, max: 12 }),
      (features) => {
        const { symmetry, flat, negative } = classify(
          tied("relu", features, 3),
          onShape(features, optimum.latitude),
        );
        return symmetry === 3 && flat === features - 9 && negative === 0;
      },
    ),
  },
  nearMiss: {
    "at a slightly larger latitude": fc.property(shared, ({ features, tilt }) =>
      gradient(tied("relu", features, 3), onShape(features, optimum.latitude + tilt)).gradient.every(
        (g) => Math.abs(g) < 1e-12,
      ),
    ),
  },
});

/** GELU between nine and twenty features; the control is ReLU at twenty. */
const gelu = inSpace([20, 12, 9], "gelu", 256);
const someN = "'Among them' is at least one seed in twenty, for some number of features from 9 to 20.";

hypothesis("T11 under GELU in 3D, square antiprisms", {
  claim: "In 3D a tied GELU model learns square antiprisms, among other shapes.",
  section,
  reading: someN,
  given: gelu,
  headline: "some",
  observe: shape,
  expect: inAtLeast(0.05, "square antiprism"),
  control: { name: "ReLU", model: tied("relu", 20, 3) },
  figure: configurations("Tied GELU in three dimensions: square antiprisms and others", { columns: 4 }),
});

hypothesis("T11b under GELU in 3D, pentagonal bipyramids", {
  claim: "In 3D a tied GELU model learns pentagonal bipyramids, among other shapes.",
  section,
  reading: someN,
  given: gelu,
  headline: "some",
  observe: shape,
  expect: inAtLeast(0.05, "pentagonal bipyramid"),
  control: { name: "ReLU", model: tied("relu", 20, 3) },
  figure: configurations("Tied GELU in three dimensions: pentagonal bipyramids and others", { columns: 4 }),
});

const dimensions = [2, 3, 4, 5, 6, 7, 8, 9, 10];

/** Directions at a tolerance fit for higher dimensions: columns within 8 degrees (1 − cos < 0.01) are one. */
const count = (run: State) => directions(run.points, { tolerance: 0.01 }).directions.length;

hypothesis("T12 directions learned against dimensions", {
  question:
    "How many directions does a tied ReLU model with 100 features learn in d dimensions, and is the growth linear?",
  section,
  reading:
    "Columns longer than 0.01, joined when 1 − cos < 0.01, over 32 seeds for each d, which is enough: intervals of four standard errors are at most three quarters of a direction either way, where the range is 5 to 39; the fit is by least squares through the means.",
  given: Object.fromEntries(
    dimensions.map((d) => [
      `d = ${d}`,
      { model: tied("relu", 100, d), recipe: settle(100), seeds: fresh(32) },
    ]),
  ),
  measure: (ensembles) => {
    const means = dimensions.map((d) => {
      const counts = ensembles[`d = ${d}`]!.runs.map(count);
      const mean = counts.reduce((a, b) => a + b) / counts.length;
      const variance = counts.reduce((sum, c) => sum + (c - mean) ** 2, 0) / (counts.length - 1);
      const reach = 4 * Math.sqrt(variance / counts.length);
      return { value: mean, low: mean - reach, high: mean + reach };
    });
    const y = means.map((m) => m.value);
    const line = polynomialFit(dimensions, y, 1);
    const [slope, error] = [line.coefficients[1]!, line.standardErrors[1]!];
    const p = nestedFitPValue(line, polynomialFit(dimensions, y, 2));
    return {
      answer: `From ${y[0]!.toFixed(1)} at d = 2 to ${y.at(-1)!.toFixed(1)} at d = 10: a line of slope ${slope.toFixed(2)} ± ${error.toFixed(2)} explains ${(100 * line.rSquared).toFixed(1)} % of the variance; ${p < 0.01 ? "a parabola is significantly better" : "a parabola is not significantly better"} (F-test, p = ${p.toPrecision(2)}).`,
      values: {
        ...Object.fromEntries(dimensions.map((d, i) => [`directions at d = ${d}`, means[i]!])),
        "slope of the line": { value: slope, low: slope - 4 * error, high: slope + 4 * error },
      },
    };
  },
  figure: (_, { answer, values }) => {
    const line = polynomialFit(
      dimensions,
      dimensions.map((d) => values[`directions at d = ${d}`]!.value),
      1,
    );
    return compose({ title: "Directions learned by tied ReLU, 100 features", subtitle: answer }, [
      series({
        x: "hidden dimensions d",
        y: "directions learned",
        width: 720,
        series: [
          {
            label: "mean of 32 seeds, ± 4 standard errors",
            points: dimensions.map((d) => {
              const { value, low, high } = values[`directions at d = ${d}`]!;
              return { x: d, y: value, interval: [low, high] };
            }),
            fit: {
              label: "least-squares line",
              at: (x) => line.coefficients[0]! + line.coefficients[1]! * x,
            },
          },
        ],
      }),
    ]);
  },
});
