import { describe, expect, test } from "vitest";
import { betweenBlocks, interference, simplePolytopes, tegum, tegumMean, welchRms } from "./interference.ts";

describe("interference", () => {
  test("of three vectors, whatever their lengths", () => {
    const found = interference([
      [2, 0],
      [0, 3],
      [-1, 1],
    ]);
    expect(found.mean).toBeCloseTo((0 + Math.SQRT1_2 + Math.SQRT1_2) / 3, 12);
    expect(found.rms).toBeCloseTo(Math.sqrt(1 / 3), 12);
    expect(found.max).toBeCloseTo(Math.SQRT1_2, 12);
    expect(found.rectifiedMean).toBeCloseTo(Math.SQRT1_2 / 3, 12);
    expect(found.rectifiedMax).toBeCloseTo(Math.SQRT1_2, 12);
  });

  test("of a pentagon", () => {
    const found = interference(simplePolytopes.pentagon);
    expect(found.mean).toBeCloseTo(Math.sqrt(5) / 4, 12);
    expect(found.max).toBeCloseTo(Math.cos(Math.PI / 5), 12);
    expect(found.rectifiedMax).toBeCloseTo(Math.cos((2 * Math.PI) / 5), 12);
    expect(found.rectifiedMean).toBeCloseTo(Math.cos((2 * Math.PI) / 5) / 2, 12);
  });

  test("opposite vectors do not rectify", () => {
    expect(interference([[1], [-1]])).toEqual({ mean: 1, rms: 1, max: 1, rectifiedMean: 0, rectifiedMax: 0 });
    expect(() => interference([[1]])).toThrow("number of vectors: 1; expected at least 2");
  });
});

test("a tegum product puts copies in orthogonal blocks", () => {
  expect(tegum([[1], [-1]], 2)).toEqual([
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ]);
  expect(() => tegum([[1], [-1]], 0)).toThrow("copies: 0");
});

test("Welch's bound is for at least two vectors, and no fewer than dimensions", () => {
  expect(welchRms(3, 3)).toBe(0);
  expect(() => welchRms(1, 1)).toThrow("number of vectors: 1; expected a whole number of at least 2");
  expect(() => welchRms(3, 4)).toThrow("number of vectors: 3; expected a whole number of at least 4");
  expect(() => welchRms(3, 0)).toThrow("dimension: 0");
});

test.each([
  ["segment", 5, 1 / 9],
  ["triangle", 4, 1 / 11],
  ["square", 3, 1 / 11],
  ["pentagon", 6, 0.077106],
  ["tetrahedron", 2, 1 / 7],
] as const)("mean of %s × %i in closed form and counted", (name, copies, mean) => {
  const vertices = simplePolytopes[name];
  expect(tegumMean(vertices, copies)).toBeCloseTo(mean, 6);
  const counted = interference(tegum(vertices, copies));
  expect(counted.mean).toBeCloseTo(tegumMean(vertices, copies), 12);
  expect(counted.rms).toBeCloseTo(welchRms(vertices.length * copies, vertices[0]!.length * copies), 12);
});

test("betweenBlocks sees only other blocks", () => {
  expect(
    betweenBlocks([
      [[1, 0]],
      [
        [0, 1],
        [0, 2],
      ],
    ]),
  ).toBe(0);
  expect(
    betweenBlocks([
      [
        [1, 0],
        [0, 1],
      ],
      [[0.5, -2]],
    ]),
  ).toBe(2);
});
