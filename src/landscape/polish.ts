import { dot, norm } from "../geometry/vector.ts";
import type { Model } from "../models/model.ts";
import { gradient, type Parameters, terms } from "../models/objective.ts";
import { hessian, trainable } from "./hessian.ts";
import { spectrum } from "./spectrum.ts";

/**
 * From the end of training (float32) to the critical point nearby at float64 precision. Parameters that do not train
 * stay as they are. Throws InputError for a unit-norm model.
 *
 * Levenberg–Marquardt steps on "gradient = 0", damped by the gradient norm itself, which converges quadratically even
 * to solutions that are not isolated (Yamashita and Fukushima, 2001): flat and symmetric directions stay nearly
 * untouched, whatever their number. No step is longer than 1/2, for |λ| ‖g‖ / (λ² + ‖g‖²) never is, so there is no line
 * search: one would only get stuck at ReLU's kinks, which full steps cross. The critical point may be a saddle; look at
 * `distance` to see that it is the one nearby. An eigendecomposition a step: a second or more beyond 300 parameters.
 */
export function polish(model: Model, start: Parameters, { tolerance = 1e-12, maxSteps = 100 } = {}) {
  const indices = trainable(model);
  const factor = terms(model);
  const slope = (at: Parameters) => {
    const full = gradient(model, at).gradient;
    return indices.map((k) => factor * full[k]!);
  };
  const p = Float64Array.from(start);
  let g = slope(p);
  for (let step = 0; norm(g) > tolerance && step < maxSteps; step++) {
    const damping = norm(g) ** 2;
    const { values, vectors } = spectrum(hessian(model, p));
    vectors.forEach((v, k) => {
      const value = values[k]!;
      const along = (-dot(g, v) * value) / (value * value + damping);
      v.forEach((x, i) => {
        p[indices[i]!] = p[indices[i]!]! + along * x;
      });
    });
    g = slope(p);
  }
  const gradientNorm = norm(g);
  return {
    parameters: p,
    converged: gradientNorm <= tolerance,
    /** Of the summed loss, over the parameters that train. */
    gradientNorm,
    /** From the start to the point found. */
    distance: norm(p.map((x, k) => x - start[k]!)),
  };
}
