import { Matrix } from "ml-matrix";
import { indices, largestBy, sum } from "../../util/numbers.ts";
import { directions } from "../directions.ts";
import { checkPoints, dot, type Point, radius, scale } from "../vector.ts";
import { apply, axialFrames, framesOf, type Isometry, mirrored } from "./isometry.ts";

/** Generic, so that no reflection or turn of a candidate leaves it in place; mostly upwards, the last axis. */
const view: Record<number, Point> = { 2: [0.83, 1.91], 3: [0.37, 0.83, 1.91] };

/**
 * The same configuration for every rotated, reflected and renumbered copy: one learned direction points straight up
 * (the last axis), and in ℝ³ a second lies in the half-plane of the last two axes.
 *
 * Of the finitely many orientations of that kind the one with the largest Σ exp(view · point) is taken. Orientations that
 * a symmetry of the configuration relates tie, and give the same coordinates; any others differ by far more than
 * rounding, which comparing rounded coordinates one after another cannot promise. Noise moves the coordinates
 * by as much as it moves the configuration, unless two unrelated orientations happen to be that close to a tie.
 *
 * Gives the points after `isometry`, in an order that does not depend on how the features were numbered; features[i] is
 * the index of points[i] before.
 *
 * @param points vectors of ℝ² or ℝ³, one for each feature
 */
export function canonicalOrientation(points: readonly Point[]) {
  checkPoints(points, [2, 3]);
  const size = radius(points);
  if (size === 0) {
    const isometry: Isometry = Matrix.eye(points[0]?.length ?? 2).to2DArray();
    return { points, features: indices(points.length), isometry };
  }
  const towards = view[points[0]!.length]!;
  const scored = candidates(points, size).map((isometry) => {
    // The same as turning every point, at a fraction of the cost.
    const from = isometry[0]!.map((_, column) => isometry.reduce((sum, row, i) => sum + row[column]! * towards[i]!, 0));
    return { isometry, score: sum(points.map((point) => Math.exp(dot(from, point) / size))) };
  });
  const { isometry } = largestBy(scored, ({ score }) => score);
  const turned = points.map((point) => apply(isometry, point));
  const features = indices(points.length).sort((i, j) => dot(towards, turned[j]!) - dot(towards, turned[i]!));
  return { points: features.map((i) => turned[i]!), features, isometry };
}

/** Frames of the learned directions; of all points, where the directions lie on one axis; last axis first. */
function candidates(points: readonly Point[], size: number): Isometry[] {
  const relative = points.map((point) => scale(point, 1 / size));
  const learned = directions(relative).directions.map((direction) => direction.vector);
  const frames = framesOf(learned);
  const found = frames.length > 0 ? frames : framesOf(relative);
  const either = found.flatMap(({ axes }) => [axes, mirrored(axes)]);
  return (either.length > 0 ? either : axialFrames(learned)).map((axes) => axes.toReversed());
}
