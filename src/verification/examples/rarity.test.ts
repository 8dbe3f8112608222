import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { rarities } from "./rarity.ts";

describe("how rare each seed is", () => {
  test("a word counts how often it occurs", () => {
    expect(rarities(["a", "b", "a", "a"])).toEqual([3, 1, 3, 3]);
    expect(rarities([true, true, false])).toEqual([2, 2, 1]);
  });

  test("few whole numbers count as words, whatever their size", () => {
    expect(rarities([5, 6, 5, 4, 5, 6])).toEqual([3, 2, 3, 1, 3, 2]);
  });

  test("another number is rare towards either end", () => {
    expect(rarities([0.5, 0.1, 0.3, 0.2, 0.9])).toEqual([2, 1, 3, 2, 1]);
  });

  test("equal numbers at an end are as rare as there are of them", () => {
    expect(rarities([0.1, 0.1, 0.5, 0.7, 0.9])).toEqual([2, 2, 3, 2, 1]);
    expect(rarities([0.1, 0.3, 0.5, 0.9, 0.9])).toEqual([1, 2, 3, 2, 2]);
  });

  test("more than twelve whole numbers, or a fraction among them, make numbers", () => {
    const twelve = Array.from({ length: 12 }, (_, i) => i);
    expect(rarities(twelve)).toEqual(twelve.map(() => 1));
    expect(rarities([...twelve, 12])).toEqual([1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]);
    expect(rarities([1, 2.5, 3.5])).toEqual([1, 2, 1]);
  });

  test("a word among numbers makes words of them", () => {
    expect(rarities(["a", 0.5, 0.7, 0.9])).toEqual([1, 1, 1, 1]);
  });

  test("a value that a seed lacks does not make it odd, nor the others", () => {
    expect(rarities([0.5, 0.1, null, 0.3, 0.2, 0.9])).toEqual([2, 1, 1, 3, 2, 1]);
    const shapes = [{ shape: "a", sides: 4 }, { shape: "a", sides: 4 }, { shape: "a" }];
    expect(rarities(shapes)).toEqual([2, 2, 3]);
    const losses = [{ ok: true, loss: 0.1 }, { ok: true, loss: 0.2 }, { ok: true, loss: 0.3 }, { ok: true }];
    expect(rarities(losses)).toEqual([1, 2, 1, 4]);
  });

  test("of several values the oddest counts", () => {
    expect(
      rarities([
        { shape: "square", loss: 0.2 },
        { shape: "pentagon", loss: 0.3 },
        { shape: "pentagon", loss: 0.4 },
        { shape: "pentagon", loss: 0.5 },
      ]),
    ).toEqual([1, 2, 2, 1]);
  });

  test("a seed without an observation is as odd as such seeds are rare", () => {
    expect(rarities([null, "a", "a", null, "a"])).toEqual([2, 3, 3, 2, 3]);
  });

  test("what is not a number lies at the end", () => {
    expect(rarities([0.1, Number.NaN, 0.2, 0.3, 0.4])).toEqual([1, 1, 2, 3, 2]);
  });

  property.prop([fc.array(fc.oneof(fc.constantFrom("a", "b"), fc.double()), { minLength: 1 })])(
    "is a number of seeds",
    (values) => {
      for (const n of rarities(values)) {
        expect(Number.isInteger(n)).toBe(true);
        expect(n).toBeGreaterThanOrEqual(1);
        expect(n).toBeLessThanOrEqual(values.length);
      }
    },
  );
});
