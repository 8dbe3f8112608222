/**
 * The permutation that minimises Σ cost[i][permutation[i]], by the Hungarian method with potentials
 * (shortest augmenting paths; Jonker & Volgenant 1987). O(n³).
 *
 * @param cost square matrix of finite numbers
 */
export function assign(cost: readonly (readonly number[])[]): number[] {
  const n = cost.length;
  const rowPotential = new Float64Array(n);
  const columnPotential = new Float64Array(n + 1);
  // Column n is a stand-in from which each new row's path starts; it is always reached.
  const rowOf = new Int32Array(n + 1).fill(-1);
  for (let row = 0; row < n; row++) {
    const least = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
    const before = new Int32Array(n).fill(n);
    const reached = new Uint8Array(n + 1);
    let column = n;
    rowOf[n] = row;
    while (rowOf[column] !== -1) {
      reached[column] = 1;
      const at = rowOf[column]!;
      let step = Number.POSITIVE_INFINITY;
      let next = n;
      for (let j = 0; j < n; j++) {
        if (reached[j]) continue;
        const slack = cost[at]![j]! - rowPotential[at]! - columnPotential[j]!;
        if (slack < least[j]!) {
          least[j] = slack;
          before[j] = column;
        }
        if (least[j]! < step) {
          step = least[j]!;
          next = j;
        }
      }
      for (let j = 0; j <= n; j++) {
        if (reached[j]) {
          rowPotential[rowOf[j]!]! += step;
          columnPotential[j]! -= step;
        } else least[j]! -= step;
      }
      column = next;
    }
    while (column !== n) {
      const from = before[column]!;
      rowOf[column] = rowOf[from]!;
      column = from;
    }
  }
  const permutation = new Array<number>(n);
  for (let j = 0; j < n; j++) permutation[rowOf[j]!] = j;
  return permutation;
}
