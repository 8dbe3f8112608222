import { finite } from "../../util/check.ts";
import { checkPoints, norm, type Point } from "../vector.ts";

export interface PolygonShape {
  /** Number of vectors. */
  readonly k: number;
  /** Largest difference of the angle between consecutive vectors from 2π/k, in radians. */
  readonly angleError: number;
  /** (longest − shortest) / mean norm. */
  readonly normSpread: number;
  /** Three or more vectors with both errors within the tolerance. */
  readonly regular: boolean;
}

/**
 * How far vectors in the plane are from pointing at the corners of a regular polygon centred at the origin.
 *
 * @param points non-zero vectors of ℝ², one for each direction
 * @param tolerance bound on `angleError` (radians) and on `normSpread` (relative)
 */
export function regularPolygon(points: readonly Point[], tolerance = 0.01): PolygonShape {
  checkPoints(points, [2]);
  finite("tolerance", tolerance, 0);
  const k = points.length;
  if (k === 0) return { k, angleError: 0, normSpread: 0, regular: false };
  const angles = points.map(([x, y]) => Math.atan2(y!, x!)).sort((a, b) => a - b);
  const gaps = angles.map((angle, i) => (i + 1 < k ? angles[i + 1]! : angles[0]! + 2 * Math.PI) - angle);
  const angleError = Math.max(...gaps.map((gap) => Math.abs(gap - (2 * Math.PI) / k)));
  const norms = points.map(norm);
  const mean = norms.reduce((a, b) => a + b) / k;
  const normSpread = (Math.max(...norms) - Math.min(...norms)) / mean;
  return { k, angleError, normSpread, regular: k >= 3 && angleError <= tolerance && normSpread <= tolerance };
}
