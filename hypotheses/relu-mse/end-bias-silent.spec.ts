import fc from "fast-check";
import {
  always,
  classify,
  compose,
  distribution,
  gradient,
  hypothesis,
  losslessCircle,
  losslessSquaredRadius,
  plane,
  series,
  terms,
  verdictLine,
} from "../../src/index.ts";
import {
  biased,
  flatten,
  fresh,
  learned,
  near,
  type Start,
  section,
  steady,
  summedLoss,
} from "./end-bias-setup.ts";

/**
 * Tied, end bias: an exact end with silent features is a minimum, and training stays there (B6, B6e). A feature is silent when
 * neither its output answers any input nor any unlearned or learned output answers it.
 */

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
    recipe: { ...steady(10), steps: 10_000, checkpoints: { count: 0, spacing: "log" } },
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
