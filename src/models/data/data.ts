import { fail, finite, wholeNumber } from "../../util/check.ts";
import { createTorchUniform } from "../../util/torch-random.ts";

/** A full batch: `inputs` [samples × features] and `targets` [samples × outputs], rows in the same order. */
export interface DataSet {
  readonly name: string;
  readonly inputs: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
}

/** The identity matrix: each feature alone, with amplitude 1. */
export function oneHot(features: number): DataSet {
  wholeNumber("features", features, 1);
  const rows = Array.from({ length: features }, (_, i) =>
    Array.from({ length: features }, (_, j) => (i === j ? 1 : 0)),
  );
  return { name: "one-hot", inputs: rows, targets: rows };
}

/** Every set of `active` features present together with amplitude 1; C(features, active) samples. */
export function kHot(features: number, active: number): DataSet {
  wholeNumber("features", features, 1);
  wholeNumber("active", active, 1);
  if (active > features) fail("active", active, `at most the ${features} features`);
  const rows: number[][] = [];
  const choose = (from: number, left: number, row: number[]): void => {
    if (left === 0) {
      rows.push(row);
      return;
    }
    for (let i = from; i <= features - left; i++) {
      const next = row.slice();
      next[i] = 1;
      choose(i + 1, left - 1, next);
    }
  };
  choose(0, active, new Array<number>(features).fill(0));
  return { name: `${active}-hot`, inputs: rows, targets: rows };
}

/**
 * Toy Models of Superposition's data: each feature present with probability 1 − sparsity, then uniform in [0, 1).
 * A fixed sample, drawn once from `seed`, because training here is full-batch.
 */
export function sparseUniform(features: number, options: { sparsity: number; samples: number; seed: number }): DataSet {
  wholeNumber("features", features, 1);
  wholeNumber("samples", options.samples, 1);
  finite("sparsity", options.sparsity, 0);
  if (options.sparsity >= 1) fail("sparsity", options.sparsity, "a number in [0, 1)");
  const uniform = createTorchUniform(options.seed);
  const rows = Array.from({ length: options.samples }, () =>
    Array.from({ length: features }, () => {
      const present = uniform() >= options.sparsity;
      const amplitude = uniform();
      return present ? amplitude : 0;
    }),
  );
  return { name: `sparse uniform S=${options.sparsity}`, inputs: rows, targets: rows };
}

/** The same inputs, with the target's features moved: feature i is asked for at output `permutation[i]` (a bigram map). */
export function permuted(data: DataSet, permutation: readonly number[]): DataSet {
  const sorted = [...permutation].sort((a, b) => a - b);
  if (sorted.some((p, i) => p !== i)) fail("permutation", permutation, "each of 0…n−1 once");
  const targets = data.targets.map((row) => {
    if (row.length !== permutation.length)
      fail("permutation", permutation, `${row.length} entries, one for each output`);
    const out = new Array<number>(row.length).fill(0);
    row.forEach((x, i) => {
      out[permutation[i] as number] = x;
    });
    return out;
  });
  return { name: `${data.name}, permuted`, inputs: data.inputs, targets };
}
