import fc from "fast-check";
import { exactClaim, geometry, statistics } from "../../src/index.ts";
import { close, hundredths, indices } from "../helpers.ts";
import {
  curve,
  overDimensions,
  type Polytope,
  standardErrorsOff,
  type TegumProduct,
  tegumProduct,
  tegumProducts,
  vertices,
} from "./setup.ts";

/** How many features a tegum product holds: copies of one polytope in orthogonal blocks of dimensions (J3). */

/** Orthogonal copies that fit, ⌊d/m⌋, of k features each. */
function capacity(name: Polytope, d: number): number {
  const { k, m } = tegumProduct(name, 1);
  return Math.floor(d / m) * k;
}

/** So many uniform directions keep the largest |cos| below ε with a positive probability. */
const boundedCount = (epsilon: number, d: number) => (1 - epsilon ** 2) ** (-(d - 1) / 4);

/** The vectors of a tegum product, copy by copy. */
function blocksOf({ name, copies, k }: TegumProduct) {
  const all = geometry.tegum(vertices(name), copies);
  return indices(copies).map((b) => all.slice(b * k, (b + 1) * k));
}

/** A polytope along random axes. Any copy spans m dimensions that are all taken; random ones stand for all. */
function turned({ name, m, d }: TegumProduct, seed: number) {
  const axes = statistics.sphereSample(m, d, seed);
  return vertices(name).map((v) => axes[0]!.map((_, row) => v.reduce((sum, x, i) => sum + x * axes[i]![row]!, 0)));
}

exactClaim("J3 a tegum product fits only linearly many features", {
  row: "J3",
  role: "as printed",
  claim:
    "A tegum product of copies of one polytope holds a number of features linear in d (k/m · d), whereas any number of uniform directions has the same mean interference.",
  operationalisation:
    "Orthogonal blocks of m dimensions each need m · copies ≤ d. That so many uniform directions keep even the largest interference below ε is the union bound over pairs: ½N²P(|cos| > ε) < 1 for N = (1 − ε²)^{−(d−1)/4}, exponential in d. With polytopes that grow with d the linear bound does not hold, as the note says.",
  properties: {
    "(k/m)d features in multiples of m dimensions: twice the dimensions, twice the features": fc.property(
      tegumProducts(1000),
      ({ name, k, m, d }) => m * capacity(name, d) === k * d && capacity(name, 2 * d) === 2 * capacity(name, d),
    ),
    "the blocks that fit are orthogonal, and a further copy overlaps with one of them wherever it is put": fc.property(
      tegumProducts(4),
      fc.integer({ min: 0, max: 1000 }),
      (product, seed) => {
        const blocks = blocksOf(product);
        const withFurther = [...blocks, turned(product, seed)];
        return geometry.betweenBlocks(blocks) === 0 && geometry.betweenBlocks(withFurther) > 1e-3;
      },
    ),
    "uniform directions: the mean does not depend on their number": () =>
      [20, 80, 320].every((count) => standardErrorsOff(count, 40) < 4),
    "the tail P(|cos| > ε) is (2/π) arccos ε in two dimensions and 1 − ε in three": fc.property(
      hundredths(0, 100),
      (epsilon) =>
        close(statistics.cosineTail(2, epsilon), (2 / Math.PI) * Math.acos(epsilon)) &&
        close(statistics.cosineTail(3, epsilon), 1 - epsilon),
    ),
    "at ε = ½ exponentially many fit: ½N²P(|cos| > ½) < 1 for N = (3/4)^{−(d−1)/4}, more than 5d/2 from d = 100 on":
      fc.property(fc.integer({ min: 100, max: 2000 }), (d) => {
        const count = boundedCount(0.5, d);
        return 0.5 * count ** 2 * statistics.cosineTail(d, 0.5) < 1 && count > 2.5 * d;
      }),
  },
  nearMiss: {
    "more than linear: pentagons hold at least d^1.2 features": fc.property(
      fc.integer({ min: 2, max: 10_000 }),
      (d) => capacity("pentagon", d) >= d ** 1.2,
    ),
    "at ε = 0.1 the same bound already gives 5d/2 directions at d = 100": () => boundedCount(0.1, 100) > 250,
  },
  figure: () =>
    overDimensions({
      y: "features",
      series: (["pentagon", "segment", "tetrahedron"] as const).map((name) =>
        curve(`${name}s`, [12, 24, 60, 120, 240], (d) => capacity(name, d)),
      ),
      references: [{ label: "(3/4)^{−(d−1)/4}: all |cos| below ½", at: (d) => boundedCount(0.5, d) }],
    }),
});
