import type { Point } from "../vector.ts";
import { type Face, flatnessTolerance, hullFaces, sides } from "./hull.ts";
import { nameOf } from "./named.ts";

export interface Polyhedron {
  /** From the table of named polyhedra, or in the form "9 vertices: 14 faces (3^14), degrees 4^3 5^6". */
  readonly name: string;
  /** Indices of the points that are corners of the hull, ascending. */
  readonly vertices: readonly number[];
  /** Indices of the other points: within the hull, or no corner of it at the tolerance. */
  readonly inside: readonly number[];
  /** Cycles of point indices, anticlockwise seen from outside. Empty where the points lie in a plane. */
  readonly faces: readonly Face[];
  /** Pairs of point indices, the smaller first. */
  readonly edges: readonly (readonly [number, number])[];
  /** Number of edges at each of `vertices`. */
  readonly degrees: readonly number[];
}

/**
 * The convex hull of vectors of ℝ³ and its combinatorial type. Pass one vector for each direction: their units for the
 * arrangement of the directions alone, or with their norms.
 *
 * @param tolerance distance from a plane, relative to the largest norm, below which corners belong to one face
 */
export function polyhedron(points: readonly Point[], tolerance = flatnessTolerance): Polyhedron {
  const faces = hullFaces(points, tolerance);
  const edges = faces.flatMap(sides).filter(([from, to]) => from < to);
  const corners = new Set(faces.flat());
  const vertices = points.flatMap((_, i) => (corners.has(i) ? [i] : []));
  const degrees = vertices.map((vertex) => edges.filter((edge) => edge.includes(vertex)).length);
  const name =
    faces.length === 0
      ? `flat: ${points.length} points`
      : (nameOf(faces) ??
        `${vertices.length} vertices: ${faces.length} faces (${powers(faces.map((face) => face.length))}), degrees ${powers(degrees)}`);
  return {
    name,
    vertices,
    inside: points.flatMap((_, i) => (corners.has(i) ? [] : [i])),
    faces,
    edges,
    degrees,
  };
}

/** How often each number occurs, as in "3^8 4^2". */
function powers(numbers: readonly number[]): string {
  const distinct = [...new Set(numbers)].sort((a, b) => a - b);
  return distinct.map((value) => `${value}^${numbers.filter((each) => each === value).length}`).join(" ");
}
