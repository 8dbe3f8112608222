import { fail, wholeNumber } from "../../util/check.ts";
import { polygon } from "../polyhedra/shapes.ts";
import { checkPoints, dot, norm, type Point } from "../vector.ts";

/**
 * How much at least two non-zero vectors, whatever their lengths, get in each other's way, over unordered pairs of them:
 * mean, root mean square and largest |cos| of the angle between two, and mean and largest ReLU(cos), what a ReLU model feels.
 */
export function interference(vectors: readonly Point[]) {
  checkPoints(vectors);
  if (vectors.length < 2) fail("number of vectors", vectors.length, "at least 2");
  const units = vectors.map((v) => {
    const length = norm(v);
    return Float64Array.from(v.map((x) => x / length));
  });
  let [sum, squares, rectified, max, rectifiedMax] = [0, 0, 0, 0, 0];
  for (let i = 0; i < units.length; i++)
    for (let j = 0; j < i; j++) {
      const [a, b] = [units[i]!, units[j]!];
      // Written out, because there are millions of pairs.
      let cosine = 0;
      for (let k = 0; k < a.length; k++) cosine += a[k]! * b[k]!;
      const size = Math.abs(cosine);
      sum += size;
      squares += cosine * cosine;
      if (size > max) max = size;
      if (cosine > 0) rectified += cosine;
      if (cosine > rectifiedMax) rectifiedMax = cosine;
    }
  const pairs = (units.length * (units.length - 1)) / 2;
  return {
    mean: sum / pairs,
    rms: Math.sqrt(squares / pairs),
    max,
    rectifiedMean: rectified / pairs,
    rectifiedMax,
  };
}

/** Copies of a polytope's vertices in orthogonal blocks: the tegum product (convex hull of their union) as vectors. */
export function tegum(vertices: readonly Point[], copies: number): Point[] {
  wholeNumber("copies", copies, 1);
  checkPoints(vertices);
  const m = vertices[0]!.length;
  return Array.from({ length: copies }, (_, block) =>
    vertices.map((vertex) => {
      const out = new Array<number>(m * copies).fill(0);
      vertex.forEach((x, k) => {
        out[block * m + k] = x;
      });
      return out;
    }),
  ).flat();
}

/**
 * Mean |cos| of a tegum product of copies of a polytope with k vertices and mean |cos| c within it: the share
 * (k − 1)/(N − 1) of all pairs, N = k · copies, lies within one block, and all other pairs are orthogonal.
 */
export function tegumMean(vertices: readonly Point[], copies: number): number {
  const k = vertices.length;
  return (interference(vertices).mean * (k - 1)) / (k * copies - 1);
}

/**
 * Root mean square |cos| of N unit vectors of ℝᵈ that form a tight frame, √((N − d)/(d(N − 1))): Welch's bound (1974), which
 * no N unit vectors are below.
 */
export function welchRms(count: number, dimension: number): number {
  wholeNumber("number of vectors", count, Math.max(2, dimension));
  wholeNumber("dimension", dimension, 1);
  return Math.sqrt((count - dimension) / (dimension * (count - 1)));
}

/** Regular polytopes with their centres at the origin, as unit vectors. */
export const simplePolytopes = {
  segment: [[1], [-1]],
  triangle: polygon(3),
  square: polygon(4),
  pentagon: polygon(5),
  tetrahedron: [
    [1, 1, 1],
    [1, -1, -1],
    [-1, 1, -1],
    [-1, -1, 1],
  ].map((v) => v.map((x) => x / Math.sqrt(3))),
} as const satisfies Readonly<Record<string, readonly Point[]>>;

/** The largest |dot product| of vectors in different blocks: 0 for an orthogonal sum. */
export function betweenBlocks(blocks: readonly (readonly Point[])[]): number {
  let most = 0;
  blocks.forEach((block, i) => {
    for (const other of blocks.slice(0, i))
      for (const a of block) for (const b of other) most = Math.max(most, Math.abs(dot(a, b)));
  });
  return most;
}
