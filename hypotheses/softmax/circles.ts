/**
 * Sizes of the circles, outermost first, that features at these distances from the centre stand on: groups that are further
 * apart than `least`, and further apart than any of them is wide. Of several such ways to group them, the one with the most
 * circles of three features or more; a single group where there is none.
 */
export function circlesBy(distances: readonly number[], least: number): number[] {
  const sorted = distances.toSorted((a, b) => b - a);
  const steps = sorted.slice(1).map((d, i) => sorted[i]! - d);
  let best = [sorted.length];
  let most = 1;
  for (const apart of steps.filter((step) => step > least)) {
    const edges = [0, ...steps.flatMap((step, i) => (step >= apart ? [i + 1] : [])), sorted.length];
    const widths = edges.slice(1).map((end, k) => sorted[edges[k]!]! - sorted[end - 1]!);
    const sizes = edges.slice(1).map((end, k) => end - edges[k]!);
    const circles = sizes.filter((size) => size > 2).length;
    if (Math.max(...widths) >= apart || circles < most) continue;
    [best, most] = [sizes, circles];
  }
  return best;
}
