import fc from "fast-check";
import { charts, exactClaim, geometry, solutions } from "../../src/index.ts";
import { close, indices } from "../helpers.ts";
import { type Columns, columnGradient, embeddings, summedGradient, summedLossAt, withColumns } from "./algebra.ts";

/** Tied, no bias, one-hot data: the loss in terms of the columns (T8), and why five directions are best (T9). */

/** Σᵢ(1 − ‖wᵢ‖²)² and, summed over all j ≠ i, what the overlap wᵢ·wⱼ costs. */
const columnLoss = (w: Columns, cost = (overlap: number) => Math.max(0, overlap) ** 2) =>
  w
    .flatMap((wi, i) => w.map((wj, j) => (i === j ? (1 - geometry.dot(wi, wi)) ** 2 : cost(geometry.dot(wi, wj)))))
    .reduce((a, b) => a + b);

exactClaim("T8 the one-hot loss in terms of the columns", {
  row: "T8",
  role: "as printed",
  claim: "The summed one-hot loss of a tied ReLU model is Σᵢ(1 − ‖wᵢ‖²)² + Σ_{j≠i} ReLU(wᵢ·wⱼ)².",
  properties: {
    "the summed loss is that sum, for any embedding": fc.property(embeddings, (w) =>
      close(summedLossAt(w), columnLoss(w)),
    ),
    "its derivative by wᵢ is −4(1 − ‖wᵢ‖²)wᵢ + 4 Σ_{j≠i} ReLU(wᵢ·wⱼ)wⱼ": fc.property(embeddings, (w) => {
      const expected = columnGradient(w).flat();
      return summedGradient(withColumns(w))
        .flat()
        .every((g, i) => close(g, expected[i]!));
    }),
  },
  nearMiss: {
    "without the ReLU": fc.property(embeddings, (w) =>
      close(
        summedLossAt(w),
        columnLoss(w, (overlap) => overlap ** 2),
      ),
    ),
  },
});

/** The printed sum S(k) = Σ cos²(2πr/k) over |r| ≤ ⌊k/4⌋. */
function printedSum(k: number): number {
  const reach = Math.floor(k / 4);
  return indices(2 * reach + 1).reduce((sum, i) => sum + Math.cos((2 * Math.PI * (i - reach)) / k) ** 2, 0);
}

/** What k unit directions recover of the loss n: k(2 − S(k)). */
const unitRecovered = (k: number) => k * (2 - printedSum(k));

const upTo = (most: number) => fc.integer({ min: 1, max: most });

/** That a quantity is larger at one number of directions than at any other up to 400. */
const largestAt = (best: number, of: (k: number) => number) =>
  fc.property(
    upTo(400).filter((k) => k !== best),
    (k) => of(best) > of(k),
  );

exactClaim("T9 the printed sum is least at five directions", {
  row: "T9",
  role: "as printed",
  claim:
    "The sum printed for the loss of k evenly spread unit directions, Σ cos²(2πr/k) over |r| ≤ ⌊k/4⌋, is least at k = 5.",
  operationalisation:
    "As printed. The sum is 1 for every k up to 4 and about 1.19 at 5. It counts what one direction costs and leaves out what each direction gains.",
  properties: { "it is smaller at 5 than anywhere else": largestAt(5, (k) => -printedSum(k)) },
  nearMiss: { "it is smaller at 6 than anywhere else": largestAt(6, (k) => -printedSum(k)) },
});

exactClaim("T9b the exact loss is least at five directions", {
  row: "T9",
  role: "repaired",
  claim:
    "With n features of which k are learned, the summed loss of k evenly spread unit directions is n − k(2 − S(k)), S being the printed sum; this is least at k = 5, and so is the loss n − k/(1 + c_k) with the norms left free.",
  operationalisation:
    "A direction costs S(k) − 1 in interference and saves the 1 that an unlearned feature costs. c_k = Σ_{r≠0} ReLU(cos 2πr/k)².",
  properties: {
    "unit directions: the loss is n − k(2 − S(k))": fc.property(upTo(24), (k) =>
      close(summedLossAt(geometry.polygon(k)), k - unitRecovered(k)),
    ),
    "unit directions: it is least at 5": largestAt(5, unitRecovered),
    "free norms: the loss is n − k/(1 + c_k)": fc.property(upTo(24), (k) => {
      const radius = Math.sqrt(solutions.polygonSquaredNorm(k));
      return close(summedLossAt(geometry.polygon(k, radius)), k - solutions.polygonRecovered(k));
    }),
    "free norms: it is least at 5": largestAt(5, solutions.polygonRecovered),
  },
  nearMiss: {
    "unit directions: it is least at 4": largestAt(4, unitRecovered),
    "free norms: it is least at 6": largestAt(6, solutions.polygonRecovered),
  },
  figure: () => {
    const from2To = (most: number, recovered: (k: number) => number) =>
      indices(most - 1).map((i) => ({ x: i + 2, y: recovered(i + 2) }));
    return charts.series({
      x: "directions k",
      y: "n − loss",
      series: [
        { label: "norms left free: k/(1 + c_k)", points: from2To(15, solutions.polygonRecovered) },
        { label: "unit norms: k(2 − S(k))", points: from2To(8, unitRecovered) },
      ],
    });
  },
});
