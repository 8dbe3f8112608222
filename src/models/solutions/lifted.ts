import { fail } from "../../util/check.ts";
import { indices, sum } from "../../util/numbers.ts";

type Point = readonly number[];

/**
 * Untied ReLU models without biases that lose nothing on one-hot data: any number of features in three dimensions or
 * more. Points pᵢ of the unit sphere of ℝ^{d−1} are written one dimension up, vᵢ = (pᵢ, 1). Reader i is
 * uᵢ = (pᵢ, −t)/(1 − t), so that uᵢ·vⱼ = (pᵢ·pⱼ − t)/(1 − t): 1 for j = i, and at most 0 for every other j as long as
 * t is at least the largest pᵢ·pⱼ. The last coordinate is 1 whatever the input: what reads it is an end bias, −t/(1 − t).
 *
 * Points that are no unit vectors or coincide throw an InputError, and so does a threshold outside [largest pᵢ·pⱼ, 1).
 * Returns written and reading vectors, each [features] of d numbers; t is the largest pᵢ·pⱼ unless given.
 */
export function lifted(points: readonly Point[], threshold?: number) {
  for (const p of points) if (Math.abs(dot(p, p) - 1) > 1e-9) fail("point", p, "a unit vector");
  const nearest = Math.max(-1, ...points.flatMap((p, i) => points.slice(0, i).map((q) => dot(p, q))));
  const t = threshold ?? nearest;
  if (!(nearest < 1)) fail("points", points, "distinct ones");
  if (!(t >= nearest && t < 1)) fail("threshold", t, `at least ${nearest}, the largest inner product, and below 1`);
  return {
    written: points.map((p) => [...p, 1]),
    reading: points.map((p) => [...p, -t].map((x) => x / (1 - t))),
  };
}

/** `lifted` for n features evenly on a circle: three dimensions, t = cos 2π/n and the scale 1/(1 − cos 2π/n). */
export const liftedCircle = (features: number) =>
  lifted(
    indices(features).map((i) => {
      const angle = (2 * Math.PI * i) / features;
      return [Math.cos(angle), Math.sin(angle)];
    }),
  );

const dot = (a: Point, b: Point) => sum(a.map((x, k) => x * b[k]!));
