import { describe, expect, test } from "vitest";
import { createNormal } from "../../util/torch-random.ts";
import { twoSamplePValue } from "./two-sample.ts";

const normals = (count: number, seed: number) => Array.from({ length: count }, createNormal(seed));
const repeat = <T>(value: T, count: number) => new Array<T>(count).fill(value);

describe("the two-sample test", () => {
  test("is the share of divisions that are as far apart", () => {
    // Of the 20 ways to divide six numbers two have no overlap; of the 70 to divide eight words two are pure.
    expect(twoSamplePValue([1, 2, 3], [4, 5, 6])).toBeCloseTo(2 / 20, 2);
    expect(twoSamplePValue([6, 5, 4], [1, 2, 3])).toBeCloseTo(2 / 20, 2);
    expect(twoSamplePValue(repeat("u", 4), repeat("v", 4))).toBeCloseTo(2 / 70, 2);
    // Six against two: 28 ways, one of them with both odd ones in the small sample.
    expect(twoSamplePValue(repeat("u", 6), ["v", "v"])).toBeCloseTo(1 / 28, 2);
    expect(twoSamplePValue(repeat(0, 6), [1, 1])).toBeCloseTo(1 / 28, 2);
    // One number against three: as far apart at either end, less far inside. One standard deviation is 0.005.
    expect(twoSamplePValue([1], [2, 3, 4])).toBeCloseTo(2 / 4, 1);
    expect(twoSamplePValue([2], [1, 3, 4])).toBe(1);
    expect(twoSamplePValue([1, 2, 3], [2, 3, 1])).toBe(1);
    expect(twoSamplePValue(["u", 1], ["u", 1])).toBe(1);
  });

  test("draws each division anew, all as likely", () => {
    // Of the three places of one number against two, both ends are as far apart as the first.
    const ps = Array.from({ length: 300 }, (_, seed) => twoSamplePValue([1], [2, 3], { permutations: 1, seed }));
    const share = ps.filter((p) => p === 1).length / ps.length;
    // Four standard deviations, √(2/9 / 300) each.
    expect(Math.abs(share - 2 / 3)).toBeLessThan(0.11);
  });

  test("is 1 where no division is more even, though the sums round differently", () => {
    // χ² grows with Σ n²/t of the first sample's n among t of a kind: 4/3 here and for one w, 2 for none.
    expect(twoSamplePValue(["w", "w"], ["u", "v", "w"])).toBe(1);
    // 34 of four kinds of 18: no closer to quarters than 8, 8, 9 and 9, in any order.
    const sample = (...counts: number[]) => counts.flatMap((count, kind) => repeat(`kind ${kind}`, count));
    expect(twoSamplePValue(sample(8, 8, 9, 9), sample(10, 10, 9, 9))).toBe(1);
    expect(twoSamplePValue(sample(9, 9, 8, 8), sample(9, 9, 10, 10))).toBe(1);
  });

  test("cannot fall below one in the number of divisions tried", () => {
    expect(
      twoSamplePValue(
        normals(50, 1),
        normals(50, 2).map((x) => x + 9),
      ),
    ).toBe(1e-4);
    expect(twoSamplePValue(repeat("u", 50), repeat("v", 50), { permutations: 999 })).toBe(1e-3);
  });

  test("rejects samples of one distribution no more often than it says", () => {
    const ps = Array.from({ length: 200 }, (_, k) =>
      twoSamplePValue(normals(20, 2 * k), normals(25, 2 * k + 1), { permutations: 199 }),
    );
    const share = ps.filter((p) => p <= 0.1).length / ps.length;
    // Four standard deviations about a tenth.
    expect(share).toBeLessThan(0.185);
    expect(share).toBeGreaterThan(0.02);
  });

  test("sees a shift, another spread, and other counts", () => {
    const a = normals(128, 1);
    expect(
      twoSamplePValue(
        a,
        normals(128, 2).map((x) => x + 1),
      ),
    ).toBeLessThan(1e-3);
    expect(
      twoSamplePValue(
        a,
        normals(128, 2).map((x) => 3 * x),
      ),
    ).toBeLessThan(1e-3);
    const words = (fives: number) => [...repeat("five", fives), ...repeat("four", 64 - fives)];
    expect(twoSamplePValue(words(60), words(40))).toBeLessThan(1e-3);
    expect(twoSamplePValue(words(60), words(58))).toBeGreaterThan(0.5);
  });

  test("takes numbers within the tolerance for equal, and no others", () => {
    const far = [repeat(-20, 20), repeat(-20.01, 20)] as const;
    expect(twoSamplePValue(...far)).toBe(1e-4);
    expect(twoSamplePValue(...far, { tolerance: 1e-3 })).toBe(1);
    expect(twoSamplePValue(far[1], far[0], { tolerance: 1e-3 })).toBe(1);
    expect(twoSamplePValue(...far, { tolerance: 4e-4 })).toBe(1e-4);
    // As 1, 1, 2 against 2, 3, 3: of the 20 divisions, the 8 with one of each pair in either half are closer.
    expect(twoSamplePValue([1, 1.0005, 2], [2.0005, 3, 3.0005], { tolerance: 1e-3 })).toBeCloseTo(12 / 20, 1);
    const small = [repeat(1e-12, 20), repeat(1e-5, 20)] as const;
    expect(twoSamplePValue(...small)).toBe(1e-4);
    expect(twoSamplePValue(...small, { tolerance: 1e-4 })).toBe(1);
    expect(twoSamplePValue(...small, { tolerance: 1e-6 })).toBe(1e-4);
  });

  test("infinite numbers are equal to each other and above all else", () => {
    const wild = [...repeat(1, 5), ...repeat(Number.POSITIVE_INFINITY, 5)];
    expect(twoSamplePValue(wild, wild, { tolerance: 0.1 })).toBe(1);
    expect(twoSamplePValue(repeat(1, 20), repeat(Number.POSITIVE_INFINITY, 20), { tolerance: 0.1 })).toBe(1e-4);
  });
});
