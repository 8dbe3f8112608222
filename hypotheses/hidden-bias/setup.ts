import { autoencoder, geometry, recipe, type State } from "../../src/index.ts";
import { onSeedsFrom20000 } from "../helpers.ts";

/**
 * A bias a in the hidden layer, two hidden dimensions: feature i alone gives the activation hᵢ = wᵢ + a, and output j is the
 * nonlinearity of uⱼ·hᵢ, plus bⱼ where there is an end bias too; uⱼ = wⱼ when tied. a is initialised uniform in ±1/√n in
 * either coordinate.
 */

export const withHiddenBias = (
  features: number,
  { nonlinearity = "relu" as "relu" | "gelu", tied = true, outputBias = false } = {},
) => autoencoder({ features, hidden: 2, nonlinearity, loss: "mse", tied, hiddenBias: true, outputBias });

/** Stated for the summed loss: 0.01 is a learning rate of 1 at ten features. */
export const constantRate = (features: number, rate: number, steps: number) =>
  recipe({
    steps,
    rate: rate * features ** 2,
    convergence: { gradientNorm: 1e-3, every: null },
    checkpoints: { count: 40, spacing: "log" },
  });

/** A condition with a hidden bias only. Untied models oscillate at the rates of tied ones. */
export const at = ({ n, rate, steps, ...options }: Numbers & Parameters<typeof withHiddenBias>[1]) =>
  onSeedsFrom20000(withHiddenBias(n, options), constantRate(n, rate, steps));
type Numbers = { readonly [name in "n" | "rate" | "steps"]: number };

/** An untied model whose hidden bias stays where it was initialised. */
export const hiddenBiasHeld = (features: number) => ({
  name: "the hidden bias held where it was initialised",
  model: { ...withHiddenBias(features, { tied: false }), frozen: ["bias0"] },
});
/** The same features, tied, at the same rate. */
export const tiedInstead = (features: number) => ({ name: "tied", model: withHiddenBias(features) });

export const length = (v: readonly number[]) => Math.hypot(...v);
export const meanOf = (points: readonly (readonly number[])[]) =>
  points[0]!.map((_, k) => points.reduce((sum, p) => sum + p[k]!, 0) / points.length);

export const biasLength = (state: State) => length(state.hiddenBias!);

/** wᵢ + a; wᵢ alone where there is no hidden bias. */
const activations = ({ points, hiddenBias = [] }: State) =>
  points.map((w) => w.map((x, k) => x + (hiddenBias[k] ?? 0)));

/** The mean activation over the features, in units of their root mean square. */
export function relativeCentre(state: State): number[] {
  const h = activations(state);
  const rms = Math.sqrt(h.reduce((sum, p) => sum + length(p) ** 2, 0) / h.length);
  return meanOf(h).map((x) => x / rms);
}

/**
 * How far the activations are from being centred on zero: by features; and by directions, each with the norm √Σ‖h‖² of its
 * features (all that a tied ReLU model fixes about a direction), in units of the weights.
 */
export function centre(state: State) {
  const found = geometry.directions(activations(state)).directions;
  return {
    "mean activation over rms": length(relativeCentre(state)),
    "mean direction": found.length > 0 ? length(meanOf(found.map((d) => d.vector))) : 0,
  };
}
