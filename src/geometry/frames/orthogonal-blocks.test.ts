import { describe, expect, test } from "vitest";
import { interferingShare, orthogonalBlocks } from "./orthogonal-blocks.ts";

const pentagon = Array.from({ length: 5 }, (_, k) => [
  3 * Math.cos((2 * Math.PI * k) / 5),
  3 * Math.sin((2 * Math.PI * k) / 5),
]);
const segment = [[1], [-2]];
/** In orthogonal dimensions. */
const sum = (...parts: readonly (readonly (readonly number[])[])[]) => {
  const widths = parts.map((part) => part[0]!.length);
  return parts.flatMap((part, p) =>
    part.map((point) => widths.flatMap((width, q) => (q === p ? point : new Array<number>(width).fill(0)))),
  );
};

describe("interferingShare", () => {
  test("neighbours of a pentagon, whatever the norms", () => {
    expect(interferingShare(pentagon)).toBe(0.5);
    expect(interferingShare(segment)).toBe(0);
  });
  test("pairs from orthogonal parts do not interfere", () => {
    expect(interferingShare(sum(pentagon, segment))).toBeCloseTo(5 / 21, 12);
  });
  test("no pair, no interference", () => {
    expect(interferingShare([[1, 0]])).toBe(0);
  });
  test("from a cosine of 0.01 on", () => {
    const apart = (cosine: number) => [
      [1, 0],
      [cosine, Math.sqrt(1 - cosine ** 2)],
    ];
    expect([0, 0.009, 0.011, -0.9].map((cosine) => interferingShare(apart(cosine)))).toEqual([0, 0, 1, 0]);
  });
});

describe("orthogonalBlocks", () => {
  test("the parts of an orthogonal sum, largest first", () => {
    expect(orthogonalBlocks(sum(segment, pentagon, segment))).toEqual([5, 2, 2]);
    expect(orthogonalBlocks(pentagon)).toEqual([5]);
  });
  test("joined by any pair above the threshold, negative ones too", () => {
    const nearly = (cosine: number) => [
      [1, 0],
      [cosine, 1],
    ];
    expect(orthogonalBlocks(nearly(-0.031))).toEqual([2]);
    expect(orthogonalBlocks(nearly(-0.029))).toEqual([1, 1]);
    expect(orthogonalBlocks(nearly(0.029))).toEqual([1, 1]);
  });
  test("chains count as one, in whatever order they come", () => {
    const chain = [
      [1, 0, 0, 0],
      [0, 0, 1, 1],
      [0, 0, 0, 1],
      [1, 1, 0, 0],
      [0, 1, 1, 0],
    ];
    expect(orthogonalBlocks(chain)).toEqual([5]);
  });
});
