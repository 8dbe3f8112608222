import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { dot } from "../vector.ts";
import { deviationFromIdentity, frameSpectrum, outerSum, prettyGoodVectors, reciprocalVectors } from "./measurement.ts";

const coordinate = fc.integer({ min: -9, max: 9 });
/** Vectors that surely span: any ones, and the axes. */
const spanning = fc
  .integer({ min: 1, max: 4 })
  .chain((d) =>
    fc
      .array(fc.array(coordinate, { minLength: d, maxLength: d }), { maxLength: 5 })
      .map((extra) => [
        ...extra,
        ...Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_, j) => +(i === j))),
      ]),
  );

test("the sum of outer products, row by first argument", () => {
  expect(
    outerSum(
      [
        [1, 2],
        [0, 1],
      ],
      [
        [3, 4],
        [5, 6],
      ],
    ),
  ).toEqual([
    [3, 4],
    [11, 14],
  ]);
  expect(() =>
    outerSum(
      [[1, 2]],
      [
        [1, 2],
        [3, 4],
      ],
    ),
  ).toThrow("number of vectors: 2; expected 1");
  expect(() => outerSum([[1, 2]], [[1, 2, 3]])).toThrow("invalid point: [1,2,3]");
  expect(outerSum([])).toEqual([]);
});

describe("deviationFromIdentity", () => {
  test("is 0 for multiples of the identity, relative, and 1 without a trace", () => {
    expect(
      deviationFromIdentity([
        [3, 0],
        [0, 3],
      ]),
    ).toBe(0);
    expect(
      deviationFromIdentity([
        [0, 0],
        [0, 0],
      ]),
    ).toBe(0);
    // diag(3, 1): the distance from 2I is √2, the size √10.
    expect(
      deviationFromIdentity([
        [3, 0],
        [0, 1],
      ]),
    ).toBeCloseTo(Math.sqrt(2 / 10), 12);
    expect(
      deviationFromIdentity([
        [30, 0],
        [0, 10],
      ]),
    ).toBeCloseTo(Math.sqrt(2 / 10), 12);
    expect(
      deviationFromIdentity([
        [0, 5],
        [-2, 0],
      ]),
    ).toBe(1);
  });
});

test("the spectrum of a pentagon's frame operator is flat, and ascends for others", () => {
  const pentagon = [0, 1, 2, 3, 4].map((k) => [Math.cos(1.25663706 * k), Math.sin(1.25663706 * k)]);
  const [low, high] = frameSpectrum(pentagon);
  expect(low).toBeCloseTo(2.5, 6);
  expect(high).toBeCloseTo(2.5, 6);
  expect(
    frameSpectrum([
      [3, 0],
      [0, 1],
    ]),
  ).toEqual([1, 9]);
});

describe("reciprocal and pretty-good vectors", () => {
  test("of two vectors at 60 degrees", () => {
    const v = [
      [1, 0],
      [0.5, Math.sqrt(0.75)],
    ];
    const u = reciprocalVectors(v);
    expect(u.map((x) => v.map((y) => dot(x, y)).map((z) => Math.round(1e12 * z) / 1e12))).toEqual([
      [1, 0],
      [0, 1],
    ]);
    const p = prettyGoodVectors(v);
    expect(dot(p[0]!, p[1]!)).toBeCloseTo(0, 12);
    expect(dot(p[0]!, p[0]!)).toBeCloseTo(1, 12);
    // Each 15° outside its vector.
    expect(dot(p[0]!, v[0]!)).toBeCloseTo(Math.cos(Math.PI / 12), 12);
  });

  prop.prop([spanning])("Σ uᵢvᵢᵀ = I for the reciprocal, Σ pᵢpᵢᵀ = I for the pretty-good vectors", (v) => {
    const identity = v[0]!.map((_, i) => v[0]!.map((_, j) => +(i === j)));
    const near = (a: number[][]) =>
      a.forEach((row, i) => {
        row.forEach((x, j) => {
          expect(x).toBeCloseTo(identity[i]![j]!, 9);
        });
      });
    near(outerSum(reciprocalVectors(v), v));
    near(outerSum(prettyGoodVectors(v)));
  });

  test("asks for vectors that span, whatever their size", () => {
    for (const vectors of [
      [
        [1, 2],
        [2, 4],
      ],
      [
        [0, 0],
        [0, 0],
      ],
      // The frame operator is diag(10⁶, 10⁻⁸): the least eigenvalue is 10⁻¹⁴ of the largest.
      [
        [1e3, 0],
        [0, 1e-4],
      ],
    ])
      expect(() => reciprocalVectors(vectors)).toThrow(/least eigenvalue of the frame operator: .*vectors that span/);
    const [u, v] = reciprocalVectors([
      [1e-7, 0],
      [0, 2e-7],
    ]);
    expect(u![0]! * 1e-7).toBeCloseTo(1, 12);
    expect(v![1]! * 1e-7).toBeCloseTo(0.5, 12);
  });
});
