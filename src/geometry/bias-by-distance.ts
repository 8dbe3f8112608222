import { InputError } from "../util/check.ts";
import { checkPoints, dot, type Point, subtract } from "./vector.ts";

export interface BiasByDistance {
  /** Distance of each column from the columns' centroid. */
  readonly distances: readonly number[];
  /** The bias of each label once the centroid is moved to the origin. */
  readonly biases: readonly number[];
  /** Spearman's rank correlation of the two, ties sharing their mean rank: −1 when a larger bias always lies further in. */
  readonly rankCorrelation: number;
}

/**
 * How the biases of a tied softmax model fall with the distance from the centre. Moving every column by −c and raising
 * every bias by c·wₖ changes no probability, so that biases mean nothing until a centre is fixed: here c is the centroid.
 *
 * @param points columns, one a feature
 * @param biases one a feature
 */
export function biasByDistance(points: readonly Point[], biases: readonly number[]): BiasByDistance {
  checkPoints(points);
  if (points.length !== biases.length)
    throw new InputError(
      `invalid biases: ${biases.length} of them; expected one for each of ${points.length} points`,
    );
  const centre = points[0]!.map((_, k) => points.reduce((sum, p) => sum + p[k]!, 0) / points.length);
  const distances = points.map((p) => Math.hypot(...subtract(p, centre)));
  const moved = points.map((p, i) => biases[i]! + dot(centre, p));
  return { distances, biases: moved, rankCorrelation: correlation(ranks(distances), ranks(moved)) };
}

function ranks(values: readonly number[]): number[] {
  return values.map((x) => {
    const below = values.filter((y) => y < x).length;
    const equal = values.filter((y) => y === x).length;
    return below + (equal - 1) / 2;
  });
}

/** Pearson's correlation; 0 where one of the two is constant. */
function correlation(x: readonly number[], y: readonly number[]): number {
  const mean = (v: readonly number[]) => v.reduce((a, b) => a + b, 0) / v.length;
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  x.forEach((a, i) => {
    xy += (a - mx) * (y[i]! - my);
    xx += (a - mx) ** 2;
    yy += (y[i]! - my) ** 2;
  });
  return xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy);
}
