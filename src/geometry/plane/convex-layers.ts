import { fail } from "../../util/check.ts";
import { checkPoints, type Point, subtract } from "../vector.ts";

/**
 * The convex layers of points in the plane ("onion peeling": B. Chazelle, "On the convex layers of a planar set", IEEE
 * Trans. Inf. Theory 31, 1985): the corners of the hull, then of the hull of what is left, and so on. Indices ascending,
 * outermost layer first. A point on an edge but no corner is left for a layer further in.
 */
export function convexLayers(points: readonly Point[]): number[][] {
  checkPoints(points, [2]);
  const layers: number[][] = [];
  let left = points.map((_, i) => i);
  while (left.length > 0) {
    const corners = new Set(hull(points, left));
    layers.push(left.filter((i) => corners.has(i)));
    left = left.filter((i) => !corners.has(i));
  }
  return layers;
}

/** Andrew's monotone chain over indices: the corners, the first and the last of them twice. */
function hull(points: readonly Point[], among: readonly number[]): number[] {
  const sorted = [...among].sort(
    (i, j) => points[i]![0]! - points[j]![0]! || points[i]![1]! - points[j]![1]!,
  );
  const chain = (order: readonly number[]) => {
    const kept: number[] = [];
    for (const i of order) {
      while (kept.length > 1 && turn(points, kept.at(-2)!, kept.at(-1)!, i) <= 0) kept.pop();
      kept.push(i);
    }
    return kept;
  };
  return [...chain(sorted), ...chain(sorted.toReversed())];
}

function turn(points: readonly Point[], a: number, b: number, c: number): number {
  const [ux, uy] = subtract(points[b]!, points[a]!);
  const [vx, vy] = subtract(points[c]!, points[a]!);
  return ux! * vy! - uy! * vx!;
}

export interface Circle {
  readonly centre: readonly [number, number];
  readonly radius: number;
}

/**
 * The circle x² + y² = 2ax + 2by + c fitted by linear least squares (I. Kåsa, "A circle fitting procedure and its error
 * analysis", IEEE Trans. Instrum. Meas. 25, 1976), about the centroid. Throws InputError on points of one line.
 */
export function fitCircle(points: readonly Point[]): Circle {
  checkPoints(points, [2]);
  const n = points.length;
  const mean = [0, 1].map((k) => points.reduce((sum, p) => sum + p[k]!, 0) / n);
  let [xx, xy, yy, xz, yz, z] = [0, 0, 0, 0, 0, 0];
  for (const point of points) {
    const [x, y] = subtract(point, mean) as [number, number];
    const square = x * x + y * y;
    xx += x * x;
    xy += x * y;
    yy += y * y;
    xz += x * square;
    yz += y * square;
    z += square;
  }
  const determinant = xx * yy - xy * xy;
  if (!(determinant > 1e-12 * z * z))
    fail("points of a circle", points, "three or more that are not in line");
  const a = (xz * yy - yz * xy) / (2 * determinant);
  const b = (yz * xx - xz * xy) / (2 * determinant);
  return { centre: [mean[0]! + a, mean[1]! + b], radius: Math.sqrt(a * a + b * b + z / n) };
}

export interface Rings {
  /** Convex layers, outermost first. */
  readonly layers: readonly (readonly number[])[];
  /** Of the circle fitted through the outermost layer. */
  readonly centre: readonly [number, number];
  /** Mean distance of each layer's points from the centre, over that of the outermost layer. */
  readonly radii: readonly number[];
  /** The largest standard deviation of these distances within a layer, in the same unit: 0 for concentric circles. */
  readonly waviness: number;
  /** The least difference between the radii of consecutive layers; Infinity for a single one. */
  readonly step: number;
}

/** How far the convex layers of points in the plane are from concentric circles. */
export function concentricRings(points: readonly Point[]): Rings {
  const layers = convexLayers(points);
  const { centre } = fitCircle(layers[0]!.map((i) => points[i]!));
  const distances = points.map((p) => Math.hypot(p[0]! - centre[0], p[1]! - centre[1]));
  const means = layers.map((layer) => layer.reduce((sum, i) => sum + distances[i]!, 0) / layer.length);
  const deviations = layers.map((layer, l) =>
    Math.sqrt(layer.reduce((sum, i) => sum + (distances[i]! - means[l]!) ** 2, 0) / layer.length),
  );
  const radii = means.map((mean) => mean / means[0]!);
  return {
    layers,
    centre,
    radii,
    waviness: Math.max(...deviations) / means[0]!,
    step: Math.min(...radii.slice(1).map((radius, l) => radii[l]! - radius)),
  };
}
