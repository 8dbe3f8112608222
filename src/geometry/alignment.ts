import { fail } from "../util/check.ts";
import { assign } from "./frames/assignment.ts";
import {
  apply,
  axialFrames,
  between,
  framesOf,
  type Isometry,
  mirrored,
  procrustes,
  widestFrame,
} from "./symmetry/isometry.ts";
import { checkPoints, dot, type Point, scale, squaredDistance } from "./vector.ts";

export interface AlignmentOptions {
  /** Allow reflections (true). */
  readonly reflection?: boolean;
  /** Allow the points to be matched in any order (true); if not, point i is matched with reference i. */
  readonly permutation?: boolean;
  /** Allow a common factor (false). */
  readonly scale?: boolean;
}

export interface Alignment {
  /** scale · isometry · point, in the order of the points. */
  readonly points: readonly Point[];
  /** Point i is matched with reference permutation[i]. */
  readonly permutation: readonly number[];
  readonly isometry: Isometry;
  readonly scale: number;
  /** Root mean square distance between matched points. */
  readonly rms: number;
}

/** Candidates, best first by nearest neighbours, that are refined. */
const refined = 12;

/**
 * Brings vectors as near to a reference as rotations, reflections and permutations about the origin allow, in the sense
 * of least squares. Nothing is translated.
 *
 * Given the matching, the isometry is orthogonal Procrustes; given the isometry, the matching is an assignment problem.
 * The two alternate from the isometries that take a well-conditioned frame of the points to each frame of the
 * reference. For configurations near the reference this finds the optimum; far from it, a very good local one.
 *
 * @param points and `reference` equally many; in ℝ² or ℝ³ when permutations are allowed, in any ℝᵈ when not
 */
export function align(
  points: readonly Point[],
  reference: readonly Point[],
  options: AlignmentOptions = {},
): Alignment {
  const { reflection = true, permutation = true } = options;
  const dimensions = permutation ? [2, 3] : undefined;
  if (points.length === 0 || points.length !== reference.length)
    fail(
      "number of points",
      points.length,
      `the number of points of the reference, ${reference.length}, and not 0`,
    );
  checkPoints([...points, ...reference], dimensions);
  const hand = reflection ? undefined : 1;
  let best = refine(
    points,
    reference,
    points.map((_, i) => i),
    hand,
    !permutation,
  );
  if (permutation)
    for (const start of candidates(points, reference, reflection)) {
      const other = refine(points, reference, match(points, reference, start), hand, false);
      if (other.overlap > best.overlap) best = other;
    }
  const total = points.reduce((sum, point) => sum + dot(point, point), 0);
  const factor = options.scale && total > 0 ? Math.max(0, best.overlap / total) : 1;
  const moved = points.map((point) => scale(apply(best.isometry, point), factor));
  const squares = moved.map((point, i) => squaredDistance(point, reference[best.permutation[i]!]!));
  const rms = Math.sqrt(squares.reduce((a, b) => a + b) / points.length);
  return { points: moved, permutation: best.permutation, isometry: best.isometry, scale: factor, rms };
}

/** Root mean square distance of the points from the reference after the best alignment; see `align`. */
export function distanceToShape(
  points: readonly Point[],
  reference: readonly Point[],
  options: AlignmentOptions = {},
): number {
  return align(points, reference, options).rms;
}

interface Fit {
  readonly isometry: Isometry;
  readonly permutation: readonly number[];
  /** Σ reference · isometry · point, which the least-squares fit maximises whatever the scale. */
  readonly overlap: number;
}

/** Alternates isometry and matching until the matching stays; each step can only raise the overlap. */
function refine(
  points: readonly Point[],
  reference: readonly Point[],
  start: readonly number[],
  hand: 1 | undefined,
  fixed: boolean,
): Fit {
  let permutation = start;
  for (;;) {
    const isometry = procrustes(
      points,
      permutation.map((i) => reference[i]!),
      hand,
    );
    const next = fixed ? permutation : match(points, reference, isometry);
    const overlap = (by: readonly number[]) =>
      points.reduce((sum, point, i) => sum + dot(reference[by[i]!]!, apply(isometry, point)), 0);
    const reached = overlap(permutation);
    if (overlap(next) <= reached + 1e-12 * Math.abs(reached))
      return { isometry, permutation, overlap: reached };
    permutation = next;
  }
}

/** The matching that maximises the overlap under an isometry. */
function match(points: readonly Point[], reference: readonly Point[], isometry: Isometry): number[] {
  return assign(
    points.map((point) => {
      const image = apply(isometry, point);
      return reference.map((other) => -dot(other, image));
    }),
  );
}

/** Isometries from the points' widest frame to the frames of the reference, the most promising first. */
function candidates(points: readonly Point[], reference: readonly Point[], reflection: boolean): Isometry[] {
  const size = (set: readonly Point[]) => Math.sqrt(set.reduce((sum, p) => sum + dot(p, p), 0));
  const from = widestFrame(points)?.axes ?? axialFrames(points)[0];
  if (!from) return [];
  const ratio = size(reference) / size(points);
  const sized = points.map((point) => scale(point, ratio));
  const frames = framesOf(reference).map(({ axes }) => axes);
  return (frames.length > 0 ? frames : axialFrames(reference))
    .flatMap((axes) => (reflection ? [axes, mirrored(axes)] : [axes]))
    .map((axes) => between(from, axes))
    .map((isometry) => ({ isometry, miss: nearest(sized, reference, isometry) }))
    .sort((a, b) => a.miss - b.miss)
    .slice(0, refined)
    .map(({ isometry }) => isometry);
}

/** Σ of squared distances to the nearest reference point: cheap, and never more than the matching's. */
function nearest(points: readonly Point[], reference: readonly Point[], isometry: Isometry): number {
  return points.reduce((sum, point) => {
    const image = apply(isometry, point);
    return (
      sum +
      reference.reduce(
        (least, other) => Math.min(least, squaredDistance(image, other)),
        Number.POSITIVE_INFINITY,
      )
    );
  }, 0);
}
