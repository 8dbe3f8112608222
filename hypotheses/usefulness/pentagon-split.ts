import { geometry, type Run, type State, statistics } from "../../src/index.ts";

/**
 * How a tied ReLU model in two dimensions has split its n features among the five directions of a pentagon, its arms.
 * However the features are divided among the arms, and an arm's norm among its features, the loss is the same (T2), and so
 * is the sum of all squared norms.
 */

/** Unit vectors along the arms: directions of norm above 0.1. Every feature, however short, belongs to the nearest. */
export const armsOf = (run: State) =>
  geometry
    .directions(run.points, { minimumNorm: 0 })
    .directions.filter((d) => d.norm > 0.1)
    .map((d) => d.unit);

/** How the split of a run that ended in five arms came out of the initial weights; of others nothing. */
export function splitOf(run: Run, initial: State = run.checkpoints[0]!) {
  const arms = armsOf(run);
  if (arms.length !== 5) return undefined;
  const last = geometry.nearestDirections(run.points, arms);
  const first = geometry.nearestDirections(initial.points, arms);
  const byArm = (nearest: readonly number[]) => arms.map((_, k) => nearest.flatMap((arm, i) => (arm === k ? [i] : [])));
  const unevenness = (nearest: readonly number[]) =>
    statistics.unevenness(byArm(nearest).map((features) => features.length));
  const squaredNorms = (state: State) => state.points.map((point) => geometry.dot(point, point));
  const [before, after] = [squaredNorms(initial), squaredNorms(run)];
  const members = byArm(last).filter((features) => features.length > 0);
  const sharers = (squares: readonly number[]) =>
    members.reduce((sum, arm) => sum + statistics.effectiveNumber(arm.map((i) => squares[i]!)), 0);
  return {
    "unevenness at the end": unevenness(last),
    "unevenness, nearest arm at the start": unevenness(first),
    "unevenness lost on the way": unevenness(first) - unevenness(last),
    "share that ends in the arm nearest to its start": last.filter((arm, i) => arm === first[i]).length / last.length,
    "correlation of log norms within arms": statistics.correlationWithin(
      members.map((arm) => arm.map((i) => [Math.log(before[i]!), Math.log(after[i]!)] as const)),
    ),
    "effective sharers, end against start": sharers(after) / sharers(before),
  };
}
export type Split = NonNullable<ReturnType<typeof splitOf>>;
