import { expect, test } from "vitest";
import { duration } from "./duration.ts";

test.each([
  [0, "0 s"],
  [0.2, "1 s"],
  [59, "59 s"],
  [59.1, "1 min 0 s"],
  [125, "2 min 5 s"],
])("%f seconds are %s", (seconds, words) => {
  expect(duration(seconds)).toBe(words);
});
