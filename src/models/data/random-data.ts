import { wholeNumber } from "../../util/check.ts";
import { createNormal, createTorchUniform } from "../../util/torch-random.ts";
import { type DataSet, oneHot } from "./data.ts";

/**
 * Features as directions of an activation space: feature i's input is a random unit vector (uniform on the sphere), its
 * target output i. Directions of a smaller count are the first of a larger one.
 */
export function randomDirections(features: number, width: number, seed: number): DataSet {
  wholeNumber("features", features, 1);
  wholeNumber("width", width, 1);
  const normal = createNormal(seed);
  const inputs = Array.from({ length: features }, () => {
    const point = Array.from({ length: width }, normal);
    const length = Math.hypot(...point);
    return point.map((x) => x / length);
  });
  return { name: `random directions ${seed}`, inputs, targets: oneHot(features).targets };
}

/** Standard normal points, each with a label of −1 or 1 at random, independent of it: nothing to learn but by heart. */
export function randomLabels(samples: number, width: number, seed: number): DataSet {
  wholeNumber("samples", samples, 1);
  wholeNumber("width", width, 1);
  const normal = createNormal(seed);
  const uniform = createTorchUniform(seed);
  return {
    name: `random labels ${seed}`,
    inputs: Array.from({ length: samples }, () => Array.from({ length: width }, normal)),
    targets: Array.from({ length: samples }, () => [uniform() < 0.5 ? -1 : 1]),
  };
}
