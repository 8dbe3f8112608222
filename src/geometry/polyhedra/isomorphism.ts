import { type Face, sides } from "./hull.ts";

/**
 * Canonical form of a polyhedron's face lattice: equal for two polyhedra exactly when their vertices, edges and faces
 * correspond, mirror images included.
 *
 * A correspondence between two polyhedra is fixed by the image of one flag: a directed edge and a sense of turning.
 * From each flag the vertices are numbered in the order in which a walk meets them, and every vertex's neighbours
 * are written down in turn; the least of these texts is the code (Weinberg 1966, for planar triply connected
 * graphs). There are 4·edges flags, so this is quadratic in the number of edges.
 *
 * @param faces cycles of corners, all anticlockwise or all clockwise seen from outside, that close up to a sphere
 */
export function combinatorialType(faces: readonly Face[]): string {
  const numbers = new Map([...new Set(faces.flat())].map((corner, i) => [corner, i]));
  const size = numbers.size;
  // Both tables take a neighbour of a vertex to the next one round it, [vertex × neighbour], in one sense and in the other.
  const left = new Int32Array(size * size);
  const right = new Int32Array(size * size);
  for (const face of faces) {
    const corners = face.map((corner) => numbers.get(corner)!);
    corners.forEach((corner, i) => {
      const before = corners.at(i - 1)!;
      const after = corners[(i + 1) % corners.length]!;
      left[corner * size + after] = before;
      right[corner * size + before] = after;
    });
  }
  const codes = faces
    .flatMap(sides)
    .flatMap(([from, to]) => [left, right].map((turn) => codeFrom(numbers.get(from)!, numbers.get(to)!, turn, size)));
  return codes.reduce((least, code) => (code < least ? code : least));
}

function codeFrom(from: number, to: number, turn: Int32Array, size: number): string {
  const met = new Int32Array(size).fill(-1);
  met[from] = 0;
  // Each vertex with the neighbour its list begins at: the one it was met from.
  const walk = [from];
  const starts = [to];
  let code = "";
  for (let step = 0; step < walk.length; step++) {
    const corner = walk[step]!;
    const start = starts[step]!;
    let neighbour = start;
    do {
      if (met[neighbour] === -1) {
        met[neighbour] = walk.length;
        walk.push(neighbour);
        starts.push(corner);
      }
      code += `${met[neighbour]},`;
      neighbour = turn[corner * size + neighbour]!;
    } while (neighbour !== start);
    code += ";";
  }
  return code;
}
