import fc from "fast-check";
import { charts, exactClaim, geometry, landscape, solutions } from "../../src/index.ts";
import { close, integers } from "../helpers.ts";
import { type Columns, growthRates, noGradient, onDirections, summedLossAt, withColumns } from "./algebra.ts";

/** Tied ReLU, no bias, four to six hidden dimensions: exact candidates for what is learned (T12d). */

const { bestNorms, fiveCellEdges, simplexSquare, simplexSquareOptimum } = solutions;

/** Features on directions at the best squared norms, as evenly as their number allows. */
const featuresOn = (directions: Columns, features: number) =>
  onDirections(directions, bestNorms(directions).squaredNorms, new Array<number>(features).fill(1));

/** Corners of the simplex, m = d − 1, and features above the 4m directions. */
const shapes = fc.record({ m: integers(3, 5), extra: integers(0, 10) });
const shape = ({ m, extra }: { m: number; extra: number }) => featuresOn(simplexSquare(m), 4 * m + extra);

/** How often each inner product with the others occurs, the same for every direction: "−3: 5, 1: 10" in units of 1/denominator. */
function products(directions: Columns, denominator: number): string {
  const rows = directions.map((u, i) => {
    const counts = new Map<number, number>();
    directions.forEach((v, j) => {
      const product = Math.round(geometry.dot(u, v) * denominator * 1e6) / 1e6;
      if (i !== j) counts.set(product, (counts.get(product) ?? 0) + 1);
    });
    const sorted = [...counts].sort(([a], [b]) => a - b);
    return sorted.map(([product, count]) => `${product}: ${count}`).join(", ");
  });
  return [...new Set(rows)].join(" or ");
}

/** Gains of two and three dimensions, the best orthogonal sums being made of them, and of the shapes here. */
const gains: Readonly<Record<number, number>> = {
  2: solutions.polygonRecovered(5),
  3: solutions.tricappedTrigonalPrismOptimum.recovered,
  4: simplexSquareOptimum(3).recovered,
  5: simplexSquareOptimum(4).recovered,
  6: simplexSquareOptimum(5).recovered,
};
const orthogonalSum = (d: number) =>
  Math.max(...[1, 2, 3].filter((k) => k <= d - k).map((k) => (k === 1 ? 2 : gains[k]!) + gains[d - k]!));

const classes = (columns: Columns) => {
  const { model, parameters } = withColumns(columns);
  return landscape.classify(model, parameters);
};

exactClaim("T12d exact shapes in four, five and six dimensions", {
  row: "T12",
  role: "answer",
  claim:
    "A simplex of m = d − 1 corners on each corner of a square, upside down on every other one, is a minimum of the tied ReLU model in d = 4, 5 and 6: 12, 16 and 20 vertices of squared norm 19/26, 5/7 and 43/62, with losses n − 114/13, n − 80/7 and n − 430/31. In five dimensions it is the 5-demicube.",
  operationalisation:
    "Of the squared length a part q = (m − 1)(m + 2)/(m² + 4m − 2) lies in the simplex's dimensions: 10/19, 3/5 and 28/43. These are the best shapes that descent with noise found; that there are no better ones is not proved. From d = 7 on there are (25 vertices, n − 16.344). Another in four dimensions has fifteen vertices, the edges of a 5-cell and the opposites of its corners, and loses n − 35/4. But for the rotations and one flat direction for each further feature every curvature is positive.",
  properties: {
    "the loss is n − 4m/(1 + c), c = m − (m − 1)(m + 2)²/(m² + 4m − 2), and there is no gradient": fc.property(
      shapes,
      ({ m, extra }) => {
        const columns = shape({ m, extra });
        const c = m - ((m - 1) * (m + 2) ** 2) / (m * m + 4 * m - 2);
        return close(summedLossAt(columns), 4 * m + extra - (4 * m) / (1 + c)) && noGradient(columns);
      },
    ),
    "with any part q of the squared length in the simplex, c(q) = m − 2(m + 2)q + (m² + 4m − 2)q²/(m − 1)": fc.property(
      integers(3, 8),
      integers(1, 99),
      (m, place) => {
        // From ½ to (m − 1)/m the same inner products are positive.
        const q = 0.5 + (place / 100) * ((m - 1) / m - 0.5);
        const c = m - 2 * (m + 2) * q + ((m * m + 4 * m - 2) * q * q) / (m - 1);
        return close(bestNorms(simplexSquare(m, q)).recovered, (4 * m) / (1 + c));
      },
    ),
    "that is n − 114/13, n − 80/7 and n − 430/31, with squared norms 19/26, 5/7 and 43/62": () =>
      (
        [
          [3, 114 / 13, 19 / 26],
          [4, 80 / 7, 5 / 7],
          [5, 430 / 31, 43 / 62],
        ] as const
      ).every(([m, recovered, squaredNorm]) => {
        const best = bestNorms(simplexSquare(m));
        return close(best.recovered, recovered) && best.squaredNorms.every((s) => close(s, squaredNorm));
      }),
    "d = 4: every vertex meets the others at 1/19, 4/19 (2), 5/19 (4), −10/19 (2), −14/19 (2)": () =>
      products(simplexSquare(3), 19) === "-14: 2, -10: 2, 1: 1, 4: 2, 5: 4",
    "d = 5, the 5-demicube: at 1/5 (10) and −3/5 (5)": () => products(simplexSquare(4), 5) === "-3: 5, 1: 10",
    "d = 6: at 13/43, 8/43 (4), 7/43 (8), −22/43 (4), −28/43 (2)": () =>
      products(simplexSquare(5), 43) === "-28: 2, -22: 4, 7: 8, 8: 4, 13: 1",
    "d(d − 1)/2 rotations, a flat direction for each further feature, every other curvature positive": () =>
      [3, 4, 5].every((m) =>
        [0, 2].every((extra) => {
          const { symmetry, flat, negative } = classes(shape({ m, extra }));
          return symmetry === ((m + 1) * m) / 2 && flat === extra && negative === 0;
        }),
      ),
    "beside them no short column grows, in any direction": fc.property(
      integers(3, 5),
      fc.array(integers(-50, 50), { minLength: 6, maxLength: 6 }).filter((x) => Math.hypot(...x.slice(0, 4)) > 1),
      (m, x) => {
        const short = x.slice(0, m + 1).map((z) => (1e-5 * z) / Math.hypot(...x.slice(0, m + 1)));
        return growthRates(withColumns([...shape({ m, extra: 0 }), short])).at(-1)! < 1e-6;
      },
    ),
    "they recover more than any orthogonal sum of best shapes in fewer dimensions": () =>
      [4, 5, 6].every((d) => gains[d]! > orthogonalSum(d)),
    "d = 4, fifteen vertices of squared norms 3/4 (10) and 1/4 (5): no gradient, loss n − 35/4": () => {
      const columns = featuresOn(fiveCellEdges(), 15);
      const norms = bestNorms(fiveCellEdges()).squaredNorms;
      return (
        noGradient(columns) &&
        close(summedLossAt(columns), 15 - 35 / 4) &&
        norms.every((s, k) => close(s, k < 10 ? 3 / 4 : 1 / 4))
      );
    },
  },
  nearMiss: {
    "with the part q a hundredth larger there is no gradient": fc.property(integers(3, 5), (m) =>
      noGradient(featuresOn(simplexSquare(m, simplexSquareOptimum(m).simplexShare + 0.01), 4 * m)),
    ),
    "with all simplices upright there is no gradient": fc.property(integers(3, 5), (m) => {
      const upright = simplexSquare(m).map((v, k) =>
        Math.floor(k / m) % 2 === 0 ? v : v.map((x, i) => (i < 2 ? x : -x)),
      );
      return noGradient(featuresOn(upright, 4 * m));
    }),
    "the loss is n − 4m/(1 + c) with c = m − (m − 1)(m + 1)²/(m² + 4m − 2)": fc.property(shapes, ({ m, extra }) => {
      const c = m - ((m - 1) * (m + 1) ** 2) / (m * m + 4 * m - 2);
      return close(summedLossAt(shape({ m, extra })), 4 * m + extra - (4 * m) / (1 + c));
    }),
  },
  figure: () => [
    ...[3, 4, 5].map((m) =>
      charts.heatMap({
        caption: `d = ${m + 1}: ${4 * m} vertices, loss n − ${simplexSquareOptimum(m).recovered.toFixed(4)}`,
        matrix: featuresOn(simplexSquare(m), 4 * m).map((a, _, all) => all.map((b) => geometry.dot(a, b))),
        label: "wᵢ · wⱼ",
      }),
    ),
    gainByDimension(),
  ],
});

function gainByDimension() {
  const places = [2, 3, 4, 5, 6];
  return charts.series({
    caption: "loss recovered a dimension",
    x: "hidden dimensions d",
    y: "(n − L)/d",
    width: 360,
    height: 300,
    series: [{ label: "best shape known here", points: places.map((d) => ({ x: d, y: gains[d]! / d })) }],
    references: [{ label: "orthogonal axes, both ways", at: () => 2 }],
  });
}
