import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { align, distanceToShape } from "./alignment.ts";
import { namedPolyhedra } from "./polyhedra/named.ts";
import { polygon, tricappedTrigonalPrism } from "./polyhedra/shapes.ts";
import { apply, procrustes } from "./symmetry/isometry.ts";
import { isometries, jittered, permutations, turned } from "./testing/isometries.ts";
import { norm, type Point, scale, squaredDistance } from "./vector.ts";

const prism = tricappedTrigonalPrism({ latitude: 0.73, prismNorm: 0.886, capNorm: 0.756 });
/** No symmetry, so that the matching is unique; a mirror image differs. */
const skew = jittered(prism, 0.2);

const everyOrder = (n: number): number[][] =>
  n === 0
    ? [[]]
    : everyOrder(n - 1).flatMap((order) => Array.from({ length: n }, (_, i) => order.toSpliced(i, 0, n - 1)));

/** Root mean square distance under the best of all matchings. */
function leastOfAll(points: readonly Point[], reference: readonly Point[]): number {
  const squares = everyOrder(points.length).map((order) => {
    const targets = order.map((i) => reference[i]!);
    const fit = procrustes(points, targets);
    return points.reduce((sum, point, i) => sum + squaredDistance(apply(fit, point), targets[i]!), 0);
  });
  return Math.sqrt(Math.min(...squares) / points.length);
}

describe("align", () => {
  test.prop([permutations(9), isometries(3)])(
    "undoes a rotation, reflection and permutation",
    (order, isometry) => {
      const found = align(
        turned(
          order.map((i) => skew[i]!),
          isometry,
        ),
        skew,
      );
      expect(found.permutation).toEqual(order);
      expect(found.rms).toBeLessThan(1e-12);
      expect(found.scale).toBe(1);
      found.points.forEach((point, i) => {
        expect(squaredDistance(point, skew[order[i]!]!)).toBeLessThan(1e-20);
        expect(squaredDistance(apply(isometry, apply(found.isometry, [1, 2, 3])), [1, 2, 3])).toBeLessThan(
          1e-20,
        );
      });
    },
  );

  test.prop([
    fc.constantFrom(...namedPolyhedra),
    isometries(3),
    fc.double({ min: 0.1, max: 3, noNaN: true }),
  ])(
    "every named shape is at distance zero from itself, also at another size",
    ({ points }, isometry, factor) => {
      const copy = turned(points, isometry)
        .map((point) => scale(point, factor))
        .reverse();
      expect(distanceToShape(copy, points, { scale: true })).toBeLessThan(1e-9);
      expect(align(copy, points, { scale: true }).scale).toBeCloseTo(1 / factor, 9);
      const size = Math.sqrt(points.reduce((sum, point) => sum + norm(point) ** 2, 0) / points.length);
      expect(distanceToShape(copy, points)).toBeCloseTo(size * Math.abs(factor - 1), 9);
    },
  );

  // Left at its size, every point of the copy would be nearest to the same few points of the reference.
  test.prop([permutations(9), isometries(3, false)], { numRuns: 30 })(
    "a far smaller copy is matched as well, and without reflections",
    (order, isometry) => {
      const copy = turned(
        order.map((i) => scale(skew[i]!, 0.01)),
        isometry,
      );
      for (const reflection of [true, false]) {
        const found = align(copy, skew, { scale: true, reflection });
        expect(found.rms).toBeLessThan(1e-12);
        expect(found.permutation).toEqual(order);
      }
    },
  );

  test("distances by hand", () => {
    const dented = polygon(5).map((point, i) => (i === 3 ? scale(point, 0.8) : point));
    expect(distanceToShape(dented, polygon(5))).toBeCloseTo(0.2 / Math.sqrt(5), 12);
    // The best factor is Σ pᵢ·qᵢ / Σ‖pᵢ‖² = 4.8 / 4.64.
    const left = 5 - 4.8 ** 2 / 4.64;
    expect(distanceToShape(dented, polygon(5), { scale: true })).toBeCloseTo(Math.sqrt(left / 5), 12);
  });

  test("only what is allowed is used", () => {
    const mirror = skew.map(([x, y, z]) => [x!, y!, -z!]);
    expect(distanceToShape(mirror, skew)).toBeLessThan(1e-12);
    const rotated = align(mirror, skew, { reflection: false });
    expect(rotated.rms).toBeGreaterThan(0.01);
    const shifted = [...skew.slice(1), skew[0]!];
    expect(distanceToShape(shifted, skew)).toBeLessThan(1e-12);
    const unmatched = align(shifted, skew, { permutation: false });
    expect(unmatched.permutation).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(unmatched.rms).toBeGreaterThan(0.1);
  });

  test("without permutations any dimension will do", () => {
    const points: Point[] = [
      [1, 0, 0, 0],
      [0, 2, 0, 0],
      [0, 0, 3, 0],
      [0, 0, 0, 4],
      [1, 1, 1, 1],
    ];
    const copy = points.map(([a, b, c, d]) => [d!, -a!, c!, b!]);
    expect(distanceToShape(copy, points, { permutation: false })).toBeLessThan(1e-12);
  });

  test.prop([isometries(2), fc.nat({ max: 1000 }), fc.constantFrom(0.01, 0.05, 0.2)], {
    seed: 7,
    numRuns: 40,
  })("no matching of five points does better near the reference", (isometry, salt, noise) => {
    const reference = polygon(5).map((point, i) => scale(point, 1 + 0.05 * i));
    const points = turned(reference, isometry).map((point, i) =>
      point.map((x, axis) => x + noise * Math.sin(salt + 12.9 * i + 78.2 * axis)),
    );
    expect(distanceToShape(points, reference)).toBeCloseTo(leastOfAll(points, reference), 9);
  });

  test("far from the reference, matching and isometry take turns, at any size", () => {
    const reference = [
      [3, 0],
      [0, 2],
      [-2, 1],
      [-1, -2],
      [1, -1],
    ];
    // No frame's first matching is the best here.
    const points = [
      [3, -2],
      [-1, 3],
      [-1, 0],
      [0, 3],
      [3, 1],
    ];
    const found = align(points, reference);
    expect(found.rms).toBeCloseTo(leastOfAll(points, reference), 12);
    const small = points.map((point) => scale(point, 1e-8));
    expect(align(small, reference).permutation).toEqual(found.permutation);
  });

  test("degenerate sets still align", () => {
    expect(distanceToShape([[0, 0, 0]], [[0, 0, 2]])).toBe(2);
    expect(align([[0, 0, 0]], [[0, 0, 2]], { scale: true })).toMatchObject({ scale: 1, rms: 2 });
    expect(
      distanceToShape(
        [
          [0, 3, 0],
          [0, -1, 0],
        ],
        [
          [0, 0, -1],
          [0, 0, 3],
        ],
      ),
    ).toBeLessThan(1e-12);
  });

  test("bad input is quoted", () => {
    expect(() => align([[1, 0]], polygon(3))).toThrow(
      "invalid number of points: 1; expected the number of points of the reference, 3",
    );
    expect(() => align([], [])).toThrow("invalid number of points: 0");
    expect(() => align([[1, 0, 0, 0]], [[1, 0, 0, 0]])).toThrow("expected 2 or 3 coordinates");
    expect(() => align([[1, 0]], [[1, 0, 0]])).toThrow("invalid point: [1,0,0]");
  });
});
