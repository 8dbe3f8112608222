import { checkPoints, dot, type Point, unit } from "../vector.ts";

/** The share of pairs of vectors whose cosine exceeds 0.01; 0 where there is no pair. */
export function interferingShare(vectors: readonly Point[]): number {
  const threshold = 0.01;
  const cosines = pairCosines(vectors);
  return cosines.length === 0 ? 0 : cosines.filter(({ cosine }) => cosine > threshold).length / cosines.length;
}

/**
 * Groups of vectors that are orthogonal to all others: the connected components of "|cos| > 0.03". Their sizes,
 * largest first; one size: the vectors do not split.
 */
export function orthogonalBlocks(vectors: readonly Point[]): number[] {
  const threshold = 0.03;
  let block = vectors.map((_, i) => i);
  for (const { i, j, cosine } of pairCosines(vectors)) {
    const [from, to] = [block[j]!, block[i]!];
    if (Math.abs(cosine) > threshold) block = block.map((b) => (b === from ? to : b));
  }
  return [...new Set(block)].map((b) => block.filter((c) => c === b).length).sort((a, b) => b - a);
}

function pairCosines(vectors: readonly Point[]) {
  checkPoints(vectors);
  const units = vectors.map(unit);
  return units.flatMap((u, i) => units.slice(0, i).map((v, j) => ({ i, j, cosine: dot(u, v) })));
}
