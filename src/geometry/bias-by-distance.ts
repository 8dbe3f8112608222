import { correlationWithin } from "../statistics/spread.ts";
import { fail } from "../util/check.ts";
import { centroid, checkPoints, dot, type Point, subtract } from "./vector.ts";

/**
 * How the biases of a tied softmax model fall with the distance from the centre. Moving every column by −c and raising
 * every bias by c·wₖ changes no probability, so that biases mean nothing until a centre is fixed: here c is the centroid.
 */
export function biasByDistance(points: readonly Point[], biases: readonly number[]) {
  checkPoints(points);
  if (points.length !== biases.length) fail("number of biases", biases.length, `${points.length}, one for each point`);
  const centre = centroid(points);
  const distances = points.map((p) => Math.hypot(...subtract(p, centre)));
  const moved = points.map((p, i) => biases[i]! + dot(centre, p));
  const further = ranks(distances);
  const higher = ranks(moved);
  return {
    /** Distance of each column from the columns' centroid. */
    distances,
    /** The bias of each label once the centroid is moved to the origin. */
    biases: moved,
    /**
     * Spearman's rank correlation of the two, ties sharing their mean rank: −1 when a larger bias always lies further in, 0
     * where one of the two is constant.
     */
    rankCorrelation: correlationWithin([further.map((rank, i) => [rank, higher[i]!])]) || 0,
  };
}

function ranks(values: readonly number[]): number[] {
  return values.map((x) => {
    const below = values.filter((y) => y < x).length;
    const equal = values.filter((y) => y === x).length;
    return below + (equal - 1) / 2;
  });
}
