import { type Face, sides } from "./hull.ts";

export interface CombinatorialType {
  /** Equal for two polyhedra exactly when their vertices, edges and faces correspond, mirror images included. */
  readonly code: string;
  /** Number of ways in which the polyhedron corresponds to itself, mirror images included. */
  readonly automorphisms: number;
}

/**
 * Canonical form of a polyhedron's face lattice.
 *
 * A correspondence between two polyhedra is fixed by the image of one flag: a directed edge and a sense of turning.
 * From each flag the vertices are numbered in the order in which a walk meets them, and every vertex's neighbours
 * are written down in turn; the least of these texts is the code (Weinberg 1966, for planar triply connected
 * graphs). There are 4·edges flags, so this is quadratic in the number of edges.
 *
 * @param faces cycles of corners, all anticlockwise or all clockwise seen from outside, that close up to a sphere
 */
export function combinatorialType(faces: readonly Face[]): CombinatorialType {
  // Both maps take a neighbour of a vertex to the next one round it, in one sense and in the other.
  const left: Turn = new Map();
  const right: Turn = new Map();
  for (const face of faces)
    face.forEach((corner, i) => {
      const before = face.at(i - 1)!;
      const after = face[(i + 1) % face.length]!;
      turnOf(left, corner).set(after, before);
      turnOf(right, corner).set(before, after);
    });
  let code = "";
  let automorphisms = 0;
  for (const [from, to] of faces.flatMap(sides))
    for (const turn of [left, right]) {
      const candidate = codeFrom(from, to, turn);
      if (code === "" || candidate < code) {
        code = candidate;
        automorphisms = 0;
      }
      if (candidate === code) automorphisms++;
    }
  return { code, automorphisms };
}

type Turn = Map<number, Map<number, number>>;

function turnOf(turn: Turn, corner: number): Map<number, number> {
  const around = turn.get(corner) ?? new Map<number, number>();
  turn.set(corner, around);
  return around;
}

function codeFrom(from: number, to: number, turn: Turn): string {
  const number = new Map([[from, 0]]);
  // Each vertex with the neighbour its list begins at: the one it was met from.
  const walk: [number, number][] = [[from, to]];
  let code = "";
  for (let step = 0; step < walk.length; step++) {
    const [corner, start] = walk[step]!;
    let neighbour = start;
    do {
      if (!number.has(neighbour)) {
        number.set(neighbour, number.size);
        walk.push([neighbour, corner]);
      }
      code += `${number.get(neighbour)},`;
      neighbour = turn.get(corner)!.get(neighbour)!;
    } while (neighbour !== start);
    code += ";";
  }
  return code;
}
