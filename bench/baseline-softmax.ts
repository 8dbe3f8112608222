/**
 * The baseline of softmax models: gradient descent on one-hot data under cross-entropy, each feature asked for at
 * its own output; one seed at a time in plain JavaScript, with the care of `trainBaseline`.
 *
 * `embedding` and `unembedding`, both [features × hidden] and in a tied model the same array, are trained in place, a step
 * for each of `rates`.
 */
export function trainSoftmaxBaseline(
  embedding: Float32Array,
  unembedding: Float32Array,
  hidden: number,
  rates: Float64Array,
): void {
  const features = embedding.length / hidden;
  const tied = embedding === unembedding;
  const readGradient = new Float32Array(unembedding.length);
  const below = new Float32Array(hidden);
  const p = new Float32Array(features);
  for (let step = 0; step < rates.length; step++) {
    const factor = rates[step]! / features;
    readGradient.fill(0);
    for (let sample = 0; sample < features; sample++) {
      const h = sample * hidden;
      let top = Number.NEGATIVE_INFINITY;
      for (let output = 0; output < features; output++) {
        let sum = 0;
        for (let k = 0; k < hidden; k++) sum += unembedding[output * hidden + k]! * embedding[h + k]!;
        p[output] = sum;
        if (sum > top) top = sum;
      }
      let total = 0;
      for (let output = 0; output < features; output++) {
        const e = Math.exp(p[output]! - top);
        p[output] = e;
        total += e;
      }
      for (let k = 0; k < hidden; k++) below[k] = 0;
      for (let output = 0; output < features; output++) {
        const u = output * hidden;
        const error = p[output]! / total - (output === sample ? 1 : 0);
        for (let k = 0; k < hidden; k++) {
          readGradient[u + k] = readGradient[u + k]! + error * embedding[h + k]!;
          below[k] = below[k]! + error * unembedding[u + k]!;
        }
      }
      // No other sample reads an untied embedding, so that it may move at once; the unembedding waits for all.
      if (tied) for (let k = 0; k < hidden; k++) readGradient[h + k] = readGradient[h + k]! + below[k]!;
      else for (let k = 0; k < hidden; k++) embedding[h + k] = embedding[h + k]! - factor * below[k]!;
    }
    for (let k = 0; k < unembedding.length; k++) unembedding[k] = unembedding[k]! - factor * readGradient[k]!;
  }
}
