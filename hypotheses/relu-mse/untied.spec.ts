import fc from "fast-check";
import {
  always,
  compose,
  distribution,
  fiveOnHexagon,
  gradient,
  hypothesis,
  loss,
  often,
  pairs,
  polygonRecovered,
  quantile,
  quantileBounds,
  type Run,
  series,
  spiral,
  spiralLoss,
  terms,
  verdictLine,
} from "../../src/index.ts";
import {
  type Activation,
  condition,
  descend,
  drawPairs,
  name,
  nearPentagon,
  over,
  same,
  section,
  summed,
  tied,
  tiedCondition,
  untied,
  verdictMap,
} from "./untied-setup.ts";

/**
 * Untied, no bias: whether untying helps (U2). vᵢ is the column of the
 * embedding that writes feature i, uⱼ the row of the unembedding that reads output j; all losses are summed over the n²
 * outputs. ReLU rows can die: a row with uⱼ·vᵢ ≤ 0 for every i has no gradient.
 */
const better = {
  reading:
    "Seed by seed, from the same embedding: the untied model's summed loss at the end of the budget is below the tied model's by more than 0.001. 'Does better' is more than half of the seeds.",
  observe: (run: Run, other: Run) => ({ untied: summed(run), tied: summed(other) }),
  expect: often((o: { untied: number; tied: number }) => o.untied < o.tied - 1e-3, "lower loss untied"),
  control: {
    name: "no nonlinearity",
    model: untied("identity", 5),
    recipe: descend(5),
    versus: { model: tied("identity", 5), recipe: descend(5, 3000) },
  },
} as const;

/** Near the threshold more seeds are needed: at n = 8 about six in ten ReLU seeds win. */
const seedsFor = (activation: Activation, n: number) => (activation === "relu" && n === 8 ? 1024 : 256);

hypothesis("U2 untied does better than tied, at every n", {
  claim:
    "In 2D an untied model ends at a lower loss than a tied one, for ReLU and GELU, whatever the number of features.",
  section,
  ...better,
  reading: `${better.reading} With 4 features or fewer a tied ReLU model already reaches 0.`,
  given: over(same([4, 5, 6, 8, 10, 20]), (a, n) => condition(a, n, 2, seedsFor(a, n))),
  versus: over(same([4, 5, 6, 8, 10, 20]), (a, n) => tiedCondition(a, n, 2, seedsFor(a, n))),
  endPoints: false,
  figure: (result) => {
    const cell = (a: Activation, n: number) => result.cells.find((o) => o.label === `${name[a]}, n = ${n}`)!;
    const ns = [4, 5, 6, 8, 10, 20];
    const losses = (a: Activation, n: number) =>
      [
        { label: `${name[a]} untied`, values: cell(a, n).ensemble.runs.map(summed) },
        { label: `${name[a]} tied`, values: cell(a, n).versus.runs.map(summed) },
      ] as const;
    return compose(
      { title: "Untied against tied in two dimensions", subtitle: verdictLine(result), columns: 1 },
      [
        verdictMap(
          result,
          ns,
          "In how many seeds is the untied model's loss lower? (✓: clearly more than half)",
        ),
        distribution({
          caption:
            "Five features: ReLU often loses rows for good (loss 1, 2, …), but its best beat every tied model",
          label: "summed loss",
          conditions: [...losses("relu", 5), ...losses("gelu", 5)],
          width: 760,
        }),
      ],
    );
  },
});

hypothesis("U2b untied does better where many features compete", {
  claim:
    "In 2D an untied model usually ends at a lower loss than a tied one with ten features or more under ReLU, and with five or more under GELU.",
  section,
  ...better,
  reading: `${better.reading} With few features the untied ReLU model loses more to rows that die than it gains, which limits the claim (U2).`,
  given: over({ relu: [10, 20], gelu: [5, 6, 8, 10, 20] }, (a, n) => condition(a, n)),
  versus: over({ relu: [10, 20], gelu: [5, 6, 8, 10, 20] }, (a, n) => tiedCondition(a, n)),
  control: {
    ...better.control,
    model: untied("identity", 10),
    recipe: descend(10),
    versus: { model: tied("identity", 10), recipe: descend(10, 3000) },
  },
  endPoints: false,
});

/** The loss of the best tied pentagon under ReLU, and the lowest tied GELU loss found from 1,024 starts. */
const tiedOptimum = { relu: 5 - polygonRecovered(5), gelu: 0.7471429 };

for (const activation of ["relu", "gelu"] as const)
  hypothesis(`U2c-${activation} from the tied optimum, untied always does better`, {
    claim: `Started near the best tied pentagon, an untied ${name[activation]} model with five features always ends below the tied optimum.`,
    section,
    reading: `Embedding and unembedding both start at the pentagon with Gaussian noise of 0.05 on every weight; the bound is the tied optimum, ${tiedOptimum[activation].toFixed(4)}, less 0.001. Untied, the pentagon is a saddle (moving written and reading vectors oppositely lowers the loss), so any noise leads away.`,
    given: nearPentagon(activation),
    endPoints: false,
    observe: summed,
    expect: always((L: number) => L < tiedOptimum[activation] - 1e-3, "below the tied optimum"),
    control: { name: "tied, same start", ...nearPentagon(activation, true) },
    figure: (result) => {
      const run = result.cells[0]!.ensemble.runs[0]!;
      const other = result.control.ensemble.runs[0]!;
      return compose(
        {
          title: `${name[activation]}, five features from the pentagon`,
          subtitle: verdictLine(result),
          columns: 2,
        },
        [
          drawPairs(run, `Untied: loss ${summed(run).toFixed(3)}`),
          drawPairs(other, `Tied: loss ${summed(other).toFixed(3)}`),
        ],
      );
    },
  });

/** weight0 [2 × n] then weight1 [n × 2]. */
const weights = ({ written, reading }: ReturnType<typeof spiral>) =>
  Float64Array.from([...written.map((v) => v[0]!), ...written.map((v) => v[1]!), ...reading.flat()]);

const lossOf = (shape: ReturnType<typeof spiral>) => {
  const model = untied("relu", shape.written.length);
  return terms(model) * loss(model, weights(shape));
};

const ratio = fc.integer({ min: 5, max: 100 }).map((k) => k / 100);
const hexagonLoss = (r: number) => r ** 2 / (1 + r ** 2) + (2 * r ** 4) / (1 + r ** 4);

/** Five tied vectors after a hundred steps of gradient descent on the summed loss at rate 0.05. */
function descended(start: readonly number[]): number {
  const model = tied("relu", 5);
  const p = Float64Array.from(start);
  for (let step = 0; step < 100; step++) {
    const g = gradient(model, p).gradient;
    for (let k = 0; k < p.length; k++) p[k] = p[k]! - 0.05 * terms(model) * g[k]!;
  }
  return terms(model) * loss(model, p);
}

/** n ≥ `least` vectors of the plane by angle, each with a reader that sees it (less than 90° away). */
const seen = (least: number) =>
  fc.array(fc.tuple(fc.integer({ min: 0, max: 359 }), fc.integer({ min: -89, max: 89 })), {
    minLength: least,
    maxLength: 9,
  });

/** Whether some reader also sees another's vector; angles in degrees. */
const overheard = (set: readonly (readonly [angle: number, offset: number])[]) =>
  set.some(([a, offset], j) =>
    set.some(([b], i) => i !== j && Math.cos(((a + offset - b) * Math.PI) / 180) > 1e-9),
  );

hypothesis("U2a constructions that beat every tied solution", {
  claim:
    "Five features in 2D can be written and read with a loss below that of every tied solution; any number of features can, with a loss as near 0 as one likes, though from five features on never 0.",
  section,
  reading:
    "Five features sit on five corners of a hexagon, each r times shorter than the one before and read 30° to its side. For any n they sit on a half-circle, each read perpendicular to the one before. That no tied solution of five features is below 0.8018 is a numerical bound: by descent from each generated start (and from every start in U2).",
  properties: {
    "hexagon: the loss is r²/(1 + r²) + 2r⁴/(1 + r⁴)": fc.property(
      ratio,
      (r) => Math.abs(lossOf(fiveOnHexagon(r)) - hexagonLoss(r)) < 1e-9,
    ),
    "hexagon: below the tied optimum for every r up to 0.73": fc.property(
      ratio.filter((r) => r <= 0.73),
      (r) => lossOf(fiveOnHexagon(r)) < tiedOptimum.relu,
    ),
    "descent from no tied start gets below the tied optimum": fc.property(
      fc.array(
        fc.integer({ min: -100, max: 100 }).map((k) => k / 100),
        { minLength: 10, maxLength: 10 },
      ),
      (start) => descended(start) > tiedOptimum.relu - 1e-9,
    ),
    "half-circle: the loss is Σ (n − k) r²ᵏ (sin((k + 1)π/n)/sin(π/n))²": fc.property(
      fc.integer({ min: 3, max: 12 }),
      fc.integer({ min: 20, max: 90 }).map((k) => k / 100),
      (n, r) => Math.abs(lossOf(spiral(n, r)) / spiralLoss(n, r) - 1) < 1e-6,
    ),
    "half-circle: for r up to 0.1 it is below 5nr², so it tends to 0": fc.property(
      fc.integer({ min: 3, max: 50 }),
      fc.integer({ min: 1, max: 1000 }).map((k) => k / 10_000),
      (n, r) => spiralLoss(n, r) < 5 * n * r ** 2,
    ),
    "from five features on some reader sees another feature's vector, so the loss is not 0": fc.property(
      seen(5),
      overheard,
    ),
  },
  nearMiss: {
    "hexagon: below the tied optimum for every r": fc.property(
      ratio,
      (r) => lossOf(fiveOnHexagon(r)) < tiedOptimum.relu,
    ),
    "four features and a fifth unlearned beat the tied optimum": () => {
      const cross = [
        [1, 0],
        [0, 1],
        [-1, 0],
        [0, -1],
        [0, 0],
      ];
      return lossOf({ written: cross, reading: cross }) < tiedOptimum.relu;
    },
    "with four features some reader sees another's vector": () =>
      overheard([
        [0, 0],
        [90, 0],
        [180, 0],
        [270, 0],
      ]),
  },
  figure: () =>
    compose(
      {
        title: "Five features in the plane, written and read apart",
        subtitle: `The best tied pentagon has loss ${tiedOptimum.relu.toFixed(4)}; both constructions get as near 0 as one likes.`,
        columns: 3,
      },
      [
        pairs({ ...fiveOnHexagon(0.4), caption: `Hexagon, r = 0.4: loss ${hexagonLoss(0.4).toFixed(4)}` }),
        pairs({ ...spiral(5, 0.2), caption: `Half-circle, r = 0.2: loss ${spiralLoss(5, 0.2).toFixed(4)}` }),
        series({
          caption: "Loss against the ratio of successive lengths",
          x: "ratio r",
          y: "summed loss",
          xScale: "log",
          yScale: "log",
          width: 420,
          height: 340,
          series: [
            {
              label: "hexagon, n = 5",
              points: [0.05, 0.1, 0.2, 0.4, 0.7].map((r) => ({ x: r, y: hexagonLoss(r) })),
              fit: { label: "r²/(1 + r²) + 2r⁴/(1 + r⁴)", at: hexagonLoss },
            },
            {
              label: "half-circle, n = 20",
              points: [0.05, 0.1, 0.2, 0.4].map((r) => ({ x: r, y: spiralLoss(20, r) })),
            },
          ],
          references: [{ label: "best tied, n = 5", at: () => tiedOptimum.relu }],
        }),
      ],
    ),
});

hypothesis("U2d how far the better untied runs get", {
  question: "In 2D, how far below tied models do the better untied ones get?",
  section,
  reading:
    "The summed loss that one seed in twenty stays below (the 5 % quantile over 256 seeds, with exact bounds), tied and untied, at the end of the budget; the infimum untied is 0 (U2a).",
  given: {
    ...over(same([5, 6, 8, 10, 20]), (a, n) => condition(a, n)),
    ...Object.fromEntries(
      Object.entries(over(same([5, 6, 8, 10, 20]), (a, n) => tiedCondition(a, n))).map(([label, given]) => [
        `${label}, tied`,
        given,
      ]),
    ),
  },
  measure: (ensembles) => {
    const better = (label: string) => {
      const losses = ensembles[label]!.runs.map(summed);
      const { lower, upper } = quantileBounds(losses, 0.05, 1e-7);
      return { value: quantile(losses, 0.05), low: Math.max(0, lower), high: upper };
    };
    const labels = Object.keys(ensembles);
    const values = Object.fromEntries(labels.map((label) => [label, better(label)]));
    const gains = labels
      .filter((label) => !label.endsWith(", tied"))
      .map((label) => values[`${label}, tied`]!.value - values[label]!.value);
    return {
      answer: `By ${Math.min(...gains).toFixed(2)} to ${Math.max(...gains).toFixed(2)}, in every one of the ${gains.length} cells${gains.every((g) => g > 0) ? "" : " but some"}.`,
      values,
    };
  },
  figure: (_, { answer, values }) =>
    compose(
      { title: "The loss that one seed in twenty stays below", subtitle: answer },
      (["relu", "gelu"] as const).map((a) =>
        series({
          caption: name[a],
          x: "features n",
          y: "n − summed loss: features recovered",
          width: 440,
          series: ["", ", tied"].map((suffix) => ({
            label: suffix === "" ? "untied" : "tied",
            points: [5, 6, 8, 10, 20].map((n) => ({
              x: n,
              y: n - values[`${name[a]}, n = ${n}${suffix}`]!.value,
            })),
          })),
        }),
      ),
    ),
});
