import { fail, wholeNumber } from "../../util/check.ts";

/**
 * Exact solutions of the tied ReLU model without biases on one-hot data.
 *
 * Let features share `directions` u_k (unit vectors), and let N_k be the sum of the squared norms of the features
 * in direction k. Features within a direction contribute Σ(1 − aᵢ²)² + Σ_{i≠j} aᵢ²aⱼ² = m − 2N + N², so that the summed
 * loss depends on the N alone:
 *
 *   L = n − 2 Σ N_k + Σ_kl A_kl N_k N_l,   A_kl = ReLU(u_k · u_l)²,
 *
 * which is least at A N = 1, where L = n − Σ N_k. `n − L` is called the recovered loss below: what the model
 * gains over one that outputs nothing.
 */

/** c_k = Σ_{r=1}^{k−1} ReLU(cos 2πr/k)²: the interference that one corner of a regular k-gon receives from the others. */
function polygonInterference(k: number): number {
  wholeNumber("number of corners", k, 1);
  let sum = 0;
  for (let r = 1; r < k; r++) {
    // At a right angle the cosine is 0; rounding would leave 1e-17 there.
    const cosine = 4 * r === k || 4 * r === 3 * k ? 0 : Math.cos((2 * Math.PI * r) / k);
    if (cosine > 0) sum += cosine * cosine;
  }
  return sum;
}

/** Squared norm of each direction of the best regular k-gon: N = 1/(1 + c_k). */
export function polygonSquaredNorm(k: number): number {
  return 1 / (1 + polygonInterference(k));
}

/** Recovered loss of the best regular k-gon: k/(1 + c_k). */
export function polygonRecovered(k: number): number {
  return k * polygonSquaredNorm(k);
}

/**
 * The best tricapped trigonal prism (symmetry D3h): six directions at latitude ±φ, three on the equator between them.
 * With x = cos²φ, same-triangle corners meet at 1 − 3x/2, opposite ones at 2x − 1, a cap and its four
 * neighbours at √x/2; solving A N = 1 gives a recovered loss of 3 + ¾ (2 − x)²/(4x² − 5x + 2), which is largest
 * at x = 6/11. There N = 11/14 for the prism's corners, 4/7 for the caps, and the recovered loss is 45/7.
 */
export const tricappedTrigonalPrismOptimum = {
  cosineSquared: 6 / 11,
  latitude: Math.acos(Math.sqrt(6 / 11)),
  prismSquaredNorm: 11 / 14,
  capSquaredNorm: 4 / 7,
  recovered: 45 / 7,
} as const;

/**
 * The best square antiprism. With t the squared sine of its latitude a corner meets the two beside it in its square at t,
 * and the two nearest of the other at (1 − t)/√2 − t: with β = 1 + 1/√2 both cost 2(t² + (1/√2 − βt)²), which is least at
 * t = β/(√2(1 + β²)) and then 1/(1 + β²). The recovered loss is 8(1 + β²)/(2 + β²) = 8(5 + 2√2)/(7 + 2√2).
 */
export const squareAntiprismOptimum = {
  latitude: Math.asin(Math.sqrt((1 + Math.SQRT1_2) / (Math.SQRT2 * (2.5 + Math.SQRT2)))),
  squaredNorm: (5 + 2 * Math.SQRT2) / (7 + 2 * Math.SQRT2),
  recovered: (8 * (5 + 2 * Math.SQRT2)) / (7 + 2 * Math.SQRT2),
} as const;

/**
 * An embedding [hidden × features] that puts `features` features on the given directions, as evenly as their number
 * allows, each direction's squared norm shared among its members in the proportions of `shares` (equal by default).
 */
export function shareDirections(
  directions: readonly (readonly number[])[],
  squaredNorms: readonly number[],
  features: number,
  shares: readonly number[] = new Array<number>(features).fill(1),
): number[][] {
  wholeNumber("features", features, directions.length);
  if (squaredNorms.length !== directions.length)
    fail("squared norms", squaredNorms, `${directions.length} numbers, one for each direction`);
  if (shares.length !== features) fail("shares", shares, `${features} numbers, one for each feature`);
  const k = directions.length;
  const totals = new Array<number>(k).fill(0);
  shares.forEach((share, i) => {
    totals[i % k] = totals[i % k]! + share;
  });
  const columns = shares.map((share, i) => {
    const norm = Math.sqrt((squaredNorms[i % k]! * share) / totals[i % k]!);
    return directions[i % k]!.map((x) => x * norm);
  });
  return directions[0]!.map((_, row) => columns.map((column) => column[row]!));
}
