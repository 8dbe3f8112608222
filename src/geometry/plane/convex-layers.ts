import { fail } from "../../util/check.ts";
import { indices, mean } from "../../util/numbers.ts";
import { centroid, checkPoints, type Point, subtract } from "../vector.ts";

/**
 * The convex layers of points in the plane ("onion peeling": B. Chazelle, "On the convex layers of a planar set", IEEE
 * Trans. Inf. Theory 31, 1985): the corners of the hull, then of the hull of what is left, and so on. Indices ascending,
 * outermost layer first. A point on an edge but no corner is left for a layer further in.
 */
function convexLayers(points: readonly Point[]): number[][] {
  checkPoints(points, [2]);
  const layers: number[][] = [];
  let left = indices(points.length);
  while (left.length > 0) {
    const corners = new Set(convexHull(points, left));
    layers.push(left.filter((i) => corners.has(i)));
    left = left.filter((i) => !corners.has(i));
  }
  return layers;
}

/** The corners of the convex hull, counter-clockwise from the leftmost (Andrew's monotone chain), as indices. */
export function convexHull(points: readonly Point[], among = indices(points.length)): number[] {
  const sorted = [...among].sort((i, j) => points[i]![0]! - points[j]![0]! || points[i]![1]! - points[j]![1]!);
  const chain = (order: readonly number[]) => {
    const kept: number[] = [];
    for (const i of order) {
      while (kept.length > 1 && turn(points, kept.at(-2)!, kept.at(-1)!, i) <= 0) kept.pop();
      kept.push(i);
    }
    return kept;
  };
  return [...new Set([...chain(sorted), ...chain(sorted.toReversed())])];
}

function turn(points: readonly Point[], a: number, b: number, c: number): number {
  const [ux, uy] = subtract(points[b]!, points[a]!);
  const [vx, vy] = subtract(points[c]!, points[a]!);
  return ux! * vy! - uy! * vx!;
}

/**
 * The centre of the circle x² + y² = 2ax + 2by + c fitted by linear least squares (I. Kåsa, "A circle fitting procedure and
 * its error analysis", IEEE Trans. Instrum. Meas. 25, 1976), about the centroid. Throws InputError on points of one line.
 */
function centreOfCircle(points: readonly Point[]): readonly [number, number] {
  const mean = centroid(points);
  let [xx, xy, yy, xz, yz] = [0, 0, 0, 0, 0];
  for (const point of points) {
    const [x, y] = subtract(point, mean) as [number, number];
    const square = x * x + y * y;
    xx += x * x;
    xy += x * y;
    yy += y * y;
    xz += x * square;
    yz += y * square;
  }
  const determinant = xx * yy - xy * xy;
  if (!(determinant > 1e-12 * (xx + yy) ** 2)) fail("points of a circle", points, "three or more that are not in line");
  const a = (xz * yy - yz * xy) / (2 * determinant);
  const b = (yz * xx - xz * xy) / (2 * determinant);
  return [mean[0]! + a, mean[1]! + b];
}

/**
 * How far the convex layers of points in the plane are from concentric circles, by the distances of their points from the
 * centre of the circle fitted through the outermost one, in units of that layer's mean distance.
 */
export function concentricRings(points: readonly Point[]) {
  const layers = convexLayers(points);
  const centre = centreOfCircle(layers[0]!.map((i) => points[i]!));
  const distances = layers.map((layer) =>
    layer.map((i) => Math.hypot(points[i]![0]! - centre[0], points[i]![1]! - centre[1])),
  );
  const means = distances.map(mean);
  const deviations = distances.map((layer, l) => Math.sqrt(mean(layer.map((d) => (d - means[l]!) ** 2))));
  const radii = means.map((each) => each / means[0]!);
  return {
    /** Convex layers, outermost first. */
    layers,
    centre,
    /** The largest standard deviation within a layer: 0 for concentric circles. */
    waviness: Math.max(...deviations) / means[0]!,
    /** The least difference between the mean distances of consecutive layers; Infinity for a single one. */
    step: Math.min(...radii.slice(1).map((radius, l) => radii[l]! - radius)),
  };
}
