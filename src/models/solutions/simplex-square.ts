import { fail, finite, wholeNumber } from "../../util/check.ts";
import { indices } from "../../util/numbers.ts";

type Vector = readonly number[];

/**
 * Exact solutions of the tied ReLU model without biases beyond three dimensions.
 *
 * A regular simplex of m corners stands on each corner of a square, upside down on every other one: the 4m directions
 * (√p · square corner s, √q · (−1)ˢ simplex corner i), p + q = 1, in d = m + 1 dimensions. The inner products of one
 * with the others are p − q/(m−1) (same s, m − 1 of them), −q and q/(m−1) (neighbouring s; 2, and 2(m − 1)), q − p and
 * −p − q/(m−1) (opposite s; 1, and m − 1). The positive ones cost
 *
 *   c(q) = (m − 1)(1 − qm/(m−1))² + 2q²/(m−1) + (2q − 1)²
 *
 * which is least at q = (m − 1)(m + 2)/(m² + 4m − 2), where c = m − (m − 1)(m + 2)²/(m² + 4m − 2). All squared norms are
 * 1/(1 + c), and the recovered loss (`constructions.ts`) is 4m/(1 + c): 114/13 for m = 3, 80/7 for m = 4, where the
 * directions are the corners of a 5-demicube, and 430/31 for m = 5.
 */
export function simplexSquareOptimum(corners: number) {
  wholeNumber("corners of the simplex", corners, 3);
  const m = corners;
  const d = m * m + 4 * m - 2;
  const cost = m - ((m - 1) * (m + 2) ** 2) / d;
  return {
    /** q: the part of each squared length that lies in the simplex's dimensions. */
    simplexShare: ((m - 1) * (m + 2)) / d,
    squaredNorm: 1 / (1 + cost),
    recovered: (4 * m) / (1 + cost),
  };
}

/** The 4m unit directions [4m] of m + 1 numbers; the best share q unless given. */
export function simplexSquare(corners: number, simplexShare = simplexSquareOptimum(corners).simplexShare): Vector[] {
  finite("simplex share", simplexShare, 0);
  if (simplexShare > 1) fail("simplex share", simplexShare, "at most 1");
  const [across, along] = [Math.sqrt(1 - simplexShare), Math.sqrt(simplexShare)];
  const square = [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ];
  return square.flatMap((corner, s) =>
    simplex(corners).map((v) => [
      ...corner.map((x) => across * x),
      ...v.map((x) => (s % 2 === 0 ? along : -along) * x),
    ]),
  );
}

/**
 * Fifteen unit directions of ℝ⁴: the midpoints of the ten edges of a regular 5-cell, then the opposites of its five
 * corners. The best squared norms are 3/4 and 1/4, and the recovered loss is 35/4.
 */
export function fiveCellEdges(): Vector[] {
  const corners = simplex(5);
  // ‖a + b‖² = 2 + 2(−1/4).
  const edges = corners.flatMap((a, i) =>
    corners.slice(0, i).map((b) => a.map((x, k) => (x + b[k]!) / Math.sqrt(1.5))),
  );
  return [...edges, ...corners.map((corner) => corner.map((x) => -x))];
}

/** m unit vectors of ℝ^{m−1}, any two with the inner product −1/(m − 1). */
function simplex(m: number): Vector[] {
  const vectors = indices(m).map(() => new Array<number>(m - 1).fill(0));
  for (let k = 0; k < m - 1; k++) {
    // Coordinate k of corner k takes what is left of its length; all later corners share the opposite of it.
    const own = Math.sqrt(1 - vectors[k]!.reduce((total, x) => total + x * x, 0));
    vectors[k]![k] = own;
    for (let j = k + 1; j < m; j++) vectors[j]![k] = -own / (m - 1 - k);
  }
  return vectors;
}
