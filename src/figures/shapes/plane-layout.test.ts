import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { convexHull, rays } from "./plane-layout.ts";

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

  property.prop([points, fc.infiniteStream(fc.nat())])(
    "do not depend on the order of the columns",
    (list, keys) => {
      const order = list
        .map((point) => ({ point, key: keys.next().value ?? 0 }))
        .sort((a, b) => a.key - b.key);
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
    },
  );

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
    ).toThrow("invalid y of point 1: NaN; expected a finite number");
    expect(() => rays([[0, 1, 2]], undefined, {})).toThrow(
      "invalid point 0: [0,1,2]; expected two coordinates",
    );
  });
});

describe("convexHull", () => {
  const turn = (a: readonly number[], b: readonly number[], c: readonly number[]) =>
    (b[0]! - a[0]!) * (c[1]! - a[1]!) - (b[1]! - a[1]!) * (c[0]! - a[0]!);

  property.prop([points])("turns left at every corner and has no point outside", (tenths) => {
    // Whole numbers, so that turns of points almost in line are exact.
    const list = tenths.map((point) => point.map((x) => Math.round(10 * x)));
    const hull = convexHull(list);
    if (hull.length < 3) return;
    for (const [i, a] of hull.entries()) {
      const [b, c] = [hull[(i + 1) % hull.length]!, hull[(i + 2) % hull.length]!];
      expect(turn(a, b, c)).toBeGreaterThan(0);
      for (const p of list) expect(turn(a, b, p)).toBeGreaterThanOrEqual(0);
    }
  });

  test("of a square with points on its sides and inside are its corners", () => {
    expect(
      convexHull([
        [1, 1],
        [0, 0],
        [2, 0],
        [1, 0],
        [2, 2],
        [0, 2],
        [0, 1],
      ]),
    ).toEqual([
      [0, 0],
      [2, 0],
      [2, 2],
      [0, 2],
    ]);
  });
});
