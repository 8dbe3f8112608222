import { describe, expect, test } from "vitest";
import { bestNorms } from "./best-norms.ts";
import { fiveCellEdges, simplexSquare, simplexSquareOptimum } from "./simplex-square.ts";

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((total, x, k) => total + x * b[k]!, 0);

/** How often each inner product with the first direction occurs, rounded: "0.2 × 10". */
const products = (directions: readonly (readonly number[])[], first = 0) => {
  const counts = new Map<string, number>();
  directions.forEach((v, k) => {
    if (k === first) return;
    const product = dot(directions[first]!, v).toFixed(6);
    counts.set(product, (counts.get(product) ?? 0) + 1);
  });
  return Object.fromEntries(counts);
};
const over = (denominator: number, counts: Record<number, number>) =>
  Object.fromEntries(Object.entries(counts).map(([x, count]) => [(Number(x) / denominator).toFixed(6), count]));

describe("a simplex on each corner of a square", () => {
  test.each([
    [3, 114 / 13, 19 / 26],
    [4, 80 / 7, 5 / 7],
    [5, 430 / 31, 43 / 62],
  ])("of %i corners recovers %f", (m, recovered, squaredNorm) => {
    const best = bestNorms(simplexSquare(m));
    expect(best.recovered).toBeCloseTo(recovered, 12);
    expect(simplexSquareOptimum(m).recovered).toBeCloseTo(recovered, 12);
    expect(simplexSquareOptimum(m).squaredNorm).toBeCloseTo(squaredNorm, 12);
    for (const s of best.squaredNorms) expect(s).toBeCloseTo(squaredNorm, 12);
  });

  test("the best share is the best: others recover less", () => {
    for (const m of [3, 4, 5, 8]) {
      const { simplexShare, recovered } = simplexSquareOptimum(m);
      for (const off of [-0.02, 0.02])
        expect(bestNorms(simplexSquare(m, simplexShare + off)).recovered).toBeLessThan(recovered);
    }
  });

  test("inner products are nineteenths, fifths and forty-thirds", () => {
    expect(products(simplexSquare(3))).toEqual(over(19, { 1: 1, 4: 2, 5: 4, [-10]: 2, [-14]: 2 }));
    expect(products(simplexSquare(4))).toEqual(over(5, { 1: 10, [-3]: 5 }));
    expect(products(simplexSquare(5))).toEqual(over(43, { 13: 1, 8: 4, 7: 8, [-22]: 4, [-28]: 2 }));
  });

  test("refuses a segment, and a share that is none", () => {
    expect(() => simplexSquare(2)).toThrow("invalid corners of the simplex: 2");
    expect(() => simplexSquare(3, 1.5)).toThrow("invalid simplex share: 1.5; expected at most 1");
  });
});

test("the edges of a 5-cell and its corners' opposites recover 35/4", () => {
  const directions = fiveCellEdges();
  for (const v of directions) expect(dot(v, v)).toBeCloseTo(1, 12);
  const { squaredNorms, recovered } = bestNorms(directions);
  expect(recovered).toBeCloseTo(35 / 4, 12);
  squaredNorms.forEach((s, k) => {
    expect(s).toBeCloseTo(k < 10 ? 3 / 4 : 1 / 4, 12);
  });
});
