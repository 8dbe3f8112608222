import { expect, test } from "vitest";
import { lighten, palette } from "../canvas/style.ts";
import { render, words } from "../testing/render.ts";
import { type Counts, type ProportionsOptions, proportions } from "./proportions.ts";

const relu: Counts = {
  label: "ReLU",
  seeds: 256,
  of: { five: { count: 192, interval: [0.6, 0.9] }, six: { count: 64 } },
};
const options = (over: Partial<ProportionsOptions> = {}): ProportionsOptions => ({
  label: "directions learned",
  categories: ["five", "six"],
  conditions: [relu],
  ...over,
});
const bar = lighten(palette.relu, 0.25);

test("bars are as long as their proportions, with the counts beside them", () => {
  const drawing = proportions(options());
  const drawn = render(drawing);
  const lengths = Array.from({ length: drawn.height - 25 }, (_, y) => drawn.count(bar, [0, y, drawn.width, y + 1]));
  const long = Math.max(...lengths);
  const short = Math.min(...lengths.filter((n) => n > 60));
  expect(long / short).toBeCloseTo(3, 1);
  expect(words(drawing)).toEqual(
    expect.arrayContaining(["directions learned", "five", "six", "192 of 256", "64 of 256", "ReLU (256 seeds)"]),
  );
});

test("intervals are whiskers", () => {
  const without = { ...relu, of: { ...relu.of, five: { count: 192 } } };
  const drawn = (counts: Counts) => render(proportions(options({ conditions: [counts] })));
  const [whiskers, bare] = [drawn(relu), drawn(without)];
  // From 0.6 to 0.9 over a bar that ends at 0.75: half over the bar, half over paper.
  const covered = (colour: string) => bare.count(colour) - whiskers.count(colour);
  expect(covered(bar)).toBeGreaterThan(80);
  expect(covered(palette.paper)).toBeGreaterThan(80);
});

test("a category that a condition lacks counts 0, beside the other condition's", () => {
  const gelu = { label: "GELU", seeds: 1024, of: { six: { count: 1024 } } };
  const written = words(proportions(options({ conditions: [relu, gelu] })));
  expect(written.filter((w) => /\d of/.test(w))).toEqual(["192 of 256", "0 of 1,024", "64 of 256", "1,024 of 1,024"]);
});

test("a threshold is marked", () => {
  expect(words(proportions(options({ marks: [{ value: 0.95, label: "always (95%)" }] })))).toContain("always (95%)");
});

test("counts that are no proportions are quoted", () => {
  const counts = (count: number, interval?: readonly [number, number]) => () =>
    proportions(options({ conditions: [{ ...relu, of: { five: interval ? { count, interval } : { count } } }] }));
  expect(counts(257)).toThrow('invalid count of "five" of "ReLU": 257; expected at most 256');
  expect(counts(Number.NaN)).toThrow('invalid count of "five" of "ReLU": NaN');
  expect(counts(1, [0, 1.01])).toThrow('invalid interval of "five" of "ReLU": 1.01; expected at most 1');
  expect(counts(1, [Number.NaN, 1])).toThrow('invalid interval of "five" of "ReLU": NaN');
  expect(() => proportions(options({ categories: ["five"] }))).toThrow('invalid category: "six"; expected one of five');
  expect(() => proportions(options({ categories: [] }))).toThrow("invalid categories: []");
  expect(() => proportions(options({ conditions: [] }))).toThrow("invalid conditions: []");
  expect(() => proportions(options({ conditions: [{ ...relu, seeds: 0 }] }))).toThrow('invalid seeds of "ReLU": 0');
});
