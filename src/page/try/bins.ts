/** How many values lie in each of so many equal parts of their range. */
export interface Bins {
  readonly counts: readonly number[];
  readonly low: number;
  readonly high: number;
  /** The parts are equal by their logarithms: the range spans orders of magnitude. */
  readonly log: boolean;
}

export function bins(values: readonly number[], parts: number): Bins {
  // Not by spreading, which a million values would be too many for.
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const log = low > 0 && high > 100 * low;
  const scale = log ? Math.log : (x: number) => x;
  const width = scale(high) - scale(low);
  // Differences that are rounding are no distribution.
  const flat = !(width > 1e-9 * Math.abs(scale(high)));
  const counts = new Array<number>(flat ? 1 : parts).fill(0);
  for (const value of values) {
    const part = flat ? 0 : Math.min(parts - 1, Math.floor((parts * (scale(value) - scale(low))) / width));
    counts[part]!++;
  }
  return { counts, low, high, log };
}
