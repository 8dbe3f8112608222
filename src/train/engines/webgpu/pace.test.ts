import { expect, test } from "vitest";
import { Pace } from "./pace.ts";

test("starts small and grows until a dispatch takes 75 ms", () => {
  const pace = new Pace();
  const perStep = 0.01;
  const taken = Array.from({ length: 8 }, () => {
    const steps = pace.next;
    pace.measured(steps, steps * perStep);
    return steps;
  });
  expect(taken).toEqual([4, 32, 256, 2048, 7500, 7500, 7500, 7500]);
});

test("shrinks at once when steps get slow, but not below one", () => {
  const pace = new Pace();
  pace.measured(4, 300);
  expect(pace.next).toBe(1);
  pace.measured(1, 1000);
  expect(pace.next).toBe(1);
});

test("a stretch cut short does not hold back the next", () => {
  const pace = new Pace();
  pace.measured(4, 0);
  pace.measured(32, 0.1);
  expect(pace.next).toBe(256);
  pace.measured(2, 0.01);
  expect(pace.next).toBe(256);
});
