import { fail, finite, wholeNumber } from "../../util/check.ts";
import { indices, sum } from "../../util/numbers.ts";

/**
 * The tied model without bias under softmax and cross-entropy, in the plane, with `onRing` of its n features evenly spaced
 * on a circle of squared radius s and the others at zero. A feature of the ring then has the logits s cos(2πk/m) for the m
 * features of the ring and 0 for the others, so that its own probability is e^s/Z with
 * Z = Σₖ e^{s cos(2πk/m)} + (n − m); a feature at zero has the logit 0 for every label. The formulas below follow from
 * this by expanding the loss.
 */
interface Ring {
  readonly features: number;
  readonly onRing: number;
  readonly squaredRadius: number;
}

/** The mean loss, [(n − m) ln n + m ln(Z e^{−s})]/n: tends to (1 − m/n) ln n as the radius grows, to 0 for m = n. */
export function ringLoss(ring: Ring): number {
  const { features: n, onRing: m, squaredRadius: s } = check(ring);
  return ((n - m) * Math.log(n) + m * Math.log(relativeNormaliser(ring, s))) / n;
}

/**
 * The second derivative of the summed loss by a feature at zero that moves alone, the same in every direction (m ≥ 3):
 * s m/(2n) + ½ m s p(1 − p) − 2(1 − 1/n), with p = 1/Z its probability on an input of the ring. The gradient there is 0.
 */
export function zeroCurvature(ring: Ring): number {
  const { features: n, onRing: m, squaredRadius: s } = check(ring);
  if (m < 3 || m === n) fail("features on the ring", m, `3 to ${n - 1}, to leave one at zero`);
  const p = Math.exp(-s) / relativeNormaliser(ring, s);
  return (s * m) / (2 * n) + (m * s * p * (1 - p)) / 2 - 2 * (1 - 1 / n);
}

/** Z e^{−s}, free of overflow. */
function relativeNormaliser({ features, onRing }: Ring, s: number): number {
  let sum = (features - onRing) * Math.exp(-s);
  for (let k = 0; k < onRing; k++) sum += Math.exp(s * (Math.cos((2 * Math.PI * k) / onRing) - 1));
  return sum;
}

/**
 * With all n features evenly on the circle: the curvature of the summed loss when feature i turns by the angle
 * ε cos(2π mode i/n), divided by Σ cos² = what ε²/2 multiplies. The Hessian in the angles is circulant, so that these are
 * its eigenvalues:
 * Σₖ pₖ (s² sin²aₖ − s cos aₖ)·2(1 − cos(mode aₖ)) − s² (Σₖ pₖ sin aₖ sin(mode aₖ))², aₖ = 2πk/n, p = softmax(s cos aₖ).
 * Mode 0 is the rotation.
 */
export function angularCurvature(features: number, squaredRadius: number, mode: number): number {
  check({ features, onRing: features, squaredRadius });
  wholeNumber("mode", mode, 0);
  const s = squaredRadius;
  const angles = indices(features).map((k) => (2 * Math.PI * k) / features);
  const weights = angles.map((a) => Math.exp(s * (Math.cos(a) - 1)));
  const total = sum(weights);
  let [even, odd] = [0, 0];
  for (const [k, a] of angles.entries()) {
    const p = weights[k]! / total;
    even += p * (s * s * Math.sin(a) ** 2 - s * Math.cos(a)) * 2 * (1 - Math.cos(mode * a));
    odd += p * Math.sin(a) * Math.sin(mode * a);
  }
  return even - s * s * odd * odd;
}

function check(ring: Ring): Ring {
  wholeNumber("features", ring.features, 2);
  wholeNumber("features on the ring", ring.onRing, 1);
  if (ring.onRing > ring.features) fail("features on the ring", ring.onRing, `at most the ${ring.features} features`);
  finite("squared radius", ring.squaredRadius, 0);
  return ring;
}
