import { fail, wholeNumber } from "../../util/check.ts";
import type { DataSet } from "./data.ts";

/**
 * The first `samples` rows of an autoencoding data set that are not all zero, each in all its cyclic shifts: samples ×
 * features rows. Every feature then occurs with the same amplitudes and in the same company, so that nothing a model does
 * differently for one feature can come from the luck of the sample. Without biases the empty rows cost nothing.
 */
export function balanced(data: DataSet, samples: number): DataSet {
  wholeNumber("samples", samples, 1);
  const full = data.inputs.filter((row) => row.some((x) => x !== 0)).slice(0, samples);
  if (full.length < samples) fail("samples", samples, `at most the ${full.length} rows that are not empty`);
  const rows = full.flatMap((row) => row.map((_, shift) => [...row.slice(shift), ...row.slice(0, shift)]));
  return { name: `${data.name}, balanced`, inputs: rows, targets: rows };
}
