import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { permutations } from "../testing/isometries.ts";
import { assign } from "./assignment.ts";

const total = (cost: readonly (readonly number[])[], by: readonly number[]) =>
  by.reduce((sum, column, row) => sum + cost[row]![column]!, 0);

describe("assign", () => {
  test("a case by hand, where the greedy choice is wrong", () => {
    expect(
      assign([
        [1, 2],
        [3, 100],
      ]),
    ).toEqual([1, 0]);
    expect(assign([])).toEqual([]);
    expect(assign([[-5]])).toEqual([0]);
  });

  test.prop([
    fc.integer({ min: 1, max: 6 }).chain((n) =>
      fc.tuple(
        fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: n, maxLength: n }), {
          minLength: n,
          maxLength: n,
        }),
        fc.constant(everyOrder(n)),
      ),
    ),
  ])("is the best of all permutations", ([cost, orders]) => {
    const found = assign(cost);
    expect([...found].sort()).toEqual(cost.map((_, i) => i));
    expect(total(cost, found)).toBe(Math.min(...orders.map((order) => total(cost, order))));
  });

  test.prop([permutations(12)])("finds a hidden matching", (order) => {
    expect(assign(order.map((column) => order.map((_, j) => (j === column ? 0 : 1))))).toEqual(order);
  });
});

function everyOrder(n: number): number[][] {
  if (n === 0) return [[]];
  return everyOrder(n - 1).flatMap((order) => Array.from({ length: n }, (_, i) => order.toSpliced(i, 0, n - 1)));
}
