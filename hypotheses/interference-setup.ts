import fc from "fast-check";
import { range, simplePolytopes, tegum } from "../src/index.ts";

/**
 * What the hypotheses about interference share: how much many feature directions in high dimension get in each other's way,
 * spread uniformly on the sphere, or as a tegum product (an orthogonal sum) of copies of one small polytope. Interference of two
 * directions is |cos| of their angle, taken over pairs as a mean, a root mean square, or the largest; ReLU(cos) where a ReLU
 * would cut negative products.
 */

export const section = "Interference in high dimension";

/** Seeds of the sampled directions. */
export const draws = (count: number) => range(1000, 1000 + count);

export const pentagons = (d: number) => tegum(simplePolytopes.pentagon, d / 2);

export const polytopeNames = Object.keys(simplePolytopes) as (keyof typeof simplePolytopes)[];
export const polytope = fc.constantFrom(...polytopeNames);

export const vertices = (name: keyof typeof simplePolytopes): readonly (readonly number[])[] =>
  simplePolytopes[name];
