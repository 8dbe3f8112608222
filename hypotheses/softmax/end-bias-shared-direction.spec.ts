import fc from "fast-check";
import { charts, exactClaim, hypothesis, type Run, scope, solutions } from "../../src/index.ts";
import { hundredths, indices, integers, mean, onSeedsFrom20000 } from "../helpers.ts";
import { allDecoded, curve, decodedFeatures, noteSchedule, onCircle, softmax } from "./setup.ts";

/** Tied, with an end bias: features in the same direction are decoded, in training (C12d) and as mathematics (C13). */

hypothesis("C12d features in one direction are decoded", {
  row: "C12",
  role: "as printed",
  claim:
    "With an end bias tied softmax decodes four or eight features in one dimension, where they share two directions.",
  operationalisation:
    "One hidden dimension is the plainest case: all features lie on a line, on two rays. All are decoded after 8,000 steps of the note's schedule.",
  given: scope("n", [8, 4], (n) => onSeedsFrom20000(softmax(n, { hidden: 1, outputBias: true }), noteSchedule(8000))),
  endPoints: false,
  observe: decodedFeatures,
  expect: { nearlyAll: "all features decoded", when: (o) => o["all decoded"] },
  control: { name: "no bias", model: softmax(8, { hidden: 1 }) },
  figure: ({ cells }) => biasAgainstPlace(cells[0]!.runs[0]!),
});

/** Two features at w₁ > w₂ along one direction, and the difference b = b₂ − b₁ of their biases. */
const pairs = fc
  .record({
    ends: fc.uniqueArray(hundredths(-300, 300), { minLength: 2, maxLength: 2 }),
    b: integers(-90_000, 90_000).map((k) => k / 10_000),
    place: hundredths(1, 99),
    shift: hundredths(-500, 500),
    degrees: fc.nat(359),
  })
  .map(({ ends, ...rest }) => ({ far: Math.max(...ends), near: Math.min(...ends), ...rest }));
type Pair = typeof pairs extends fc.Arbitrary<infer T> ? T : never;

const interval = ({ far, near }: Pair) => [near * (far - near), far * (far - near)] as const;
/** A share `place` of the way through the interval. */
const inside = (pair: Pair) => {
  const [low, high] = interval(pair);
  return low + pair.place * (high - low);
};
const bothDecoded = ({ far, near, shift, degrees }: Pair, b: number) => {
  const [direction] = onCircle([(Math.PI * degrees) / 180], 1);
  return allDecoded(
    [far, near].map((length) => direction!.map((x) => length * x)),
    [shift, shift + b],
  );
};

exactClaim("C13 the biases that decode two features in one direction", {
  row: "C13",
  role: "as printed",
  claim:
    "Two features at w₂ < w₁ along one direction are both decoded, under tied softmax with an end bias, exactly when the second bias exceeds the first by some b with w₂(w₁ − w₂) < b < w₁(w₁ − w₂). There always is such a b.",
  operationalisation:
    "Whatever the signs of w₁ and w₂, in any direction of the plane, and whatever is added to both biases. The interval has length (w₁ − w₂)². Its middle ½(w₁² − w₂²) gives both features the same margin; it is positive when |w₁| > |w₂|: the larger bias belongs to the smaller radius.",
  properties: {
    "both are decoded exactly when b lies in the interval": fc.property(pairs, (pair) => {
      const [low, high] = interval(pair);
      const onEdge = Math.min(Math.abs(pair.b - low), Math.abs(pair.b - high)) < 1e-9;
      return onEdge || bothDecoded(pair, pair.b) === (low < pair.b && pair.b < high);
    }),
    "every b inside it will do": fc.property(pairs, (pair) => bothDecoded(pair, inside(pair))),
    "its middle is where bₖ + ½wₖ² is the same for both": fc.property(pairs, (pair) => {
      const [low, high] = interval(pair);
      const [first, second] = solutions.excessBiases([[pair.far], [pair.near]], [0, (low + high) / 2]);
      return high - low > 0 && Math.abs(first! - second!) < 1e-12;
    }),
    "for 0 ≤ w₂ the smaller radius needs the larger bias": fc.property(
      pairs,
      (pair) => pair.near < 0 || interval(pair)[0] >= 0,
    ),
  },
  nearMiss: {
    "at the edges both are decoded too": fc.property(integers(2, 9), integers(1, 8), (far, less) =>
      allDecoded([[far], [far - less]], [0, (far - less) * less]),
    ),
    "without a bias": fc.property(pairs, (pair) => bothDecoded(pair, 0)),
    "two features in the same place, with some b": fc.property(pairs, ({ far, b }) =>
      allDecoded([[far], [far]], [0, b]),
    ),
  },
  figure: biasesThatDecodeBoth,
});

function biasAgainstPlace(run: Run) {
  const points = run.points.map(([x], i) => ({ x: x!, y: run.outputBias![i]! }));
  const offset = mean(points.map(({ x, y }) => y + x ** 2 / 2));
  return charts.series({
    x: "place on the line, w",
    y: "bias",
    width: 720,
    series: [{ label: `feature, seed ${run.seed}`, points }],
    references: [{ label: "constant − ½w²: the nearest feature wins", at: (x) => offset - (x * x) / 2 }],
  });
}

function biasesThatDecodeBoth() {
  const places = indices(7).map((k) => -0.5 + 5 * k * 0.05);
  return charts.series({
    x: "w₂/w₁",
    y: "b/w₁²",
    width: 720,
    series: [
      curve("upper edge", "1 − x", places, (x) => 1 - x),
      curve("lower edge", "x(1 − x)", places, (x) => x * (1 - x)),
    ],
    references: [
      { label: "middle, (1 − x²)/2: equal margins", at: (x) => (1 - x * x) / 2 },
      { label: "no bias", at: () => 0 },
    ],
  });
}
