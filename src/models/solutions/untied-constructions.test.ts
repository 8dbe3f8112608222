import { expect, test } from "vitest";
import { fiveOnHexagon, spiral, spiralLoss } from "./untied-constructions.ts";

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const norm = (a: readonly number[]) => Math.sqrt(dot(a, a));

const summedLoss = ({ written, reading }: ReturnType<typeof spiral>) =>
  written.reduce(
    (sum, v, i) => sum + reading.reduce((s, u, j) => s + (Math.max(0, dot(u, v)) - +(i === j)) ** 2, 0),
    0,
  );

test.each([0.2, 0.4, 0.7, 1])("five on a hexagon has its stated loss at r = %s", (r) => {
  expect(summedLoss(fiveOnHexagon(r))).toBeCloseTo(r ** 2 / (1 + r ** 2) + (2 * r ** 4) / (1 + r ** 4), 11);
});

test("five on a hexagon: lengths fall by r, and 0.4 gives the loss 0.18785", () => {
  expect(fiveOnHexagon(0.4).written.map((v) => Number(norm(v).toFixed(6)))).toEqual([1, 0.4, 0.16, 0.064, 0.0256]);
  expect(summedLoss(fiveOnHexagon(0.4))).toBeCloseTo(0.18785, 5);
});

test.each([
  [3, 0.5],
  [5, 0.1],
  [8, 0.3],
  [20, 0.2],
])("the spiral of %i features at r = %s has its stated loss", (n, r) => {
  expect(summedLoss(spiral(n, r)) / spiralLoss(n, r)).toBeCloseTo(1, 8);
});

test("known losses of spirals, falling to 0", () => {
  expect(spiralLoss(5, 0.1)).toBeCloseTo(0.10550877, 8);
  expect(spiralLoss(20, 0.01)).toBeCloseTo(0.00741553, 8);
  expect(spiralLoss(20, 1e-4)).toBeLessThan(1e-6);
});

test("every feature is shown in full", () => {
  const { written, reading } = spiral(9, 0.5);
  written.forEach((v, i) => {
    expect(dot(v, reading[i]!)).toBeCloseTo(1, 10);
  });
});

test("the spiral begins one step from the x axis, with length r, and reads a right angle behind", () => {
  const { written, reading } = spiral(4, 0.5);
  // φ = 45°: 0.5 at 45°, 0.25 at 90°; readers of length r⁻ʲ/sin φ at 90° and 135°.
  [
    [written[0]!, [0.5 * Math.SQRT1_2, 0.5 * Math.SQRT1_2]],
    [written[1]!, [0, 0.25]],
    [reading[0]!, [0, 2 * Math.SQRT2]],
    [reading[1]!, [-4, 4]],
  ].forEach(([found, expected]) => {
    expect(found![0]).toBeCloseTo(expected![0]!, 12);
    expect(found![1]).toBeCloseTo(expected![1]!, 12);
  });
});

test("refuses what is no shape", () => {
  expect(() => spiral(1, 0.5)).toThrow("features: 1");
  expect(() => spiral(5, 1.5)).toThrow("ratio of lengths: 1.5; expected at most 1");
  expect(() => spiralLoss(1, 0.5)).toThrow("features: 1");
  expect(() => fiveOnHexagon(0)).toThrow("ratio of lengths: 0");
});
