import type { Point } from "../vector.ts";
import { type Face, hullFaces } from "./hull.ts";
import { nameOf } from "./named.ts";

/**
 * The convex hull of vectors of ℝ³ and its combinatorial type. Pass one vector for each direction: their units for the
 * arrangement of the directions alone, or with their norms.
 *
 * `name` is from the table of named polyhedra, or in the form "9 vertices: 14 faces (3^14), degrees 4^3 5^6"; `faces` are
 * cycles of point indices, anticlockwise seen from outside, none where the points lie in a plane.
 */
export function polyhedron(points: readonly Point[]) {
  const faces = hullFaces(points);
  const name = faces.length === 0 ? `flat: ${points.length} points` : (nameOf(faces) ?? systematicName(faces));
  return { name, faces };
}

function systematicName(faces: readonly Face[]): string {
  const corners = faces.flat();
  // As many edges meet at a corner as faces.
  const degrees = [...new Set(corners)].map((corner) => corners.filter((each) => each === corner).length);
  const sizes = faces.map((face) => face.length);
  return `${degrees.length} vertices: ${faces.length} faces (${powers(sizes)}), degrees ${powers(degrees)}`;
}

/** How often each number occurs, as in "3^8 4^2". */
function powers(numbers: readonly number[]): string {
  const distinct = [...new Set(numbers)].sort((a, b) => a - b);
  return distinct.map((value) => `${value}^${numbers.filter((each) => each === value).length}`).join(" ");
}
