import { describe, expect, test } from "vitest";
import { summarise } from "./observation.ts";

describe("summaries of observations", () => {
  test("count words, booleans and small whole numbers, most frequent first", () => {
    expect(summarise(["b", "a", "b"])).toEqual({ observed: ["b ×2", "a ×1"] });
    expect(summarise([{ k: 5, ok: true }, { k: 4, ok: true }, null])).toEqual({
      k: ["4 ×1", "5 ×1"],
      ok: ["true ×2"],
    });
  });

  test("give quantiles of other numbers", () => {
    const values = Array.from({ length: 101 }, (_, i) => i + 0.5);
    expect(summarise(values)).toEqual({
      observed: { least: 0.5, lower: 5.5, median: 50.5, upper: 95.5, most: 100.5 },
    });
  });

  test("count up to twelve whole numbers, and take the quantiles of more or of fractions among them", () => {
    const twelve = Array.from({ length: 12 }, (_, i) => i);
    expect(summarise(twelve)).toEqual({ observed: expect.arrayContaining(["0 ×1", "11 ×1"]) });
    expect(summarise([...twelve, 12])).toMatchObject({ observed: { least: 0, median: 6, most: 12 } });
    // NaN, which a comparison by difference leaves where it is, with others out of order around it.
    const withNaN = [5, 3, Number.NaN, 1, 4, 2, 9, 8, 7, 6, 12, 11, 10, 0, 13];
    expect(summarise(withNaN)).toEqual({ observed: { least: 0, lower: 1, median: 7, upper: 13, most: Number.NaN } });
    // In the order of size, neither as given nor as text.
    expect(summarise([10, 9.5, 8, 100])).toEqual({
      observed: { least: 8, lower: 8, median: 10, upper: 100, most: 100 },
    });
  });

  test("cut a long tail", () => {
    const words = Array.from({ length: 14 }, (_, i) => `w${String(i).padStart(2, "0")}`);
    expect((summarise(words).observed as string[]).slice(-2)).toEqual(["w11 ×1", "2 others ×2"]);
  });
});
