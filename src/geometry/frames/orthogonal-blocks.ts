import { finite } from "../../util/check.ts";
import { checkPoints, dot, type Point, unit } from "../vector.ts";

/** The share of pairs of vectors whose cosine exceeds `threshold`; 0 where there is no pair. */
export function interferingShare(vectors: readonly Point[], threshold = 0.01): number {
  finite("threshold", threshold);
  const cosines = pairCosines(vectors);
  return cosines.length === 0
    ? 0
    : cosines.filter(({ cosine }) => cosine > threshold).length / cosines.length;
}

/**
 * Groups of vectors that are orthogonal to all others: the connected components of "|cos| > threshold". Their sizes,
 * largest first; one size: the vectors do not split.
 */
export function orthogonalBlocks(vectors: readonly Point[], threshold = 0.03): number[] {
  finite("threshold", threshold, 0);
  let block = vectors.map((_, i) => i);
  for (const { i, j, cosine } of pairCosines(vectors)) {
    const [from, to] = [block[j]!, block[i]!];
    if (Math.abs(cosine) > threshold) block = block.map((b) => (b === from ? to : b));
  }
  return [...new Set(block)].map((b) => block.filter((c) => c === b).length).sort((a, b) => b - a);
}

function pairCosines(vectors: readonly Point[]): { i: number; j: number; cosine: number }[] {
  checkPoints(vectors);
  const units = vectors.map(unit);
  return units.flatMap((u, i) => units.slice(0, i).map((v, j) => ({ i, j, cosine: dot(u, v) })));
}
