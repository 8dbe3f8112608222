import { fail, finite } from "../util/check.ts";
import { dot } from "./basis.ts";

/**
 * Moves along the flat family of a tied, bias-free ReLU model with mean squared error on one-hot data: features that share
 * a direction hand squared norm to one another. `points` holds a point a feature (a column of the embedding),
 * `members` the features of one direction, `shares` what part of the group's squared norm each member is to have
 * (not negative, summing to 1). Returns new points, and leaves the others as they are.
 *
 * Why nothing changes: write wᵢ = aᵢ û for the members. Among themselves they contribute
 * Σᵢ(1 − aᵢ²)² + Σ_{i≠j} aᵢ²aⱼ² = m − 2N + N² with N = Σ aᵢ²; and with any other feature v,
 * 2 Σᵢ ReLU(aᵢ û·v)² = 2N ReLU(û·v)². Both depend on N alone.
 *
 * Throws InputError if the members are not parallel (cosine within 1e-6 of 1) or all 0.
 */
export function redistribute(
  points: readonly (readonly number[])[],
  members: readonly number[],
  shares: readonly number[],
): number[][] {
  if (shares.length !== members.length) fail("shares", shares, `${members.length} numbers, one a member`);
  for (const share of shares) finite("share", share, 0);
  const whole = shares.reduce((a, b) => a + b, 0);
  if (Math.abs(whole - 1) > 1e-12) fail("shares", shares, "numbers that sum to 1");
  const group = members.map((i) => points[i] ?? fail("member", i, `a feature below ${points.length}`));
  const sum = group[0]!.map((_, k) => group.reduce((total, point) => total + point[k]!, 0));
  const length = Math.sqrt(dot(sum, sum));
  if (length === 0) fail("members", members, "features of which at least one is not 0");
  const direction = sum.map((x) => x / length);
  for (const point of group)
    if (dot(point, direction) < (1 - 1e-6) * Math.sqrt(dot(point, point)))
      fail("members", members, "features in one direction");
  const squared = group.reduce((total, point) => total + dot(point, point), 0);
  return points.map((point, i) => {
    const member = members.indexOf(i);
    if (member < 0) return [...point];
    const norm = Math.sqrt(squared * shares[member]!);
    return direction.map((x) => norm * x);
  });
}
