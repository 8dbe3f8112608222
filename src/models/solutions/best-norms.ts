import { Matrix, solve } from "ml-matrix";
import { sum } from "../../util/numbers.ts";

type Vector = readonly number[];

/** ReLU(a·b)²: what two unit directions cost each other, per squared norm of both. */
const interference = (a: Vector, b: Vector) => Math.max(0, sum(a.map((x, k) => x * b[k]!))) ** 2;

/**
 * The squared norms N at which features on given unit directions of the tied ReLU model without biases neither grow nor
 * shrink, and the loss they recover: A N = 1 with A_kl = ReLU(u_k·u_l)², and n − L = Σ N_k (see `constructions.ts`). They
 * are the best ones where A is positive definite. Where it has no inverse they are the shortest solution; a negative one
 * says that the direction is better left empty.
 */
export function bestNorms(directions: readonly Vector[]) {
  const a = new Matrix(directions.map((u) => directions.map((v) => interference(u, v))));
  const squaredNorms = solve(a, Matrix.ones(directions.length, 1), true).to1DArray();
  return { squaredNorms, recovered: sum(squaredNorms) };
}

/**
 * Σ N_k ReLU(x·u_k)² for a unit vector x: how much of what a short column in the direction x would gain is lost to the
 * directions already there. It grows at the rate 4(1 − coverage) under the summed loss: at 1 not at all.
 */
export const coverage = (directions: readonly Vector[], squaredNorms: Vector, x: Vector): number =>
  sum(directions.map((u, k) => squaredNorms[k]! * interference(u, x)));
