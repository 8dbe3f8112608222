import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { fail } from "../../util/check.ts";
import { checkPoints, type Point } from "../vector.ts";
import { deviationFromIdentity, outerSum } from "./measurement.ts";

/**
 * A tight frame as the shadow of an orthonormal basis (Naimark's theorem; Han and Larson 2000): for vectors w₁…w_n of ℝᵈ
 * with Σ wᵢwᵢᵀ = a·I, an orthonormal basis of ℝⁿ whose i-th vector has wᵢ/√a as its first d coordinates.
 *
 * The d × n matrix of the wᵢ/√a has orthonormal rows; the null space of these rows completes them to an orthogonal matrix,
 * whose columns are the basis. Throws InputError where the frame is not tight to 1e-9: then no such basis exists.
 */
export function orthonormalDilation(frame: readonly Point[]): Point[] {
  checkPoints(frame);
  if (frame.length === 0) fail("frame", frame, "at least one vector");
  const [n, d] = [frame.length, frame[0]!.length];
  if (n < d) fail("number of vectors", n, `at least their dimension, ${d}`);
  const operator = outerSum(frame);
  const deviation = deviationFromIdentity(operator);
  const bound = operator.reduce((sum, row, i) => sum + row[i]!, 0) / d;
  if (!(deviation < 1e-9) || !(bound > 0)) fail("deviation of the frame", deviation, "0: a tight frame");
  const scaled = frame.map((w) => w.map((x) => x / Math.sqrt(bound)));
  // The left singular vectors of the n × d matrix beyond the d-th span what its columns leave out of ℝⁿ.
  const padded = new Matrix(scaled.map((w) => [...w, ...new Array<number>(n - d).fill(0)]));
  const left = new SingularValueDecomposition(padded).leftSingularVectors;
  return scaled.map((w, i) => [...w, ...left.getRow(i).slice(d)]);
}
