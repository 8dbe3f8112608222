import { expect, test } from "vitest";
import { palette } from "../canvas/style.ts";
import { render, words } from "../testing/render.ts";
import { type SeriesOptions, series } from "./series.ts";

const points = [2, 4, 6, 8, 10].map((x) => ({ x, y: 10 * x, interval: [10 * x - 8, 10 * x + 8] as const }));
const options = (over: Partial<SeriesOptions> = {}): SeriesOptions => ({
  x: "hidden dimensions",
  y: "directions",
  series: [{ label: "ReLU", points }],
  ...over,
});

test("each point is a dot, and equal steps are equally far apart", () => {
  const drawn = render(series(options({ series: [{ label: "ReLU", points: points.map(({ x, y }) => ({ x, y })) }] })));
  const inked = Array.from({ length: drawn.width }, (_, x) => drawn.count(palette.relu, [x, 0, x + 1, 300]) > 0);
  const starts = inked.flatMap((on, x) => (on && !inked[x - 1] ? [x] : []));
  const centres = starts.map((x) => (x + inked.indexOf(false, x) - 1) / 2);
  expect(centres).toHaveLength(5);
  const gaps = centres.slice(1).map((x, i) => x - centres[i]!);
  expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
});

test("intervals are bars and fits are lines in the series' colour", () => {
  const blue = (o: SeriesOptions) => render(series(o)).count(palette.relu);
  const bare = options({ series: [{ label: "ReLU", points: points.map(({ x, y }) => ({ x, y })) }] });
  expect(blue(options())).toBeGreaterThan(blue(bare) + 100);
  const fitted = options({
    series: [{ label: "ReLU", points, fit: { label: "line: 10 d", at: (x) => 10 * x } }],
  });
  expect(blue(fitted)).toBeGreaterThan(blue(options()) + 200);
  expect(words(series(fitted))).toContain("line: 10 d");
});

test("references are named and inside the axes", () => {
  const written = words(series(options({ references: [{ label: "40 d", at: (x) => 40 * x }] })));
  expect(written).toEqual(expect.arrayContaining(["40 d", "400", "hidden dimensions", "directions", "ReLU"]));
});

test("linear axes of positive values start at 0 when that costs little", () => {
  expect(words(series(options()))).toContain("0");
  const high = [
    { x: 1, y: 1000 },
    { x: 2, y: 1010 },
  ];
  expect(words(series(options({ series: [{ label: "a", points: high }] })))).not.toContain("0");
});

test("log axes tick at powers", () => {
  const powers = [1, 10, 100].map((x) => ({ x, y: 1 / x }));
  const o = options({ xScale: "log", yScale: "log", series: [{ label: "a", points: powers }] });
  expect(words(series(o))).toEqual(expect.arrayContaining(["1", "10", "100", "0.01", "0.1"]));
  expect(() => series({ ...o, series: [{ label: "a", points: [{ x: 1, y: 0 }] }] })).toThrow(
    "invalid value on a log axis: 0",
  );
});

test("the order of the points does not change a pixel", () => {
  const picture = (list: typeof points) => render(series(options({ series: [{ label: "a", points: list }] }))).data;
  expect(picture([...points].reverse()).equals(picture(points))).toBe(true);
});

test("bad input is quoted", () => {
  const one = (x: number, y: number) => () => series(options({ series: [{ label: "ReLU", points: [{ x, y }] }] }));
  expect(one(Number.NaN, 1)).toThrow('invalid x of point 0 of "ReLU": NaN; expected a finite number');
  expect(one(1, Number.POSITIVE_INFINITY)).toThrow('invalid y of point 0 of "ReLU": Infinity');
  const interval = [1, Number.NaN] as const;
  expect(() => series(options({ series: [{ label: "a", points: [{ x: 1, y: 1, interval }] }] }))).toThrow(
    "invalid interval of point 0",
  );
  expect(() => series(options({ series: [] }))).toThrow("invalid series: []");
  expect(() => series(options({ series: [{ label: "a", points: [] }] }))).toThrow('invalid points of "a": []');
  expect(() => series(options({ references: [{ label: "bad", at: () => Number.NaN }] }))).toThrow(
    "invalid bad at x = 2: NaN",
  );
});
