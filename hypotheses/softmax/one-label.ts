import { geometry } from "../../src/index.ts";
import { integers, listOf } from "../helpers.ts";
import { logSumExp, type Points } from "./setup.ts";

/**
 * The probability of one label on one input, as a function of the rows of the unembedding (the label's own is the first)
 * and of the input's column of the embedding.
 */

/** The label's logit, and of the other labels' logits the log-sum-exp and the mean weighted by their softmax. */
export function logits(rows: Points, column: geometry.Point) {
  const [own, ...others] = rows.map((u) => geometry.dot(u, column));
  const rest = logSumExp(others);
  return { own: own!, rest, mean: others.reduce((sum, z) => sum + Math.exp(z - rest) * z, 0) };
}

/** ln p and ln(1 − p), each without loss of digits. */
export function logs(rows: Points, column: geometry.Point) {
  const { own, rest } = logits(rows, column);
  const softplus = (x: number) => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
  return { p: -softplus(rest - own), q: -softplus(own - rest) };
}
export const logProbability = (rows: Points, column: geometry.Point) => logs(rows, column).p;

/** So many vectors with coordinates up to `size` either way. */
export const vectors = (count: number, hidden: number, size: number) =>
  listOf(
    listOf(
      integers(-100, 100).map((k) => (size * k) / 100),
      hidden,
    ),
    count,
  );
