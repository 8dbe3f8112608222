import { fc, test } from "@fast-check/vitest";
import { Matrix } from "ml-matrix";
import { describe, expect } from "vitest";
import { dot } from "../geometry/vector.ts";
import { nullSpace, orthonormalise } from "./basis.ts";
import { spectrum } from "./spectrum.ts";

const entry = fc.integer({ min: -8, max: 8 });
const vectors = fc
  .integer({ min: 1, max: 6 })
  .chain((n) => fc.array(fc.array(entry, { minLength: n, maxLength: n }), { minLength: 1, maxLength: 8 }));

/** Rank by whole-number elimination (Bareiss), so exactly. */
function rank(rows: readonly (readonly number[])[]): number {
  const m = rows.map((row) => row.map(BigInt));
  let found = 0;
  for (let col = 0; col < (rows[0]?.length ?? 0); col++) {
    const pivot = m.findIndex((row, i) => i >= found && row[col] !== 0n);
    if (pivot < 0) continue;
    [m[found], m[pivot]] = [m[pivot]!, m[found]!];
    const top = m[found]!;
    for (let i = found + 1; i < m.length; i++) {
      const row = m[i]!;
      m[i] = row.map((x, k) => x * top[col]! - top[k]! * row[col]!);
    }
    found++;
  }
  return found;
}

describe("spectrum", () => {
  test("is in increasing order, with unit eigenvectors", () => {
    const matrix = new Matrix([
      [2, 0, 1],
      [0, -3, 0],
      [1, 0, 2],
    ]);
    const { values, vectors: found } = spectrum(matrix);
    [-3, 1, 3].forEach((value, k) => {
      expect(values[k]).toBeCloseTo(value, 12);
      expect(dot(found[k]!, found[k]!)).toBeCloseTo(1, 12);
      const image = matrix.mmul(Matrix.columnVector([...found[k]!])).to1DArray();
      image.forEach((x, i) => {
        expect(x).toBeCloseTo(value * found[k]![i]!, 12);
      });
    });
  });
});

describe("basis", () => {
  test.prop([vectors])("orthonormalise keeps the rank and the span", (rows) => {
    const basis = orthonormalise(rows.map((row) => Float64Array.from(row)));
    expect(basis).toHaveLength(rank(rows));
    basis.forEach((a, i) => {
      basis.forEach((b, j) => {
        expect(dot(a, b)).toBeCloseTo(i === j ? 1 : 0, 12);
      });
    });
    for (const row of rows) {
      const inside = basis.reduce((sum, unit) => sum + dot(row, unit) ** 2, 0);
      expect(inside).toBeCloseTo(dot(row, row), 8);
    }
  });

  test("lengths do not matter", () => {
    const [small, large] = [Float64Array.of(1e-6, 0), Float64Array.of(0, 1e6)];
    expect(orthonormalise([small, large])).toEqual([Float64Array.of(1, 0), Float64Array.of(0, 1)]);
    // 1e-9 of the second vector is all that the first leaves of it.
    expect(orthonormalise([large, Float64Array.of(1e-3, 1e6)])).toHaveLength(1);
    expect(nullSpace([[1e-6, 0]]).map((v) => v.map(Math.abs))).toEqual([[0, 1]]);
    expect(nullSpace([[0, 0]])).toHaveLength(2);
  });

  test.prop([vectors])("the null space makes up the rest", (rows) => {
    const basis = nullSpace(rows);
    expect(basis).toHaveLength(rows[0]!.length - rank(rows));
    for (const v of basis) {
      expect(dot(v, v)).toBeCloseTo(1, 12);
      for (const row of rows) expect(dot(row, v)).toBeCloseTo(0, 12);
    }
  });
});
