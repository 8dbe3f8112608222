import { mersenne } from "pure-rand/generator/mersenne";
import { wholeNumber } from "./check.ts";

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

/**
 * One draw in [−bound, bound) as PyTorch makes it in float32: u · (to − from) + from as one fused multiply-add. Float64
 * holds that sum exactly (47 bits are enough), so one rounding at the end is the fused result. This is what PyTorch's
 * AVX2 and AVX-512 kernels give; on a processor with neither it rounds the product too, and some last bits differ.
 */
export function uniformAround(uniform: () => number, bound: number): number {
  const to = Math.fround(bound);
  return Math.fround(uniform() * (2 * to) - to);
}

/** Standard normal draws (Box–Muller) on a stream apart from the one that initialises, in float64. */
export function createNormal(seed: number): () => number {
  const uniform = createTorchUniform((seed ^ 0x6e6f6973) >>> 0);
  return () => {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    return radius * Math.cos(2 * Math.PI * uniform());
  };
}
