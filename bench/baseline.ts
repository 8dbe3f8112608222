/**
 * What the engines are measured against: gradient descent of a tied ReLU model on one-hot data under mean squared error,
 * one seed at a time, in plain JavaScript with float32 typed arrays. Straightforward, but with the care one takes in a
 * hot loop: flat arrays, nothing allocated in a step, only the sample's one active input is multiplied.
 *
 * `weights` [features × hidden], a feature's embedding after another, is trained in place, a step for each of `rates`.
 */
export function trainBaseline(weights: Float32Array, hidden: number, rates: Float64Array): void {
  const features = weights.length / hidden;
  const gradient = new Float32Array(weights.length);
  const below = new Float32Array(hidden);
  for (let step = 0; step < rates.length; step++) {
    gradient.fill(0);
    for (let sample = 0; sample < features; sample++) {
      // With a one-hot input the hidden activations are the sample's own embedding.
      const h = sample * hidden;
      for (let k = 0; k < hidden; k++) below[k] = 0;
      for (let output = 0; output < features; output++) {
        const w = output * hidden;
        let sum = 0;
        for (let k = 0; k < hidden; k++) sum += weights[w + k]! * weights[h + k]!;
        if (sum > 0) {
          const error = output === sample ? sum - 1 : sum;
          for (let k = 0; k < hidden; k++) {
            gradient[w + k] = gradient[w + k]! + error * weights[h + k]!;
            below[k] = below[k]! + error * weights[w + k]!;
          }
        }
      }
      for (let k = 0; k < hidden; k++) gradient[h + k] = gradient[h + k]! + below[k]!;
    }
    const factor = (2 * rates[step]!) / (features * features);
    for (let k = 0; k < weights.length; k++) weights[k] = weights[k]! - factor * gradient[k]!;
  }
}
