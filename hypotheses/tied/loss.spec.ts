import fc from "fast-check";
import { charts, exactClaim, geometry, solutions } from "../../src/index.ts";
import { close, indices, integers } from "../helpers.ts";
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

const byRemainder = (remainder: number) => integers(1, 100).map((m) => 4 * m + remainder);
/** (1/cos(π/k) − 1)/(4k): by how much S(k)/k differs from ¼ at odd k. */
const offQuarter = (k: number, angle = Math.PI / k) => (1 / Math.cos(angle) - 1) / (4 * k);

exactClaim("T9d why five: the printed sum a direction", {
  row: "T9",
  role: "repaired",
  claim:
    "All n features learned, with norm 1 and spread evenly over k directions, the summed loss is n(n S(k)/k − 1), S being the printed sum. S(k)/k is ¼ at every even k from 4 on, above ¼ at k = 3, 7, 11, … and below it only at k = 5, 9, 13, …, by (1/cos(π/k) − 1)/(4k), which is most at 5. The loss with the norms left free is n − k/S(k), so that it is least at five directions, too.",
  operationalisation:
    "This is why the printed sum contains r = 0: n/k features share each direction, and each of them meets n/k in its own direction and as many in every other. S(5)/5 = 0.2382; the next best is S(9)/9 = 0.2482. k divides n.",
  properties: {
    "n unit features on k even directions: the loss is n(n S(k)/k − 1)": fc.property(
      upTo(15),
      integers(1, 3),
      (k, each) => {
        const n = k * each;
        const features = indices(n).map((i) => geometry.polygon(k)[i % k]!);
        return close(summedLossAt(features), n * ((n * printedSum(k)) / k - 1));
      },
    ),
    "S(k)/k = ¼ for k = 4, 6, 8, …": fc.property(integers(2, 200), (half) =>
      close(printedSum(2 * half) / (2 * half), 1 / 4),
    ),
    "S(k)/k = ¼ − (1/cos(π/k) − 1)/(4k) for k = 5, 9, 13, …": fc.property(byRemainder(1), (k) =>
      close(printedSum(k) / k, 1 / 4 - offQuarter(k)),
    ),
    "S(k)/k = ¼ + (1/cos(π/k) − 1)/(4k) for k = 3, 7, 11, …": fc.property(
      fc.oneof(fc.constant(3), byRemainder(3)),
      (k) => close(printedSum(k) / k, 1 / 4 + offQuarter(k)),
    ),
    "so S(k)/k is least at 5": largestAt(5, (k) => -printedSum(k) / k),
    "with free norms the loss is n − k/S(k), so it is least there, too": fc.property(upTo(400), (k) =>
      close(solutions.polygonRecovered(k), k / printedSum(k)),
    ),
  },
  nearMiss: {
    "S(k)/k is least at 9": largestAt(9, (k) => -printedSum(k) / k),
    "S(k)/k = ¼ + (1/cos(π/k) − 1)/(4k) for k = 5, 9, 13, …": fc.property(byRemainder(1), (k) =>
      close(printedSum(k) / k, 1 / 4 + offQuarter(k)),
    ),
    "S(k)/k = ¼ − (1/cos(2π/k) − 1)/(4k) for k = 5, 9, 13, …": fc.property(byRemainder(1), (k) =>
      close(printedSum(k) / k, 1 / 4 - offQuarter(k, (2 * Math.PI) / k)),
    ),
    "the loss is n(n S(k)/k + 1)": fc.property(upTo(15), (k) =>
      close(summedLossAt(geometry.polygon(k)), k * (printedSum(k) + 1)),
    ),
  },
  figure: () =>
    charts.series({
      x: "directions k",
      y: "S(k)/k",
      series: [{ label: "S(k)/k", points: indices(23).map((i) => ({ x: i + 3, y: printedSum(i + 3) / (i + 3) })) }],
      references: [{ label: "¼", at: () => 1 / 4 }],
    }),
});
