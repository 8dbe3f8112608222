import { mean } from "../../util/numbers.ts";
import { checkPoints, norm, type Point } from "../vector.ts";

/** Bound on the error of angles, in radians, and on the relative spread of norms. */
const tolerance = 0.01;

/**
 * How far vectors in the plane are from pointing at the corners of a regular polygon centred at the origin: the largest
 * difference of the angle between consecutive vectors from 2π/k, in radians, and (longest − shortest) / mean norm.
 *
 * @param points k non-zero vectors of ℝ², one for each direction; regular polygons have three or more
 */
export function regularPolygon(points: readonly Point[]) {
  checkPoints(points, [2]);
  const k = points.length;
  if (k === 0) return { k, angleError: 0, normSpread: 0, regular: false };
  const angles = points.map(([x, y]) => Math.atan2(y!, x!)).sort((a, b) => a - b);
  const gaps = angles.map((angle, i) => (i + 1 < k ? angles[i + 1]! : angles[0]! + 2 * Math.PI) - angle);
  const angleError = Math.max(...gaps.map((gap) => Math.abs(gap - (2 * Math.PI) / k)));
  const norms = points.map(norm);
  const normSpread = (Math.max(...norms) - Math.min(...norms)) / mean(norms);
  return { k, angleError, normSpread, regular: k >= 3 && angleError <= tolerance && normSpread <= tolerance };
}
