import { fc, test } from "@fast-check/vitest";
import { afterEach, describe, expect, vi } from "vitest";
import { range, seedBlocks, validateSeeds } from "./seeds.ts";

afterEach(() => vi.unstubAllEnvs());

describe("range", () => {
  test("gives n seeds from 0, or from a up to before b", () => {
    expect(range(3)).toEqual([0, 1, 2]);
    expect(range(5, 8)).toEqual([5, 6, 7]);
  });

  test("is shifted by HYPOTHESES_SEED_SHIFT", () => {
    vi.stubEnv("HYPOTHESES_SEED_SHIFT", "1000");
    expect(range(2)).toEqual([1000, 1001]);
    expect(range(5, 7)).toEqual([1005, 1006]);
  });

  test("an empty shift is none", () => {
    vi.stubEnv("HYPOTHESES_SEED_SHIFT", "");
    expect(range(1)).toEqual([0]);
  });

  test.each(["-1", "1.5", "many"])("refuses the shift %s", (shift) => {
    vi.stubEnv("HYPOTHESES_SEED_SHIFT", shift);
    expect(() => range(2)).toThrow(`invalid HYPOTHESES_SEED_SHIFT: "${shift}"; expected a whole number of at least 0`);
  });

  test("refuses empty, reversed and too large ranges", () => {
    expect(() => range(0)).toThrow("invalid end of a range of seeds: 0");
    expect(() => range(3, 3)).toThrow("invalid end of a range of seeds: 3");
    expect(() => range(-1, 3)).toThrow("invalid start of a range of seeds: -1");
    expect(range(2 ** 32 - 1, 2 ** 32)).toEqual([2 ** 32 - 1]);
    vi.stubEnv("HYPOTHESES_SEED_SHIFT", "1");
    expect(() => range(2 ** 32 - 1, 2 ** 32)).toThrow(
      "invalid end of a range of seeds: 4294967297; expected at most 2^32",
    );
  });
});

describe("validateSeeds", () => {
  test("accepts any list of distinct seeds, in any order", () => {
    expect(validateSeeds([2 ** 32 - 1, 0, 7])).toEqual([2 ** 32 - 1, 0, 7]);
  });
  test.each([
    [[], "invalid seeds: []; expected at least one"],
    [[-3], "invalid seed: -3"],
    [[1.5], "invalid seed: 1.5"],
    [[Number.NaN], "invalid seed: NaN"],
    [[2 ** 32], "invalid seed: 4294967296; expected a whole number from 0 to 2^32"],
    [[4, 5, 4], "invalid seeds: 4; expected each seed once"],
  ])("refuses %j", (seeds, message) => {
    expect(() => validateSeeds(seeds)).toThrow(message);
  });
});

describe("seedBlocks", () => {
  test("overlapping ranges share their full blocks", () => {
    expect(seedBlocks(range(256)).slice(0, 2)).toEqual(seedBlocks(range(64)));
    expect(seedBlocks(range(64))).toEqual([range(32), range(32, 64)]);
    expect(seedBlocks(range(32, 80))).toEqual([range(32, 64), range(64, 80)]);
  });

  test("what does not fill a block is packed with other leftovers", () => {
    expect(seedBlocks([1000, 5, 70])).toEqual([[5, 70, 1000]]);
    expect(seedBlocks(range(8, 72))).toEqual([range(32, 64), [...range(8, 32), ...range(64, 72)]]);
    const apart = range(40).map((seed) => 32 * seed);
    expect(seedBlocks(apart)).toEqual([apart.slice(0, 32), apart.slice(32)]);
  });

  test.prop([fc.uniqueArray(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 200 })])(
    "hold each seed once, at most 32 together, whatever the order asked for",
    (seeds) => {
      const blocks = seedBlocks(seeds);
      expect(blocks.flat().sort((a, b) => a - b)).toEqual([...seeds].sort((a, b) => a - b));
      for (const block of blocks) {
        expect(block.length).toBeLessThanOrEqual(32);
        expect(block).toEqual([...block].sort((a, b) => a - b));
      }
      expect(seedBlocks([...seeds].reverse())).toEqual(blocks);
    },
  );
});
