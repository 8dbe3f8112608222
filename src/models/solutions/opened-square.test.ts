import { expect, test } from "vitest";
import { autoencoder } from "../autoencoder.ts";
import { loss, terms } from "../objective.ts";
import { openedSquare, openedSquareGain } from "./opened-square.ts";

function summedLoss(columns: readonly (readonly number[])[]): number {
  const model = autoencoder({ features: columns.length, hidden: 2, nonlinearity: "relu", loss: "mse", tied: true });
  return terms(model) * loss(model, Float64Array.from([0, 1].flatMap((row) => columns.map((w) => w[row]!))));
}

test("closed, it is a square of loss 1", () => {
  expect(summedLoss(openedSquare(0.3, 0))).toBeCloseTo(1, 14);
  expect(openedSquareGain(0.3, 0)).toBe(0);
});

test.each([
  [0.5, 0.1],
  [0.2, 0.5],
  [0.8, 1.2],
])("at a = %s and an angle of %s its loss is 1 less the gain", (a, x) => {
  expect(summedLoss(openedSquare(a, x))).toBeCloseTo(1 - openedSquareGain(a, x), 13);
});

test("the gain is 4a²b²x²/(1 + 2ab) to leading order: a sixth of x² for equal shares", () => {
  expect(openedSquareGain(0.5, 1e-3) / 1e-6).toBeCloseTo(1 / 6, 6);
});

test("the two stand x apart, their neighbours a little more than a right angle from the fourth's opposite", () => {
  const [first, second, beside] = openedSquare(0.5, 0.3).map(([x, y]) => Math.atan2(y!, x!)) as [
    number,
    number,
    number,
  ];
  expect(first - second).toBeCloseTo(0.3, 14);
  expect(beside - Math.PI / 2).toBeCloseTo(0.05, 14);
});

test("refuses shares that are none", () => {
  expect(() => openedSquare(1, 0.1)).toThrow("invalid squared norm of the second: 0");
});
