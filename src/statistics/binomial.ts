import { regularisedBeta } from "./beta.ts";

/** P(X ≥ k) for X binomial of `trials` and `p`; `q` is 1 − p. DLMF 8.17.5: I_p(k, trials − k + 1). */
export function atLeast(k: number, trials: number, p: number, q = 1 - p): number {
  if (k <= 0) return 1;
  if (k > trials) return 0;
  return regularisedBeta(p, k, trials - k + 1, q);
}

/** P(X ≤ k), the same way: at most k successes are at least trials − k failures. */
export function atMost(k: number, trials: number, p: number): number {
  return atLeast(trials - k, trials, 1 - p, p);
}
