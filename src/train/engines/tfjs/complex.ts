import * as tf from "@tensorflow/tfjs-core";
import type { ComplexOutput } from "../../../models/solutions/complex.ts";

/**
 * The summed squared error on one-hot data of a tied model with complex weights, Σ_ij (y_ij − δ_ij)² with y made of the
 * overlaps G = W†W as `output` says: hypothesis U10's model, which the real family does not hold. `points` [n × 2d], the
 * real parts of a vector before the imaginary ones. A modulus has no gradient (NaN) where an overlap is exactly 0.
 */
export function complexLoss(points: tf.Tensor2D, output: ComplexOutput): tf.Scalar {
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
