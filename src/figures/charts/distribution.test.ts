import { expect, test } from "vitest";
import { lighten, palette } from "../canvas/style.ts";
import { render, words } from "../testing/render.ts";
import { type DistributionOptions, distribution } from "./distribution.ts";

const options = (over: Partial<DistributionOptions> = {}): DistributionOptions => ({
  label: "norm",
  domain: [0, 1],
  conditions: [{ label: "ReLU", values: [0.1, 0.1, 0.1, 0.5, 0.9] }],
  ...over,
});
const bar = lighten(palette.relu, 0.35);

test("bars stand where the values are, as high as their share of the peak", () => {
  const drawn = render(distribution(options()));
  // The axis runs from 168 to 584; the domain is padded by a twenty-fifth on either side.
  const x = (value: number) => Math.round(168 + ((value + 0.04) / 1.08) * 416);
  const height = (value: number) => drawn.count(bar, [x(value) - 8, 0, x(value) + 8, drawn.height]);
  expect(height(0.1)).toBeGreaterThan(100);
  expect(height(0.1) / height(0.5)).toBeCloseTo(3, 0);
  expect(height(0.9)).toBe(height(0.5));
  expect(height(0.3)).toBe(0);
});

test("each row says how many seeds it has, their median, and who is missing", () => {
  const written = words(
    distribution(
      options({
        conditions: [
          { label: "ReLU", values: [0.1, 0.2, 0.9], without: { count: 6, why: "diverged" } },
          { label: "GELU", values: [], without: { count: 0, why: "diverged" } },
        ],
      }),
    ),
  );
  expect(written).toEqual(expect.arrayContaining(["ReLU", "3 seeds + 6 diverged", "▲ median 0.20", "GELU", "0 seeds"]));
  expect(written.filter((w) => w.includes("median"))).toHaveLength(1);
});

test("a notch marks the median, below its row", () => {
  const column = (values: number[]) => {
    const drawn = render(distribution(options({ conditions: [{ label: "a", values }] })));
    return Array.from({ length: drawn.width }, (_, x) => drawn.count(palette.ink, [x, 66, x + 1, 76])).lastIndexOf(8);
  };
  expect(column([0, 0.25, 1])).toBeGreaterThan(250);
  expect(column([0, 0.75, 1]) - column([0, 0.25, 1])).toBeCloseTo((0.5 / 1.08) * 416, -0.5);
});

test("a threshold is a line with its label, and the axis grows to show it", () => {
  const at = { value: 2, label: "closed form" };
  const written = words(distribution(options({ marks: [at] })));
  expect(written).toContain("closed form");
  expect(written).toContain("2.0");
  expect(render(distribution(options({ marks: [at] }))).height).toBe(render(distribution(options())).height + 17);
});

test("equal values are not magnified into a spread", () => {
  const written = words(
    distribution({ label: "loss", conditions: [{ label: "a", values: [17.236068, 17.2360680001] }] }),
  );
  expect(written).toContain("17.2360");
});

test("the order of the seeds does not change a pixel", () => {
  const values = Array.from({ length: 60 }, (_, i) => 0.3 + ((i * 37) % 60) / 2000);
  const picture = (list: number[]) =>
    render(distribution(options({ conditions: [{ label: "a", values: list }] }))).data;
  expect(picture([...values].reverse()).equals(picture(values))).toBe(true);
});

test("bad input is quoted", () => {
  const sample = (value: number) => options({ conditions: [{ label: "ReLU", values: [1, value] }] });
  expect(() => distribution(sample(Number.NaN))).toThrow(
    'invalid value of seed 1 of "ReLU": NaN; expected a finite number',
  );
  expect(() => distribution({ ...sample(-1), kind: "log" })).toThrow("invalid value on a log axis: -1");
  expect(() => distribution(options({ conditions: [] }))).toThrow("invalid conditions: []; expected at least one");
  expect(() => distribution({ label: "l", conditions: [{ label: "a", values: [] }] })).toThrow("invalid values: []");
  expect(() => distribution(options({ marks: [{ value: Number.NaN, label: "t" }] }))).toThrow('invalid mark "t": NaN');
  const without = { count: 1.5, why: "diverged" };
  expect(() => distribution(options({ conditions: [{ label: "a", values: [1], without }] }))).toThrow("1.5");
});
