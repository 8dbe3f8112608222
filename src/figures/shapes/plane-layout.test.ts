import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { rays } from "./plane-layout.ts";

const coordinate = fc.integer({ min: -20, max: 20 }).map((k) => k / 10);
const points = fc.array(fc.tuple(coordinate, coordinate), { maxLength: 15 });

describe("rays", () => {
  test("gathers what shares a direction, nearest first, and counts the origin", () => {
    const found = rays(
      [
        [0, 2],
        [3, 0],
        [0, 1],
        [0.005, 0],
        [0, -1],
      ],
      [1, 2, 3, 4, 5],
      {},
    );
    expect(found.atOrigin).toBe(1);
    expect(found.rays.map((ray) => ray.members.map((m) => [m.norm, m.value]))).toEqual([
      [[1, 5]],
      [[3, 2]],
      [
        [1, 3],
        [2, 1],
      ],
    ]);
    expect(found.rays[2]!.combinedNorm).toBeCloseTo(Math.sqrt(5), 12);
    expect(found.rays[2]!.angle).toBeCloseTo(Math.PI / 2, 12);
  });

  property.prop([points, fc.infiniteStream(fc.nat())])("do not depend on the order of the columns", (list, keys) => {
    const order = list.map((point) => ({ point, key: keys.next().value ?? 0 })).sort((a, b) => a.key - b.key);
    const [a, b] = [
      rays(list, undefined, {}),
      rays(
        order.map((o) => o.point),
        undefined,
        {},
      ),
    ];
    expect(b.atOrigin).toBe(a.atOrigin);
    expect(b.rays.map((r) => r.members)).toEqual(a.rays.map((r) => r.members));
  });

  test("coordinates that are not two finite numbers are quoted", () => {
    expect(() =>
      rays(
        [
          [0, 1],
          [0, Number.NaN],
        ],
        undefined,
        {},
      ),
    ).toThrow('invalid point: [0,"NaN"]; expected 2 finite coordinates');
    expect(() => rays([[0, 1, 2]], undefined, {})).toThrow("invalid point: [0,1,2]; expected 2 coordinates");
  });
});
