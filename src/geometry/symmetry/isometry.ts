import { determinant, Matrix, SingularValueDecomposition } from "ml-matrix";
import { largestBy } from "../../util/numbers.ts";
import { outerSum } from "../frames/measurement.ts";
import { cross, dot, norm, type Point, scale, subtract, unit } from "../vector.ts";

/** An orthogonal d×d matrix, as rows. */
export type Isometry = readonly Point[];

export function apply(isometry: Isometry, point: Point): Point {
  return isometry.map((row) => dot(row, point));
}

/** Below this sine of the angle between them, two vectors do not fix a frame well. */
const leastSine = 0.1;

/** Norms up to this count as zero: the squares of smaller numbers lose their digits. */
const negligible = 1e-150;

/**
 * The right-handed orthonormal frame (as rows) whose first axis is along `first` and, in ℝ³, whose second lies on the
 * side of `second`. Undefined where the vectors are zero or too near parallel to fix one. In ℝ² `second` is not used.
 */
export function frame(first: Point, second: Point): Isometry | undefined {
  if (norm(first) <= negligible) return undefined;
  const axis = unit(first);
  if (axis.length === 2) return [axis, [-axis[1]!, axis[0]!]];
  const across = subtract(second, scale(axis, dot(axis, second)));
  if (norm(across) <= leastSine * norm(second) || norm(across) <= negligible) return undefined;
  const side = unit(across);
  return [axis, side, cross(axis, side)];
}

/** The same frame with the last axis turned round: left-handed. */
export function mirrored(axes: Isometry): Isometry {
  return axes.map((axis, i) => (i === axes.length - 1 ? scale(axis, -1) : axis));
}

/** The isometry that takes the frame `from` to the frame `to`. */
export function between(from: Isometry, to: Isometry): Isometry {
  return outerSum(to, from);
}

/** A frame with the indices of the two vectors that fix it. */
interface PairFrame {
  readonly first: number;
  readonly second: number;
  readonly axes: Isometry;
}

/**
 * Every frame fixed by an ordered pair of the vectors; in ℝ² by each vector alone, which then stands for both. The set moves
 * with the vectors: a rotated copy has the rotated frames.
 */
export function framesOf(vectors: readonly Point[]): PairFrame[] {
  const planar = vectors[0]?.length === 2;
  return vectors.flatMap((a, first) =>
    vectors.flatMap((b, second) => {
      const axes = planar && first !== second ? undefined : frame(a, b);
      return axes ? [{ first, second, axes }] : [];
    }),
  );
}

/** Frames for vectors of ℝ³ that all lie on one axis: first axis along each vector, the others anywhere. */
export function axialFrames(vectors: readonly Point[]): Isometry[] {
  return vectors.flatMap((vector) => {
    const sizes = vector.map(Math.abs);
    const at = sizes.indexOf(Math.min(...sizes));
    const across = vector.map((_, i) => (i === at ? 1 : 0));
    const axes = frame(vector, across);
    return axes ? [axes] : [];
  });
}

/** The frame of the vectors that noise turns least: of long vectors near a right angle. Undefined where none is fixed. */
export function widestFrame(vectors: readonly Point[]): PairFrame | undefined {
  const size = ({ first, second }: PairFrame) =>
    vectors[first]!.length === 2 ? norm(vectors[first]!) : norm(cross(vectors[first]!, vectors[second]!));
  const frames = framesOf(vectors);
  return frames.length === 0 ? undefined : largestBy(frames, size);
}

/**
 * The isometry Q that minimises Σ‖Q pᵢ − qᵢ‖² (orthogonal Procrustes about the origin; Schönemann 1966) among the rotations
 * (`hand` 1) or the rotations with a reflection (`hand` −1; Kabsch 1976).
 */
export function procrustes(from: readonly Point[], to: readonly Point[], hand: 1 | -1): Isometry {
  const d = from[0]!.length;
  const correlation = outerSum(to, from);
  const size = Math.max(...correlation.flat().map(Math.abs));
  // The decomposition divides by the norm of a column that is nothing but subnormal numbers, and loses all digits.
  const flushed = correlation.map((row) => row.map((x) => (Math.abs(x) < 1e-30 * size ? 0 : x)));
  const svd = new SingularValueDecomposition(new Matrix(flushed));
  const u = svd.leftSingularVectors;
  const v = svd.rightSingularVectors;
  const best = u.mmul(v.transpose()).to2DArray();
  if (handedness(best) === hand) return best;
  // The least singular value costs least to turn round; ml-matrix sorts them downwards.
  for (let row = 0; row < d; row++) u.set(row, d - 1, -u.get(row, d - 1));
  return u.mmul(v.transpose()).to2DArray();
}

/** The determinant of an isometry: 1 for a rotation, −1 with a reflection. */
export function handedness(isometry: Isometry): 1 | -1 {
  return determinant(new Matrix(isometry.map((row) => [...row]))) < 0 ? -1 : 1;
}
