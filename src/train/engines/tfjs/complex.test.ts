import { fc, test as property } from "@fast-check/vitest";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import {
  type ComplexOutput,
  complexOutputs,
  descendComplex,
  complexLoss as handDerived,
} from "../../../models/solutions/complex.ts";
import { createTorchUniform, uniformAround } from "../../../util/torch-random.ts";
import { openBackend } from "./backend.ts";

beforeAll(() => openBackend());

/**
 * The summed squared error on one-hot data of a tied model with complex weights, Σ_ij (y_ij − δ_ij)² with y made of the
 * overlaps G = W†W as `output` says: hypothesis U10's model, which the real family does not hold. `points` [n × 2d], the
 * real parts of a vector before the imaginary ones. A modulus has no gradient (NaN) where an overlap is exactly 0.
 */
function complexLoss(points: tf.Tensor2D, output: ComplexOutput): tf.Scalar {
  return tf.tidy(() => {
    const [re, im] = tf.split(points, 2, 1) as [tf.Tensor2D, tf.Tensor2D];
    const overlap = (a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D => tf.matMul(a, b, false, true);
    const real = tf.add(overlap(re, re), overlap(im, im));
    const value = () => {
      if (output === "relu of the real part") return tf.relu(real);
      const square = tf.add(tf.square(real), tf.square(tf.sub(overlap(re, im), overlap(im, re))));
      return output === "modulus" ? tf.sqrt(square) : square;
    };
    return tf.sum(tf.squaredDifference(value(), tf.eye(points.shape[0])));
  });
}

function random(seed: number, features: number, hidden: number): number[][] {
  const uniform = createTorchUniform(seed);
  return Array.from({ length: features }, () =>
    Array.from({ length: 2 * hidden }, () => uniformAround(uniform, 1 / Math.sqrt(features))),
  );
}

const furthest = (a: ArrayLike<number>, b: readonly number[]) => Math.max(...b.map((x, k) => Math.abs(x - a[k]!)));

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
    const { value, grad } = tf.valueAndGrad((p) => complexLoss(p as tf.Tensor2D, output))(tf.tensor2d(points));
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
    const next = tf.tidy(() => tf.sub(points, tf.mul(slope(points), rate * Math.min(1, (20 * (step + 1)) / steps))));
    points.dispose();
    points = next as tf.Tensor2D;
  }
  expect(tf.memory().numTensors).toBe(before);
  const end = expected.points.flat();
  expect(furthest(points.dataSync(), end)).toBeLessThan(1e-5);
  expect(furthest(random(3, features, hidden).flat(), end)).toBeGreaterThan(1e-2);
});
