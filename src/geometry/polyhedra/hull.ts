import quickHull from "quickhull3d/dist/quickhull3d.js";
import { finite } from "../../util/check.ts";
import { largestBy } from "../../util/numbers.ts";
import { add, checkPoints, cross, dot, norm, type Point, radius, scale, subtract } from "../vector.ts";

/** Indices of a face's corners in order, anticlockwise seen from outside, the smallest first. */
export type Face = readonly number[];

/** Distances from a plane below this fraction of the largest norm count as none. */
export const flatnessTolerance = 0.01;

/**
 * The faces of the convex hull of points of ℝ³, in lexicographic order. None where the points lie in a plane.
 *
 * Neighbouring triangles become one face when all their corners are within `tolerance` times the largest norm of
 * one plane: trained squares are never exactly flat. Flattest neighbours are joined first, so that the result
 * does not depend on how a face happened to be cut into triangles.
 */
export function hullFaces(points: readonly Point[], tolerance = flatnessTolerance): Face[] {
  checkPoints(points, [3]);
  finite("tolerance", tolerance, 0);
  const offset = tolerance * radius(points);
  if (inPlane(points, offset)) return [];
  const triangles = quickHull(points.map(([x, y, z]) => [x!, y!, z!]));
  const faces = dropStraightCorners(mergeFlat(triangles, points, offset));
  // A slab hardly thicker than the tolerance leaves two faces without edges between them.
  if (faces.some((face) => face.length < 3)) return [];
  // Faces of one hull share no directed edge, so that two of them differ in their first two corners.
  return faces.map(fromSmallest).sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!);
}

/** Whether all points are within `offset` of one plane, tried on the planes through three of the points. */
function inPlane(points: readonly Point[], offset: number): boolean {
  const [a] = points;
  if (!a) return true;
  const b = largestBy(points, (point) => norm(subtract(point, a)));
  const along = subtract(b, a);
  const c = largestBy(points, (point) => norm(cross(along, subtract(point, a))));
  const normal = cross(along, subtract(c, a));
  const area = norm(normal);
  return area === 0 || points.every((point) => Math.abs(dot(normal, subtract(point, a))) <= offset * area);
}

interface Patch {
  readonly triangles: readonly Face[];
  readonly boundary: Face;
}

/** Joins triangles across shared edges, flattest union first, as long as the union stays flat and a disc. */
function mergeFlat(triangles: readonly Face[], points: readonly Point[], offset: number): Face[] {
  let patches: Patch[] = triangles.map((triangle) => ({ triangles: [triangle], boundary: triangle }));
  for (;;) {
    let flattest: { a: Patch; b: Patch; boundary: Face; height: number } | undefined;
    for (const [a, b] of neighbours(patches)) {
      const height = thickness([...a.triangles, ...b.triangles], points);
      if (height > offset || (flattest && height >= flattest.height)) continue;
      const boundary = outline([...a.triangles, ...b.triangles]);
      if (boundary) flattest = { a, b, boundary, height };
    }
    if (!flattest) return patches.map((patch) => patch.boundary);
    const { a, b, boundary } = flattest;
    const joined = { triangles: [...a.triangles, ...b.triangles], boundary };
    patches = [...patches.filter((patch) => patch !== a && patch !== b), joined];
  }
}

/** Pairs of patches with a common boundary edge. */
function neighbours(patches: readonly Patch[]): [Patch, Patch][] {
  const owner = new Map<string, Patch>();
  for (const patch of patches) for (const [from, to] of sides(patch.boundary)) owner.set(`${from} ${to}`, patch);
  const pairs: [Patch, Patch][] = [];
  // A hull is closed: beyond every edge lies another patch.
  for (const patch of patches)
    for (const [from, to] of sides(patch.boundary)) if (from < to) pairs.push([patch, owner.get(`${to} ${from}`)!]);
  return pairs;
}

/** Extent of the triangles' corners along the triangles' mean normal (weighted by area). */
function thickness(triangles: readonly Face[], points: readonly Point[]): number {
  const normals = triangles.map(([a, b, c]) =>
    cross(subtract(points[b!]!, points[a!]!), subtract(points[c!]!, points[a!]!)),
  );
  const sum = normals.reduce<number[]>(add, [0, 0, 0]);
  const heights = triangles.flat().map((i) => dot(points[i]!, scale(sum, 1 / norm(sum))));
  return Math.max(...heights) - Math.min(...heights);
}

/** The boundary of a set of triangles, or undefined where it is not one simple cycle. */
function outline(triangles: readonly Face[]): Face | undefined {
  const directed = new Set(triangles.flatMap((triangle) => sides(triangle).map(([from, to]) => `${from} ${to}`)));
  const next = new Map<number, number>();
  for (const [from, to] of triangles.flatMap(sides)) {
    if (directed.has(`${to} ${from}`)) continue;
    // Not met on thousands of hulls, random, gridded and flat; but a boundary that crosses itself is walked for ever.
    if (next.has(from)) return undefined;
    next.set(from, to);
  }
  const [start] = next.keys();
  if (start === undefined) return undefined;
  const cycle = [start];
  for (let at = next.get(start)!; at !== start; at = next.get(at)!) cycle.push(at);
  return cycle.length === next.size ? cycle : undefined;
}

/** A point that belongs to two faces only lies on their common edge: it is no corner of either. */
function dropStraightCorners(faces: readonly Face[]): Face[] {
  const uses = new Map<number, number>();
  for (const corner of faces.flat()) uses.set(corner, (uses.get(corner) ?? 0) + 1);
  return faces.map((face) => face.filter((corner) => uses.get(corner)! > 2));
}

/** The directed edges of a face. */
export function sides(face: Face): [number, number][] {
  return face.map((corner, i) => [corner, face[(i + 1) % face.length]!]);
}

function fromSmallest(face: Face): Face {
  const start = face.indexOf(Math.min(...face));
  return [...face.slice(start), ...face.slice(0, start)];
}
