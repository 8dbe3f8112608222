import { describe, expect, test } from "vitest";
import { bins } from "./bins.ts";
import type { Outcome } from "./messages.ts";
import { Results } from "./results.ts";

const outcome = (seed: number, directions: number | null, more: Partial<Outcome> = {}): Outcome => ({
  seed,
  status: "converged",
  loss: 0.1 * seed,
  directions,
  shape: null,
  ...more,
});
const example = { thumbnail: null };

test("results add up, block by block, and diverged seeds are counted apart", () => {
  const results = new Results();
  results.add([outcome(3, 5, { example }), outcome(1, 5, { example }), outcome(2, 4, { status: "stopped" })]);
  results.add([outcome(4, null, { status: "diverged", loss: Number.NaN, example }), outcome(5, 5)]);
  expect(results.done).toBe(5);
  expect(results.endings).toEqual({ converged: 3, stopped: 1, diverged: 1 });
  expect([...results.directions]).toEqual([
    [5, 3],
    [4, 1],
  ]);
  expect(results.losses).toHaveLength(4);
  expect(results.gallery(9).map(({ seed, kind, like, of }) => [seed, kind, like, of])).toEqual([
    [1, "5 directions", 5, 5],
    [3, "5 directions", 5, 5],
    [4, "diverged", 2, 5],
  ]);
  expect(results.gallery(1)).toHaveLength(1);
});

test("shapes are kinds of their own", () => {
  const results = new Results();
  results.add([outcome(1, 9, { shape: "cube", example }), outcome(2, 9, { shape: "octahedron", example })]);
  expect([...results.shapes.keys()]).toEqual(["cube", "octahedron"]);
  expect(results.gallery(9).map(({ kind }) => kind)).toEqual(["cube", "octahedron"]);
});

describe("losses are counted in equal parts of their range", () => {
  test("both ends included", () => {
    expect(bins([1, 1.4, 2, 3], 2)).toEqual({ counts: [2, 2], low: 1, high: 3, log: false });
  });
  test("of its logarithm where it spans orders of magnitude", () => {
    expect(bins([1e-9, 1e-6, 1e-5, 1], 3)).toMatchObject({ counts: [1, 2, 1], log: true });
    expect(bins([0, 1e-6, 1], 2)).toMatchObject({ counts: [2, 1], log: false });
  });
  test("equal ones, but for rounding, in one", () => {
    expect(bins([0.5, 0.5 + 1e-12], 9).counts).toEqual([2]);
    expect(bins([0, 0], 9).counts).toEqual([2]);
  });
  test("a million of them", () => {
    const { counts } = bins(
      Array.from({ length: 1e6 }, (_, i) => i),
      10,
    );
    expect(counts).toEqual(new Array(10).fill(1e5));
  });
});
