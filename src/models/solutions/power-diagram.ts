import { fail } from "../../util/check.ts";
import { sum } from "../../util/numbers.ts";

/**
 * A tied model with an output bias is a softmax over squared distances: the logit of label k on input j is
 * wₖ·wⱼ + bₖ = −½‖wⱼ − wₖ‖² + (bₖ + ½‖wₖ‖²) + ½‖wⱼ‖², and the last term is the same for every k. Its decision regions are
 * the power diagram of the columns with the weights 2bₖ + ‖wₖ‖² (F. Aurenhammer, "Power diagrams", SIAM J. Comput. 16,
 * 1987). Moving every column by t and every bias by −t·wₖ changes nothing but a constant.
 */

/** βₖ = bₖ + ½‖wₖ‖², [features]: what the bias adds beyond distance; up to a constant the same after any such move. */
export function excessBiases(points: readonly (readonly number[])[], biases: readonly number[]): number[] {
  if (points.length !== biases.length) fail("number of biases", biases.length, `${points.length}, one for each point`);
  return points.map((point, k) => biases[k]! + squaredNorm(point) / 2);
}

/** −½‖wₖ‖², [features]: the biases with which the nearest column wins, so that distinct columns are all decoded. */
export function nearestBiases(points: readonly (readonly number[])[]): number[] {
  return points.map((point) => -squaredNorm(point) / 2);
}

const squaredNorm = (point: readonly number[]) => sum(point.map((x) => x * x));
