import { fail, finite, wholeNumber } from "../../util/check.ts";
import { indices } from "../../util/numbers.ts";

type Point = readonly number[];

/**
 * Untied ReLU solutions without biases in the plane, on one-hot data: written vectors v (columns of the embedding) and
 * reading vectors u (rows of the unembedding), each [features] of 2 numbers. Both have a hierarchy of lengths: each written
 * vector lies where every reader of a longer one is silent (ReLU of a negative number), and is r times shorter, so that
 * what the longer ones' readers cannot avoid is of order r.
 */
interface WrittenAndRead {
  readonly written: readonly Point[];
  readonly reading: readonly Point[];
}

const at = (degrees: number, length: number): Point => {
  const angle = (degrees * Math.PI) / 180;
  return [length * Math.cos(angle), length * Math.sin(angle)];
};

function ratio(r: number): number {
  finite("ratio of lengths", r, 0, true);
  if (r > 1) fail("ratio of lengths", r, "at most 1");
  return r;
}

/**
 * Five features on five corners of a hexagon: written at 0, 60, −60, 120, −120° with lengths 1, r, r², r³, r⁴, read
 * 30° to the side of each. With readers that show their own feature in full the summed ReLU loss would be r² + 2r⁴;
 * shrinking the first three by 1 + r², 1 + r⁴, 1 + r⁴ makes it r²/(1 + r²) + 2r⁴/(1 + r⁴).
 */
export function fiveOnHexagon(r: number): WrittenAndRead {
  ratio(r);
  const shrink = [1 + r ** 2, 1 + r ** 4, 1 + r ** 4, 1, 1];
  return {
    written: [0, 60, -60, 120, -120].map((angle, k) => at(angle, r ** k)),
    reading: [30, 90, -90, 150, -150].map((angle, k) => at(angle, 2 / (Math.sqrt(3) * r ** k * shrink[k]!))),
  };
}

/**
 * Any number of features on a half-circle: written at angles iφ with lengths rⁱ, φ = π/n, i = 1…n, and read
 * perpendicular to the one before. Every feature is shown in full, by no reader of a longer one, and the summed ReLU loss is
 * `spiralLoss(features, r)`, which tends to 0 with r: in two dimensions the infimum is 0 for every n.
 */
export function spiral(features: number, r: number): WrittenAndRead {
  wholeNumber("features", features, 2);
  ratio(r);
  const step = 180 / features;
  const index = indices(features).map((k) => k + 1);
  const sine = Math.sin(Math.PI / features);
  return {
    written: index.map((i) => at(i * step, r ** i)),
    reading: index.map((j) => at((j - 1) * step + 90, r ** -j / sine)),
  };
}

/** Σ_{k=1}^{n−1} (n − k) r^{2k} (sin((k + 1)φ)/sin φ)², φ = π/n: the summed ReLU loss of `spiral`. */
export function spiralLoss(features: number, r: number): number {
  wholeNumber("features", features, 2);
  const phi = Math.PI / features;
  let sum = 0;
  for (let k = 1; k < features; k++)
    sum += (features - k) * r ** (2 * k) * (Math.sin((k + 1) * phi) / Math.sin(phi)) ** 2;
  return sum;
}
