import fc from "fast-check";
import { charts, geometry, statistics } from "../../src/index.ts";

/**
 * What the claims about interference share: many feature directions in high dimension, uniform on the sphere or a tegum
 * product (an orthogonal sum) of copies of one small polytope. Interference of two directions is |cos| of their angle, taken
 * over pairs as a mean, a root mean square, or the largest; ReLU(cos) where a ReLU would cut negative products.
 */

export type Polytope = keyof typeof geometry.simplePolytopes;
export const polytopes = Object.keys(geometry.simplePolytopes) as Polytope[];

export const upTo = (most: number) => fc.integer({ min: 1, max: most });

export const vertices = (name: Polytope): readonly geometry.Point[] => geometry.simplePolytopes[name];

/**
 * Copies of a polytope with k vertices in m dimensions: how many directions that makes, in how many dimensions d, and their
 * mean interference in closed form.
 */
export function tegumProduct(name: Polytope, copies: number) {
  const [k, m] = [vertices(name).length, vertices(name)[0]!.length];
  const mean = geometry.tegumMean(vertices(name), copies);
  return { name, copies, k, m, count: k * copies, d: m * copies, mean };
}
export type TegumProduct = ReturnType<typeof tegumProduct>;

/** Any polytope, in `least` to `most` copies. */
export const tegumProducts = (most: number, least = 1) =>
  fc
    .tuple(fc.constantFrom(...polytopes), fc.integer({ min: least, max: most }))
    .map(([name, copies]) => tegumProduct(name, copies));

/** The interference in a tegum product, counted over all pairs. */
export const counted = ({ name, copies }: TegumProduct) =>
  geometry.interference(geometry.tegum(vertices(name), copies));

/** The interference in one draw of uniform directions. */
export const drawn = (count: number, d: number, seed = 1000) =>
  geometry.interference(statistics.sphereSample(count, d, seed));

/** How many standard errors the mean of a draw is from the closed form; pairs are pairwise independent. */
export function standardErrorsOff(count: number, d: number, seed?: number): number {
  const expected = statistics.meanAbsoluteCosine(d);
  // E cos² = 1/d.
  const deviation = Math.sqrt(1 / d - expected ** 2);
  const pairs = (count * (count - 1)) / 2;
  return (Math.abs(drawn(count, d, seed).mean - expected) * Math.sqrt(pairs)) / deviation;
}

/** √d times the mean interference of uniform directions tends to this. */
export const uniformLimit = Math.sqrt(2 / Math.PI);

// Figures -------------------------------------------------------------------------------------------------------------

/** Curves over the number of dimensions, on logarithmic axes. */
export const overDimensions = (options: Omit<Parameters<typeof charts.series>[0], "x">) =>
  charts.series({ x: "dimensions d", xScale: "log", yScale: "log", width: 680, ...options });

export const curve = (label: string, dimensions: readonly number[], at: (d: number) => number) => ({
  label,
  points: dimensions.map((d) => ({ x: d, y: at(d) })),
});
