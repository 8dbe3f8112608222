import { autoencoder } from "../../models/autoencoder.ts";
import type { Model, Nonlinearity } from "../../models/model.ts";

/** The tied, bias-free model in the plane that the polygons are about. */
export function planar(features: number, nonlinearity: Nonlinearity = "relu"): Model {
  return autoencoder({ features, hidden: 2, loss: "mse", nonlinearity });
}

/**
 * Features on the k directions of a regular polygon, `members[g]` of them on direction g with squared norms in the ratio
 * of `weights[g]` (equal by default). Each direction has the squared norm 1/(1 + c_k), c_k = Σ_{r≠0} ReLU(cos 2πr/k)²,
 * at which the loss is stationary: from ∂/∂N of k(N² − 2N) + k c_k N².
 */
export function polygon(members: readonly number[], weights: readonly (readonly number[])[] = []): number[][] {
  const k = members.length;
  let c = 0;
  for (let r = 1; r < k; r++) c += Math.max(0, Math.cos((2 * Math.PI * r) / k)) ** 2;
  return members.flatMap((count, g) => {
    const ratio = weights[g] ?? new Array<number>(count).fill(1);
    const whole = ratio.reduce((a, b) => a + b, 0);
    const angle = 0.3 + (2 * Math.PI * g) / k;
    return ratio.map((w) => {
      const norm = Math.sqrt(w / whole / (1 + c));
      return [norm * Math.cos(angle), norm * Math.sin(angle)];
    });
  });
}

/** Points as the flat parameters of a tied, bias-free model: the embedding, row by row. */
export function embeddingOf(points: readonly (readonly number[])[]): Float64Array {
  return Float64Array.from(points[0]!.flatMap((_, k) => points.map((point) => point[k]!)));
}
