import fc from "fast-check";
import {
  always,
  assignedReaders,
  compose,
  cosine,
  distribution,
  fiveOnHexagon,
  hypothesis,
  inAtLeast,
  nearestReaders,
  often,
  type Point,
  type PopulationResult,
  pairs,
  type Run,
  series,
  spiral,
  strongestReaders,
  verdictLine,
} from "../../src/index.ts";
import {
  type Activation,
  condition,
  drawPairs,
  mean,
  name,
  nearPentagon,
  nextFeature,
  over,
  representatives,
  same,
  section,
  tiedCondition,
  untied,
  verdictMap,
} from "./untied-setup.ts";

/**
 * Untied, no bias: whether written and reading directions can be paired by the angle between them. One written and one
 * reading vector stand for each learned direction (written vectors joined when 1 − cos < 0.01, a quarter of a feature
 * recovered): those of the member that is read best. A pairing mislabels a direction when the row of the
 * unembedding it picks has not the feature's number.
 */
const wrong = (pairing: readonly number[]) => pairing.filter((j, i) => j !== i).length;

/** How much nearer the own reader is than the nearest of the others, as a difference of cosines; the least over directions. */
function margin({ written, reading }: { written: readonly Point[]; reading: readonly Point[] }): number {
  const margins = written.map((v, i) => {
    const others = reading.filter((_, j) => j !== i).map((u) => cosine(v, u));
    return cosine(v, reading[i]!) - Math.max(-1, ...others);
  });
  return Math.min(1, ...margins);
}

function five(run: Run) {
  const found = representatives(run);
  return {
    directions: found.written.length,
    "nearest to another's reader": wrong(nearestReaders(found.written, found.reading)),
    "own cosine less the best other, least": margin(found),
  };
}

type Five = ReturnType<typeof five>;

const fromPentagon = {
  given: { ReLU: nearPentagon("relu"), GELU: nearPentagon("gelu") },
  endPoints: false,
  observe: five,
  control: { name: "tied, same start", ...nearPentagon("relu", true) },
} as const;

const start =
  "Training starts near the tied pentagon (noise 0.05), so that all five features are learned; nearest is by angle.";

hypothesis("U5 the nearest reading direction can be another feature's", {
  claim:
    "With five features in 2D it happens that the reading vector nearest to a written one belongs to another feature, for ReLU and GELU.",
  section,
  reading: `${start} 'Can' is at least one seed in a hundred.`,
  ...fromPentagon,
  // So rare a thing takes many seeds to rule out in the control.
  given: { ReLU: nearPentagon("relu", false, 1024), GELU: nearPentagon("gelu", false, 1024) },
  control: { name: "tied, same start", ...nearPentagon("relu", true, 1024) },
  expect: inAtLeast(
    0.01,
    (o: Five) => o["nearest to another's reader"] > 0,
    "some feature nearest to another's reader",
  ),
  figure: (result: PopulationResult<Five>) =>
    compose(
      {
        title: "Five features: is the nearest reading vector a feature's own?",
        subtitle: verdictLine(result),
        columns: 3,
      },
      [
        ...result.cells.map((o) => {
          const index = Math.max(0, o.satisfied.indexOf(true));
          const run = o.ensemble.runs[index]!;
          return drawPairs(
            run,
            `${o.label}, seed ${run.seed}: ${o.values[index]!["nearest to another's reader"]} of 5 nearest to another's reader`,
          );
        }),
        distribution({
          label: "cosine with the own reader less the best other, least of five",
          conditions: [...result.cells, result.control].map((o) => ({
            label: o.label,
            values: o.values.map((value) => value!["own cosine less the best other, least"]),
          })),
          marks: [{ value: 0, label: "another's is nearer" }],
          width: 520,
        }),
      ],
    ),
});

hypothesis("U5b the nearest reading direction usually is another feature's", {
  claim:
    "With five features in 2D training usually ends with some written vector nearest to the reading vector of another feature, for ReLU and GELU.",
  section,
  reading: `${start} 'Usually' is more than half of the seeds. Under GELU own and other readers nearly tie, and slow drifts decide: the verdict there is about this budget of steps.`,
  ...fromPentagon,
  expect: often(
    (o: Five) => o["nearest to another's reader"] > 0,
    "some feature nearest to another's reader",
  ),
});

const degrees30 = Math.cos(Math.PI / 6);

hypothesis("U5c constructions in which nearest readers are others'", {
  claim:
    "In the construction of five features on a hexagon three written vectors are as near to another's reader as to their own; on the half-circle all but one of n features are nearest to another's reader.",
  section,
  reading:
    "The constructions of U2a, whose loss tends to 0 with the ratio of lengths, which angles do not depend on. On the hexagon the second, fourth and fifth written vectors stand 30° from their own reader and 30° from another's, so that any disturbance decides.",
  properties: {
    "hexagon: the second, fourth and fifth have two readers at 30°, the own among them, and none nearer":
      fc.property(fc.integer({ min: 1, max: 99 }), (k) => {
        const { written, reading } = fiveOnHexagon(k / 100);
        return [1, 3, 4].every((i) => {
          const all = reading.map((u) => cosine(written[i]!, u));
          const close = all.filter((c) => Math.abs(c - degrees30) < 1e-9).length;
          return close === 2 && Math.abs(all[i]! - degrees30) < 1e-9 && Math.max(...all) < degrees30 + 1e-9;
        });
      }),
    "half-circle: another's reader is nearest for n − 1 of n = 5, 8, 20 features": () =>
      [5, 8, 20].every((n) => wrong(nearestReaders(...sets(n))) === n - 1),
    "half-circle: pairing by the dot product is always right": fc.property(
      fc.integer({ min: 3, max: 20 }),
      (n) => wrong(strongestReaders(...sets(n))) === 0,
    ),
  },
  nearMiss: {
    "hexagon: every written vector is nearer to its own reader than to any other": () => {
      const { written, reading } = fiveOnHexagon(0.4);
      return margin({ written, reading }) > 1e-9;
    },
    "half-circle: with three features too, the first is nearest to another's": () =>
      nearestReaders(...sets(3))[0] !== 0,
  },
  figure: () =>
    compose(
      {
        title: "Nearest is not own",
        subtitle:
          "On the half-circle four of the five written vectors have another feature's reader nearest.",
        columns: 2,
      },
      [
        pairs({ ...fiveOnHexagon(0.4), caption: "Hexagon: ties at 30°" }),
        pairs({ ...spiral(5, 0.3), caption: "Half-circle: own reader at 54°, another's nearer" }),
      ],
    ),
});

function sets(n: number): [Point[], Point[]] {
  const { written, reading } = spiral(n, 0.5);
  return [[...written], [...reading]];
}

function pairings(run: Run) {
  const { written, reading, features, rows } = representatives(run);
  const mislabelled = (pairing: readonly number[]) =>
    pairing.filter((j, i) => rows[j] !== features[i]).length;
  return {
    directions: written.length,
    "mislabelled by the largest cosine": mislabelled(nearestReaders(written, reading)),
    "mislabelled by the largest dot product": mislabelled(strongestReaders(written, reading)),
    "mislabelled by the best one-to-one cosines": mislabelled(assignedReaders(written, reading)),
  };
}
type Pairings = ReturnType<typeof pairings>;

const plane = [5, 6, 8, 10, 20];
const count = (a: Activation, n: number) => (a === "relu" && n === 8 ? 1024 : 256);

hypothesis("U6 pairing by the largest cosine mislabels, wherever features outnumber directions", {
  claim:
    "In 2D, pairing each written direction with the reading direction at the largest cosine usually mislabels some, for five features and more, under ReLU and GELU.",
  section,
  reading:
    "A seed counts when at least one learned direction is paired with another's reader; 'usually' is more than half of the seeds.",
  given: over(same(plane), (a, n) => condition(a, n, 2, count(a, n))),
  endPoints: false,
  observe: pairings,
  expect: often((o: Pairings) => o["mislabelled by the largest cosine"] > 0, "some direction mislabelled"),
  control: { name: "tied, ReLU, n = 20", ...tiedCondition("relu", 20) },
  figure: (result) => {
    const cell = result.cells.find(({ label }) => label === "ReLU, n = 10")!;
    const index = cell.values.findIndex((o) => o !== null && o["mislabelled by the largest cosine"] >= 2);
    const run = cell.ensemble.runs[index]!;
    return compose(
      { title: "Pairing by the largest cosine in 2D", subtitle: verdictLine(result), columns: 2 },
      [
        verdictMap(result, plane, "Seeds with a mislabelled direction (✓: clearly more than half)"),
        drawPairs(
          run,
          `ReLU, n = 10, seed ${run.seed}: ${cell.values[index]!["mislabelled by the largest cosine"]} mislabelled`,
        ),
      ],
    );
  },
});

/** 64 seeds a cell: shares of directions, over many cells. */
const grid = [
  [2, 4],
  [2, 5],
  [2, 6],
  [2, 8],
  [2, 10],
  [2, 20],
  [3, 7],
  [3, 10],
  [3, 20],
  [5, 10],
  [5, 20],
  [10, 20],
] as const;
const gridLabel = (a: Activation, d: number, n: number) => `${name[a]}, d = ${d}, n = ${n}`;
const gridCells = (["relu", "gelu"] as const).flatMap((a) => grid.map(([d, n]) => ({ a, d, n })));

hypothesis("U6b how much pairing by the largest cosine mislabels", {
  question:
    "Which share of the learned directions does pairing by the largest cosine mislabel, over the numbers of features and dimensions?",
  section,
  reading:
    "Per seed the share of learned directions whose nearest reader is another's; the mean over 64 seeds a cell with four standard errors, at most 12 points either way: enough for a map of where it is common and where it never happens.",
  given: Object.fromEntries(gridCells.map(({ a, d, n }) => [gridLabel(a, d, n), condition(a, n, d, 64)])),
  measure: (ensembles) => {
    const values = Object.fromEntries(
      gridCells.map(({ a, d, n }) => {
        const shares = ensembles[gridLabel(a, d, n)]!.runs.map((run) => {
          const o = pairings(run);
          return o["mislabelled by the largest cosine"] / Math.max(1, o.directions);
        });
        const value = mean(shares);
        const variance = shares.reduce((sum, s) => sum + (s - value) ** 2, 0) / (shares.length - 1);
        const reach = 4 * Math.sqrt(variance / shares.length);
        return [gridLabel(a, d, n), { value, low: Math.max(0, value - reach), high: value + reach }];
      }),
    );
    const most = (d: number) => {
      const cells = gridCells.filter((cell) => cell.d === d);
      return Math.max(...cells.map(({ a, n }) => values[gridLabel(a, d, n)]!.value));
    };
    const few = gridCells.filter(({ d, n }) => n <= 2 * d);
    const percent = (x: number) => `${(100 * x).toFixed(0)} %`;
    return {
      answer: `Up to ${percent(most(2))} of directions in 2D, ${percent(most(3))} in 3D and ${percent(most(5))} in 5D; at most ${percent(Math.max(...few.map(({ a, d, n }) => values[gridLabel(a, d, n)]!.value)))} where n ≤ 2d.`,
      values,
    };
  },
  figure: (_, { answer, values }) =>
    compose(
      { title: "Directions mislabelled by the largest cosine", subtitle: answer },
      (["relu", "gelu"] as const).map((a) =>
        series({
          caption: name[a],
          x: "features over dimensions, n/d",
          y: "share of directions mislabelled",
          width: 440,
          series: [2, 3, 5, 10].map((d) => ({
            label: `d = ${d}`,
            points: grid
              .filter((cell) => cell[0] === d)
              .map(([, n]) => {
                const { value, low, high } = values[gridLabel(a, d, n)]!;
                return { x: n / d, y: value, interval: [low, high] as const };
              }),
          })),
        }),
      ),
    ),
});

const repairs = {
  U6c: ["the largest dot product", "mislabelled by the largest dot product"],
  U6d: ["the best one-to-one cosines", "mislabelled by the best one-to-one cosines"],
} as const;

for (const [id, [words, key]] of Object.entries(repairs))
  hypothesis(`${id} pairing by ${words} labels all`, {
    claim: `In 2D, pairing written with reading directions by ${words} labels every learned direction correctly.`,
    section,
    reading:
      id === "U6c"
        ? "Each written direction is paired with the reading vector of the largest dot product uⱼ·vᵢ: the output that shows most of it. Lengths matter where angles mislead."
        : "The one-to-one pairing with the largest sum of cosines. Angles alone do, if no reader may be used twice.",
    given: over(same(plane), (a, n) => condition(a, n, 2, count(a, n))),
    endPoints: false,
    observe: pairings,
    expect: always((o: Pairings) => o[key] === 0, "nothing mislabelled"),
    // There the row that reads a feature has the next feature's number, and no geometry can tell.
    control: {
      name: "feature i asked for at output i + 1",
      model: untied("relu", 5, { data: nextFeature(5) }),
    },
    // The second says no more than its verdict line.
    ...(id === "U6c" && {
      figure: (result: PopulationResult<Pairings>) =>
        compose({ title: `Pairing by ${words}`, subtitle: verdictLine(result) }, [
          verdictMap(result, plane, "Seeds in which nothing is mislabelled"),
        ]),
    }),
  });
