import { checkPoints, norm, type Point, radius, squaredDistance } from "../vector.ts";
import { apply, between, framesOf, handedness, type Isometry, mirrored, procrustes, widestFrame } from "./isometry.ts";

/** Root mean square miss allowed, relative to the largest norm. */
const tolerance = 0.01;

/**
 * The symmetry group of a set of vectors of ℝ² or ℝ³ about the origin: isometries under which every vector lands on
 * another, or itself, of the set. `order` counts them, Infinity for points on one axis, and `rotations` those that keep
 * the hand; `name` is the Schoenflies symbol in ℝ³ ("D3h"), C_k or D_k in ℝ² ("D5"), "order N" where N fits none.
 *
 * @param points with their norms: a pentagon with one longer arm has the symmetry of that arm only
 */
export function symmetryGroup(points: readonly Point[]) {
  checkPoints(points, [2, 3]);
  const isometries = symmetries(points, tolerance * radius(points));
  if (!isometries) return { order: Number.POSITIVE_INFINITY, rotations: Number.POSITIVE_INFINITY, name: "axial" };
  const rotations = isometries.filter((isometry) => handedness(isometry) === 1);
  const name = points[0]!.length === 2 ? planarName(isometries, rotations) : spatialName(isometries, rotations);
  return {
    order: isometries.length,
    rotations: rotations.length,
    name: name ?? `order ${isometries.length}`,
  };
}

/** All symmetries, found as the maps of one well-conditioned frame of the points to all others. */
function symmetries(points: readonly Point[], miss: number): Isometry[] | undefined {
  const base = widestFrame(points);
  if (!base) return undefined;
  const found: Isometry[] = [];
  for (const { first, second, axes } of framesOf(points)) {
    // Loose by a factor, since the frames inherit the errors of two points only; procrustes then averages them.
    const near = (a: Point, b: Point) => squaredDistance(a, b) <= (4 * miss) ** 2;
    if (Math.abs(norm(points[first]!) - norm(points[base.first]!)) > 4 * miss) continue;
    for (const to of [axes, mirrored(axes)]) {
      const guess = between(base.axes, to);
      if (!near(apply(guess, points[base.second]!), points[second]!)) continue;
      const images = landings(points, guess, near);
      if (!images) continue;
      const best = procrustes(points, images, handedness(guess));
      const total = points.reduce((sum, p, i) => sum + squaredDistance(apply(best, p), images[i]!), 0);
      if (Math.sqrt(total / points.length) > miss) continue;
      if (!found.some((other) => other.every((row, i) => squaredDistance(row, best[i]!) < 1e-4))) found.push(best);
    }
  }
  return found;
}

/** Where each point lands, every point of the set being used once; undefined where one lands nowhere. */
function landings(
  points: readonly Point[],
  isometry: Isometry,
  near: (a: Point, b: Point) => boolean,
): Point[] | undefined {
  const free = new Set(points);
  const images: Point[] = [];
  for (const point of points) {
    const image = apply(isometry, point);
    let landing: Point | undefined;
    for (const other of free)
      if (near(image, other) && (!landing || squaredDistance(image, other) < squaredDistance(image, landing)))
        landing = other;
    if (!landing) return undefined;
    free.delete(landing);
    images.push(landing);
  }
  return images;
}

function planarName(all: readonly Isometry[], rotations: readonly Isometry[]): string | undefined {
  if (all.length === rotations.length) return `C${all.length}`;
  return all.length === 2 * rotations.length ? `D${rotations.length}` : undefined;
}

/** Schoenflies symbol from the numbers of rotations and of mirrors and the order of the principal axis. */
function spatialName(all: readonly Isometry[], rotations: readonly Isometry[]): string | undefined {
  const trace = (isometry: Isometry) => isometry.reduce((sum, row, i) => sum + row[i]!, 0);
  const order = rotations.length;
  const angles = rotations.map((r) => Math.acos(Math.min(1, Math.max(-1, (trace(r) - 1) / 2))));
  const n = Math.max(1, ...angles.filter((angle) => angle > 0.01).map((angle) => Math.round((2 * Math.PI) / angle)));
  const mirrors = all.filter((s) => handedness(s) === -1 && trace(s) > 0.99).length;
  if (all.length !== order && all.length !== 2 * order) return undefined;
  const chiral = all.length === order;
  if (order === 60 && n === 5) return chiral ? "I" : "Ih";
  if (order === 24 && n === 4) return chiral ? "O" : "Oh";
  if (order === 12 && n === 3) return chiral ? "T" : mirrors === 6 ? "Td" : "Th";
  if (order === 2 * n) return chiral ? `D${n}` : mirrors === n + 1 ? `D${n}h` : `D${n}d`;
  if (order !== n) return undefined;
  if (chiral) return `C${n}`;
  if (n === 1) return mirrors === 1 ? "Cs" : "Ci";
  return mirrors === n ? `C${n}v` : mirrors === 1 ? `C${n}h` : `S${2 * n}`;
}
