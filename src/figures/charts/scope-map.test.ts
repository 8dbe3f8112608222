import { expect, test } from "vitest";
import { palette, verdictStyle } from "../canvas/style.ts";
import { render, words } from "../testing/render.ts";
import { type ScopeMapOptions, scopeMap } from "./scope-map.ts";

const options = (over: Partial<ScopeMapOptions> = {}): ScopeMapOptions => ({
  columns: { label: "features", values: [5, 1000] },
  rows: { label: "rate", values: ["low", 2] },
  cells: [
    [{ verdict: "holds", note: "256/256" }, { verdict: "refuted" }],
    [{ verdict: "inconclusive" }, null],
  ],
  ...over,
});

test("verdicts read without colour: a symbol in each cell, and the words in the legend", () => {
  const written = words(scopeMap(options()));
  expect(written).toEqual(
    expect.arrayContaining([
      "features",
      "5",
      "1,000",
      "rate",
      "low",
      "2",
      "256/256",
      "holds",
      "refuted",
      "inconclusive",
      "not run",
    ]),
  );
  expect(written).not.toContain("measured");
  for (const word of ["holds", "refuted", "inconclusive"] as const)
    expect(written.filter((w) => w === verdictStyle[word].symbol)).toHaveLength(2);
  expect(
    words(
      scopeMap(
        options({
          cells: [
            [{ verdict: "holds" }, { verdict: "holds" }],
            [{ verdict: "holds" }, { verdict: "holds" }],
          ],
        }),
      ),
    ),
  ).not.toContain("not run");
});

test("each cell has its verdict's colour, row by row", () => {
  const drawn = render(scopeMap(options()));
  const columns = Array.from({ length: drawn.width }, (_, x) => x);
  const left = columns.find((x) => drawn.count(verdictStyle.holds.fill, [x, 50, x + 1, 80]) > 0)!;
  const ground = (r: number, c: number) => drawn.at(left + 6 + 60 * c, 52 + 44 * r);
  expect(ground(0, 0)).toBe(verdictStyle.holds.fill);
  expect(ground(0, 1)).toBe(verdictStyle.refuted.fill);
  expect(ground(1, 0)).toBe(verdictStyle.inconclusive.fill);
  expect(ground(1, 1)).toBe(palette.paper);
});

test("numbers are written and coloured by size", () => {
  const cells = [
    [{ value: 2 }, { value: 8, note: "±1" }],
    [{ value: 8 }, { value: 2.5 }],
  ];
  const drawing = scopeMap(options({ cells, valueLabel: "directions" }));
  expect(words(drawing)).toEqual(expect.arrayContaining(["2", "8", "2.5", "±1", "directions"]));
  const drawn = render(drawing);
  expect(drawn.count("#00436b")).toBeGreaterThan(2000);
  expect(render(scopeMap(options({ cells, domain: [0, 100] }))).count("#00436b")).toBe(0);
  expect(drawn.count(palette.paper)).toBeGreaterThan(0);
});

test("cells that do not match the axes are quoted", () => {
  expect(() => scopeMap(options({ cells: [] }))).toThrow("invalid rows of cells: 0; expected 2");
  expect(() => scopeMap(options({ cells: [[null], [null, null]] }))).toThrow("invalid cells in row 0: 1; expected 2");
  expect(() =>
    scopeMap(
      options({
        cells: [
          [null, null],
          [null, { value: Number.NaN }],
        ],
      }),
    ),
  ).toThrow("invalid value of cell 1, 1: NaN");
  expect(() => scopeMap(options({ rows: { label: "r", values: [] } }))).toThrow("invalid rows: []");
  expect(() => scopeMap(options({ columns: { label: "c", values: [] } }))).toThrow("invalid columns: []");
});
