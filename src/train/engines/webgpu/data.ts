import type { Model } from "../../../models/model.ts";

/** A matrix of the data set as a shader reads it. */
interface Matrix {
  /** Row i has nothing but its entry i; only those entries are kept, and not even they if all are 1. */
  readonly diagonal: boolean;
  readonly ones: boolean;
  /** Where it starts in the data buffer (the diagonal, or [rows × columns]), and its transpose. */
  readonly at: number;
  readonly transposed: number;
}

/** The data set in one buffer of float32. */
export interface Data {
  readonly inputs: Matrix;
  readonly targets: Matrix;
  /** Where the sums of the targets' rows start; null if all are 1. */
  readonly mass: number | null;
  readonly values: Float32Array<ArrayBuffer>;
}

/**
 * Dense matrices are kept twice, by rows and by columns, because the threads of a seed walk along either and neighbours
 * should read neighbours.
 */
export function packData({ data }: Model): Data {
  const values: number[] = [];
  const add = (numbers: readonly number[]) => {
    const at = values.length;
    for (const x of numbers) values.push(x);
    return at;
  };
  const matrix = (rows: readonly (readonly number[])[]): Matrix => {
    const diagonal = rows.length === rows[0]!.length && rows.every((row, i) => row.every((x, j) => i === j || x === 0));
    if (diagonal) {
      const entries = rows.map((row, i) => row[i]!);
      const ones = entries.every((x) => x === 1);
      return { diagonal, ones, at: ones ? 0 : add(entries), transposed: 0 };
    }
    const at = add(rows.flat());
    return {
      diagonal,
      ones: false,
      at,
      transposed: add(rows[0]!.flatMap((_, j) => rows.map((row) => row[j]!))),
    };
  };
  const mass = data.targets.map((row) => row.reduce((a, b) => a + b, 0));
  const inputs = matrix(data.inputs);
  const targets = matrix(data.targets);
  const massAt = mass.every((m) => m === 1) ? null : add(mass);
  // A buffer may not be empty.
  return { inputs, targets, mass: massAt, values: Float32Array.from(values.length > 0 ? values : [0]) };
}
