import { expect, test } from "vitest";
import { autoencoder } from "../autoencoder.ts";
import { loss } from "../objective.ts";
import { lifted, liftedCircle } from "./lifted.ts";
import { losslessSquaredRadius } from "./lossless-circle.ts";

const meanLoss = ({ written, reading }: ReturnType<typeof lifted>) => {
  const [features, hidden] = [written.length, written[0]!.length];
  const model = autoencoder({ features, hidden, nonlinearity: "relu", loss: "mse", tied: false });
  const embedding = written[0]!.flatMap((_, row) => written.map((v) => v[row]!));
  return loss(model, Float64Array.from([...embedding, ...reading.flat()]));
};

test.each([2, 3, 4, 5, 9, 40])("a lifted circle of %i features loses nothing", (n) => {
  expect(meanLoss(liftedCircle(n))).toBeLessThan(1e-24);
});

test("its readers are the lossless circle's squared radius times (cos θ, sin θ, −cos 2π/n)", () => {
  const { written, reading } = liftedCircle(6);
  expect(written[0]).toEqual([1, 0, 1]);
  const scale = losslessSquaredRadius(6);
  [1, 0, -Math.cos(Math.PI / 3)].forEach((x, k) => {
    expect(reading[0]![k]).toBeCloseTo(scale * x, 12);
  });
});

test("a larger threshold silences the others with room to spare", () => {
  const square = [
    [1, 0],
    [0, 1],
    [-1, 0],
  ];
  const { written, reading } = lifted(square, 0.5);
  const shown = (j: number, i: number) => reading[j]!.reduce((total, x, k) => total + x * written[i]![k]!, 0);
  expect([shown(0, 0), shown(1, 0), shown(2, 0)]).toEqual([1, -1, -3]);
});

test("refuses what has no readers", () => {
  expect(() => lifted([[1, 1]])).toThrow("invalid point: [1,1]; expected a unit vector");
  expect(() =>
    lifted([
      [1, 0],
      [1, 0],
    ]),
  ).toThrow("expected distinct ones");
  expect(() => lifted([[1, 0]], 1)).toThrow("invalid threshold: 1");
  expect(() =>
    lifted(
      [
        [1, 0],
        [0, 1],
      ],
      -0.5,
    ),
  ).toThrow("invalid threshold: -0.5; expected at least 0");
});
