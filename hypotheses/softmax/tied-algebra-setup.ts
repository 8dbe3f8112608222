import { autoencoder, loss } from "../../src/index.ts";

/**
 * Softmax and cross-entropy, tied, no bias, one-hot data: what is mathematics. wᵢ is feature i's column, the logit of
 * label k on input i is wₖ·wᵢ, and the loss is the mean over inputs of −ln of the probability of the right label.
 */
export const section = "Softmax + cross-entropy · tied, no bias";

export type Points = readonly (readonly number[])[];

/** Row-major, [hidden × features]. */
export const flat = (points: Points) =>
  Float64Array.from(points[0]!.flatMap((_, row) => points.map((point) => point[row]!)));
export const softmaxModel = (features: number, hidden = 2) =>
  autoencoder({ features, hidden, loss: "cross-entropy" });
export const meanLoss = (points: Points) =>
  loss(softmaxModel(points.length, points[0]!.length), flat(points));

export const close = (a: number, b: number, tolerance = 1e-10) =>
  Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
export const onCircle = (angles: readonly number[], radius: number) =>
  angles.map((a) => [radius * Math.cos(a), radius * Math.sin(a)]);
export const even = (n: number) => Array.from({ length: n }, (_, k) => (2 * Math.PI * k) / n);

/** 1 − cos of the angle between neighbours among n evenly spaced directions. */
export const neighbour = (n: number) => 1 - Math.cos((2 * Math.PI) / n);
