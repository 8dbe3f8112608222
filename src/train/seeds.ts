import { fail, wholeNumber } from "../util/check.ts";

/** PyTorch's generator keeps the low 32 bits of a seed; larger ones would repeat smaller ones. */
const limit = 2 ** 32;

/**
 * A block of consecutive seeds: `range(n)` is 0 … n−1, `range(a, b)` is a … b−1.
 * The whole number in the variable HYPOTHESES_SEED_SHIFT (default 0) is added to each, which repeats an experiment on
 * fresh seeds; seeds given as an explicit list stay what they are.
 */
export function range(count: number): number[];
export function range(from: number, to: number): number[];
export function range(first: number, second?: number): number[] {
  const [from, to] = second === undefined ? [0, first] : [first, second];
  wholeNumber("start of a range of seeds", from, 0);
  wholeNumber("end of a range of seeds", to, from + 1);
  const text = process.env.HYPOTHESES_SEED_SHIFT || "0";
  if (!/^\d+$/.test(text)) fail("HYPOTHESES_SEED_SHIFT", text, "a whole number of at least 0");
  const shift = Number(text);
  if (to + shift > limit) fail("end of a range of seeds", to + shift, `at most 2^32 = ${limit}`);
  return Array.from({ length: to - from }, (_, i) => from + shift + i);
}

/** Checks a list of seeds and returns it: not empty, whole numbers from 0 to 2^32 − 1, each once. */
export function validateSeeds(seeds: readonly number[]): readonly number[] {
  if (!Array.isArray(seeds) || seeds.length === 0) fail("seeds", seeds, "at least one");
  const seen = new Set<number>();
  for (const seed of seeds) {
    if (!Number.isInteger(seed) || seed < 0 || seed >= limit) fail("seed", seed, "a whole number from 0 to 2^32 − 1");
    if (seen.has(seed)) fail("seeds", seed, "each seed once");
    seen.add(seed);
  }
  return seeds;
}

/** The seeds a block holds at most: enough to fill an engine's lanes, few enough to share among its threads. */
const blockSize = 32;

/**
 * The blocks in which seeds are trained and kept: every multiple of 32 that has its 32 seeds present is a block, so
 * that 0…63 and 0…255 share theirs; the seeds left over are cut in ascending order.
 */
export function seedBlocks(seeds: readonly number[]): number[][] {
  const groups = new Map<number, number[]>();
  for (const seed of [...seeds].sort((a, b) => a - b)) {
    const group = Math.floor(seed / blockSize);
    groups.set(group, [...(groups.get(group) ?? []), seed]);
  }
  const blocks: number[][] = [];
  const rest: number[] = [];
  for (const group of groups.values()) {
    if (group.length === blockSize) blocks.push(group);
    else rest.push(...group);
  }
  for (let i = 0; i < rest.length; i += blockSize) blocks.push(rest.slice(i, i + blockSize));
  return blocks;
}
