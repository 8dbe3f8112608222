import { fc, test as property } from "@fast-check/vitest";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import {
  complexOutputs,
  descendComplex,
  complexLoss as handDerived,
} from "../../../models/solutions/complex.ts";
import { createTorchUniform, uniformAround } from "../../../models/torch-random.ts";
import { openBackend } from "./backend.ts";
import { complexLoss } from "./complex.ts";

beforeAll(() => openBackend());

function random(seed: number, features: number, hidden: number): number[][] {
  const uniform = createTorchUniform(seed);
  return Array.from({ length: features }, () =>
    Array.from({ length: 2 * hidden }, () => uniformAround(uniform, 1 / Math.sqrt(features))),
  );
}

const furthest = (a: ArrayLike<number>, b: readonly number[]) =>
  Math.max(...b.map((x, k) => Math.abs(x - a[k]!)));

const sizes = {
  seed: fc.nat(1000),
  features: fc.integer({ min: 1, max: 6 }),
  hidden: fc.integer({ min: 1, max: 3 }),
};

property.prop([fc.record(sizes), fc.constantFrom(...complexOutputs)])(
  "loss and gradient of complex weights, by autodiff, are the hand-derived ones",
  ({ seed, features, hidden }, output) => {
    const points = random(seed, features, hidden);
    const expected = handDerived(points, output);
    const { value, grad } = tf.valueAndGrad((p) => complexLoss(p as tf.Tensor2D, output))(
      tf.tensor2d(points),
    );
    const actual = [value.dataSync()[0]!, ...grad.dataSync()];
    const numbers = [expected.loss, ...expected.gradient.flat()];
    expect(furthest(actual, numbers) / Math.max(1, ...numbers.map(Math.abs))).toBeLessThan(3e-6);
  },
);

test.each(complexOutputs)("a descent by autodiff ends where U10's own does: %s", (output) => {
  const [features, hidden, rate, steps] = [5, 1, 0.01, 400];
  const expected = descendComplex({ features, hidden, output, seed: 3, rate, steps, tolerance: 1e-12 });
  const slope = tf.grad((p) => complexLoss(p as tf.Tensor2D, output));
  let points = tf.tensor2d(random(3, features, hidden));
  const before = tf.memory().numTensors;
  for (let step = 0; step < steps; step++) {
    const next = tf.tidy(() =>
      tf.sub(points, tf.mul(slope(points), rate * Math.min(1, (20 * (step + 1)) / steps))),
    );
    points.dispose();
    points = next as tf.Tensor2D;
  }
  expect(tf.memory().numTensors).toBe(before);
  const end = expected.points.flat();
  expect(furthest(points.dataSync(), end)).toBeLessThan(1e-5);
  expect(furthest(random(3, features, hidden).flat(), end)).toBeGreaterThan(1e-2);
});
