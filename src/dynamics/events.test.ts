import { describe, expect, test } from "vitest";
import { dropAround, newHighs, plateau } from "./events.ts";

describe("plateau", () => {
  const times = [0, 1, 2, 4, 8, 16, 32, 64];
  const losses = [9, 8, 6, 4, 3.9, 3.8, 2, 2];

  test("is where the loss changes least per factor of time, within the window", () => {
    expect(plateau(times, losses, [1, 64])).toBe(4);
    expect(plateau(times, losses, [9, 64])).toBe(6);
    expect(plateau(times, losses, [2, 3])).toBe(2);
    expect(plateau(times, losses, [2, 4])).toBe(3);
  });

  test("a longer stretch of time may hold a larger change", () => {
    // In units of 1/ln 2: 2/2, 3/5 and 3.5/5.
    expect(plateau([1, 2, 4, 64, 128], [8, 7, 6, 4, 2.5], [1, 128])).toBe(2);
  });

  test("a slow rise counts like a slow fall, the earliest of equals wins", () => {
    expect(plateau([1, 2, 4, 8, 16, 32], [5, 5, 5, 5, 9, 5], [1, 32])).toBe(1);
    expect(plateau([1, 2, 4, 8, 16], [5, 1, 6, 3, 6.5], [1, 16])).toBe(3);
  });

  test("needs an inner checkpoint in the window, and as many losses as times", () => {
    expect(plateau(times, losses, [70, 80])).toBeUndefined();
    expect(plateau(times, losses, [40, 80])).toBeUndefined();
    expect(() => plateau(times, [1], [0, 9])).toThrow("losses: 1; expected one for each of the 8 times");
  });
});

describe("counts over time", () => {
  test("new highs after a place", () => {
    expect(newHighs([9, 5, 5, 6, 5, 6, 8], 1)).toEqual([3, 6]);
    expect(newHighs([5, 4, 5], 0)).toEqual([]);
  });
});

test("the drop is taken over a window cut off at the ends", () => {
  const losses = [9, 8, 7, 3, 2, 1];
  expect(dropAround(losses, 3, 1)).toBe(5);
  expect(dropAround(losses, 3, 2)).toBe(7);
  expect(dropAround(losses, 0, 2)).toBe(2);
  expect(dropAround(losses, 5, 1)).toBe(1);
});
