import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { createTorchUniform } from "../../util/torch-random.ts";
import { withAmplitudes } from "../testing/amplitudes.ts";
import { kHot, oneHot, permuted, sparseUniform } from "./data.ts";

const sum = (row: readonly number[]) => row.reduce((a, b) => a + b, 0);

describe("oneHot", () => {
  test("is the identity, or its amplitudes on the diagonal", () => {
    expect(oneHot(3)).toEqual({
      name: "one-hot",
      inputs: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      targets: oneHot(3).inputs,
    });
  });

  test("quotes what it rejects", () => {
    expect(() => oneHot(0)).toThrow("invalid features: 0; expected a whole number of at least 1");
  });
});

describe("kHot", () => {
  test("lists every set once, in lexicographic order", () => {
    expect(kHot(4, 2)).toEqual({
      name: "2-hot",
      inputs: [
        [1, 1, 0, 0],
        [1, 0, 1, 0],
        [1, 0, 0, 1],
        [0, 1, 1, 0],
        [0, 1, 0, 1],
        [0, 0, 1, 1],
      ],
      targets: kHot(4, 2).inputs,
    });
    expect(kHot(5, 1).inputs).toEqual(oneHot(5).inputs);
  });

  test.prop([fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 })])(
    "has C(n, k) different samples of k ones, each feature equally often",
    (n, k) => {
      fc.pre(k <= n);
      const { inputs } = kHot(n, k);
      let choices = 1;
      for (let i = 1; i <= k; i++) choices = (choices * (n - k + i)) / i;
      expect(inputs.length).toBe(choices);
      expect(new Set(inputs.map(String)).size).toBe(choices);
      for (const row of inputs) {
        expect(row.length).toBe(n);
        expect(row.filter((x) => x === 1).length).toBe(k);
        expect(sum(row)).toBe(k);
      }
      for (let j = 0; j < n; j++) expect(sum(inputs.map((row) => row[j]!))).toBe((choices * k) / n);
    },
  );

  test("quotes what it rejects", () => {
    expect(() => kHot(0, 1)).toThrow("invalid features: 0");
    expect(() => kHot(5, 2.5)).toThrow("invalid active: 2.5; expected a whole number of at least 1");
    expect(() => kHot(5, 6)).toThrow("invalid active: 6; expected at most the 5 features");
  });
});

describe("sparseUniform", () => {
  test("each feature is present with probability 1 − sparsity, then uniform in [0, 1)", () => {
    const { name, inputs, targets } = sparseUniform(10, { sparsity: 0.75, samples: 4000, seed: 1 });
    expect(name).toBe("sparse uniform S=0.75");
    expect(targets).toEqual(inputs);
    expect(inputs.length).toBe(4000);
    const all = inputs.flat();
    expect(all.length).toBe(40_000);
    const present = all.filter((x) => x > 0);
    // Five standard errors of a proportion, and of the mean and mean square of a uniform.
    expect(Math.abs(present.length / all.length - 0.25)).toBeLessThan(5 * Math.sqrt(0.1875 / all.length));
    expect(Math.abs(sum(present) / present.length - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / present.length));
    expect(Math.abs(sum(present.map((x) => x * x)) / present.length - 1 / 3)).toBeLessThan(
      5 * Math.sqrt(4 / 45 / present.length),
    );
    expect(all.every((x) => x >= 0 && x < 1)).toBe(true);
    // Which features are present does not hang together from one feature to the next.
    const together = inputs.filter((row) => row[0]! > 0 && row[1]! > 0).length / inputs.length;
    expect(Math.abs(together - 1 / 16)).toBeLessThan(5 * Math.sqrt(15 / 256 / inputs.length));
  });

  test("is a function of the seed", () => {
    const sample = (seed: number) => sparseUniform(3, { sparsity: 0.2, samples: 5, seed });
    expect(sample(4)).toEqual(sample(4));
    expect(sample(4)).not.toEqual(sample(5));
  });

  test("sparsity 0 keeps every feature", () => {
    const { inputs } = sparseUniform(3, { sparsity: 0, samples: 100, seed: 0 });
    expect(inputs.flat().every((x) => x > 0)).toBe(true);
  });

  test("a draw that equals the sparsity is present: of the 2²⁴ draws, those below it are not", () => {
    const uniform = createTorchUniform(2);
    const [sparsity, amplitude] = [uniform(), uniform()];
    expect(sparseUniform(1, { sparsity, samples: 1, seed: 2 }).inputs).toEqual([[amplitude]]);
  });

  test.each([
    [{ sparsity: 1 }, "invalid sparsity: 1; expected a number in [0, 1)"],
    [{ sparsity: -0.1 }, "invalid sparsity: -0.1"],
    [{ sparsity: Number.NaN }, "invalid sparsity: NaN"],
    [{ samples: 0 }, "invalid samples: 0"],
    [{ seed: -2 }, "invalid seed: -2"],
  ])("rejects %o", (change, message) => {
    const options = { sparsity: 0.5, samples: 3, seed: 0, ...change };
    expect(() => sparseUniform(2, options)).toThrow(message);
  });

  test("rejects no features", () => {
    expect(() => sparseUniform(0, { sparsity: 0, samples: 1, seed: 0 })).toThrow("invalid features: 0");
  });
});

describe("permuted", () => {
  test("asks for feature i at output permutation[i]", () => {
    const { name, inputs, targets } = permuted(withAmplitudes([5, 6, 7]), [1, 2, 0]);
    expect(name).toBe("one-hot with amplitudes, permuted");
    expect(inputs).toEqual(withAmplitudes([5, 6, 7]).inputs);
    expect(targets).toEqual([
      [0, 5, 0],
      [0, 0, 6],
      [7, 0, 0],
    ]);
  });

  test.each([
    [[0, 0, 1], "invalid permutation: [0,0,1]; expected each of 0…n−1 once"],
    [[1, 2, 3], "invalid permutation: [1,2,3]"],
    [[0, 1, Number.NaN], 'invalid permutation: [0,1,"NaN"]'],
    [[1, 0], "invalid permutation: [1,0]; expected 3 entries, one for each output"],
  ])("rejects %o", (permutation, message) => {
    expect(() => permuted(oneHot(3), permutation)).toThrow(message);
  });
});
