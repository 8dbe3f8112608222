import type { DataSet } from "./data.ts";

/**
 * The same autoencoding data with all samples in which a feature is alone put into one, of amplitude √Σa² over them.
 * For a ReLU model without biases and with positive amplitudes under squared error the summed loss stays what it is, for any
 * weights: such a model answers a·x with a times its answer to x, so a sample of feature i alone costs a²ℓᵢ.
 * Samples with several features come first; an empty sample, which costs nothing, is left out.
 */
export function mergedSingles(data: DataSet): DataSet {
  const together = data.inputs.filter((row) => row.filter((x) => x !== 0).length > 1);
  const alone = data.inputs.filter((row) => row.filter((x) => x !== 0).length === 1);
  const width = data.inputs[0]?.length ?? 0;
  const squares = Array.from({ length: width }, (_, i) => alone.reduce((sum, row) => sum + row[i]! ** 2, 0));
  const singles = squares.flatMap((square, i) =>
    square > 0 ? [squares.map((_, j) => (j === i ? Math.sqrt(square) : 0))] : [],
  );
  const rows = [...together, ...singles];
  return { name: `${data.name}, single features merged`, inputs: rows, targets: rows };
}
