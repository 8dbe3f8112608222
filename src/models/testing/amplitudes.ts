import type { DataSet } from "../data/data.ts";

/** One-hot data with other amplitudes than 1. */
export function withAmplitudes(amplitudes: readonly number[]): DataSet {
  const rows = amplitudes.map((a, i) => amplitudes.map((_, j) => (i === j ? a : 0)));
  return { name: "one-hot with amplitudes", inputs: rows, targets: rows };
}
