import fc from "fast-check";
import { exactClaim, geometry, statistics } from "../../src/index.ts";
import { close } from "../helpers.ts";
import {
  counted,
  curve,
  drawn,
  overDimensions,
  polytopes,
  type TegumProduct,
  tegumProduct,
  tegumProducts,
  uniformLimit,
  upTo,
  vertices,
} from "./setup.ts";

/**
 * How the mean interference, |cos| of two directions' angle, falls with the dimension (J2), and its mean square (J2b), in tegum
 * products: copies of one polytope in orthogonal blocks of dimensions.
 */

exactClaim("J2 tegum products of small polytopes interfere as 1/d on average", {
  row: "J2",
  role: "as printed",
  claim: "The mean interference of a tegum product of copies of a small polytope falls as 1/d.",
  operationalisation:
    "Segments, triangles, squares, pentagons and tetrahedra. Only pairs within a block interfere, a share (k − 1)/(N − 1) of all, so the mean is c(k − 1)/(kd/m − 1) with c the mean within a polytope of k vertices in m dimensions.",
  properties: {
    "counted over all pairs, the mean is c(k − 1)/(kd/m − 1)": fc.property(tegumProducts(12), (product) =>
      close(counted(product).mean, product.mean, 1e-12),
    ),
    "d times the mean stays between its limit c·m(k − 1)/k and twice that": fc.property(
      tegumProducts(10_000),
      ({ name, k, m, d, mean }) => {
        const limit = (geometry.interference(vertices(name)).mean * m * (k - 1)) / k;
        return d * mean > limit && d * mean <= 2 * limit + 1e-12;
      },
    ),
    "below the uniform mean in every dimension from 4 on": fc.property(
      tegumProducts(1000, 4),
      ({ d, mean }) => mean < statistics.meanAbsoluteCosine(d),
    ),
  },
  nearMiss: {
    "as 1/√d: √d times the mean stays above 0.1": fc.property(
      tegumProducts(10_000),
      ({ d, mean }) => Math.sqrt(d) * mean > 0.1,
    ),
  },
  figure: () =>
    besideUniform(
      "mean |cos|",
      ({ mean }) => mean,
      (d) => uniformLimit / Math.sqrt(d),
    ),
});

exactClaim("J2b in mean square the advantage is only a constant", {
  row: "J2",
  role: "supporting",
  claim:
    "In mean square, which is what squared error charges, a tegum product of copies of a small polytope falls as 1/d like uniform directions do: its advantage is the factor 1 − m/k only.",
  operationalisation:
    "These polytopes are tight frames, so their products meet Welch's bound, √((N − d)/(d(N − 1))), which no N unit vectors can be below; uniform directions have mean square 1/d exactly.",
  properties: {
    "counted, the root mean square of the product is Welch's bound": fc.property(tegumProducts(12), (product) =>
      close(counted(product).rms, geometry.welchRms(product.count, product.d)),
    ),
    "the ratio of mean squares to the uniform one is within 1/(N − 1) of 1 − m/k": fc.property(
      tegumProducts(10_000),
      ({ k, m, count, d }) => Math.abs(d * geometry.welchRms(count, d) ** 2 - (1 - m / k)) <= 1 / (count - 1) + 1e-12,
    ),
    "no sampled directions are below the bound": fc.property(
      fc.integer({ min: 2, max: 8 }),
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 0, max: 1000 }),
      (d, extra, seed) => drawn(d + extra, d, seed).rms >= geometry.welchRms(d + extra, d) - 1e-12,
    ),
  },
  nearMiss: {
    "the ratio of mean squares falls below a tenth": fc.property(
      upTo(10_000),
      (copies) => 2 * copies * geometry.welchRms(5 * copies, 2 * copies) ** 2 < 0.1,
    ),
  },
  figure: () =>
    besideUniform(
      "root mean square of cos",
      ({ count, d }) => geometry.welchRms(count, d),
      (d) => 1 / Math.sqrt(d),
    ),
});

/** A curve for the tegum products of each polytope, beside uniform directions. */
function besideUniform(y: string, ofProduct: (product: TegumProduct) => number, ofUniform: (d: number) => number) {
  return overDimensions({
    y,
    series: polytopes.map((name) =>
      curve(`${name}s`, [12, 24, 60, 120, 240, 600], (d) => ofProduct(tegumProduct(name, d / tegumProduct(name, 1).m))),
    ),
    references: [{ label: "uniform directions", at: ofUniform }],
  });
}
