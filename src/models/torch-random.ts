import { mersenne } from "pure-rand/generator/mersenne";
import { wholeNumber } from "./check";

/**
 * The stream of float32 uniforms in [0, 1) of PyTorch's CPU generator after `torch.manual_seed(seed)`:
 * MT19937 seeded with the low 32 bits, and the low 24 bits of each draw × 2⁻²⁴
 * (ATen/core/TransformationHelper.h, `uniform_real_distribution`).
 */
export function createTorchUniform(seed: number): () => number {
  wholeNumber("seed", seed, 0);
  const generator = mersenne(seed >>> 0);
  return () => (generator.next() & 0xffffff) * 2 ** -24;
}

/** One draw in [−bound, bound) with PyTorch's float32 arithmetic: u · (to − from) + from, rounded at each step. */
export function uniformAround(uniform: () => number, bound: number): number {
  const to = Math.fround(bound);
  const from = Math.fround(-bound);
  return Math.fround(Math.fround(uniform() * Math.fround(to - from)) + from);
}

/** Standard normal draws (Box–Muller) on a stream apart from the one that initialises, in float64. */
export function createNormal(seed: number): () => number {
  const uniform = createTorchUniform((seed ^ 0x6e6f6973) >>> 0);
  return () => {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    return radius * Math.cos(2 * Math.PI * uniform());
  };
}
