import { expect, test } from "vitest";
import { render, words } from "../testing/render.ts";
import { heatMap } from "./heat-map.ts";

const matrix = [
  [1, -1, 0],
  [0.5, 0, 1],
];

test("entries are coloured by sign and size, row by row from the top", () => {
  const drawn = render(heatMap({ matrix, label: "wᵢ · wⱼ" }));
  // Cells of 92 pixels, below and right of 24 for the labels.
  const cell = (r: number, c: number) => drawn.at(24 + 92 * c + 10, 24 + 92 * r + 10);
  expect(cell(0, 0)).toBe("#00598c");
  expect(cell(0, 1)).toBe("#b04a00");
  expect(cell(0, 2)).toBe("#ffffff");
  expect(cell(1, 0)).toBe("#80acc6");
  expect(cell(1, 2)).toBe("#00598c");
});

test("large cells hold their numbers, small ones none; the scale bar is symmetric", () => {
  const written = words(heatMap({ matrix, label: "wᵢ · wⱼ" }));
  expect(written).toEqual(
    expect.arrayContaining(["1.00", "−1.00", "0.50", "wᵢ · wⱼ", "−1", "1", "feature →", "← feature"]),
  );
  const many = Array.from({ length: 20 }, () => new Array<number>(20).fill(0.25));
  expect(words(heatMap({ matrix: many, label: "g", rows: "input", columns: "output" })).sort()).toEqual(
    ["output →", "← input", "g", "−0.25", "0", "0.25"].sort(),
  );
});

test("a limit fixes the scale for several panels, and zeros are white", () => {
  expect(render(heatMap({ matrix, label: "g", limit: 2 })).at(34, 34)).toBe("#80acc6");
  expect(render(heatMap({ matrix: [[0]], label: "g" })).at(34, 34)).toBe("#ffffff");
});

test("bad input is quoted", () => {
  expect(() => heatMap({ matrix: [[1, Number.NaN]], label: "g" })).toThrow(
    "invalid entry 0, 1: NaN; expected a finite number",
  );
  expect(() => heatMap({ matrix: [[1, 2], [1]], label: "g" })).toThrow(
    "invalid length of row 1: 1; expected 2, as row 0",
  );
  expect(() => heatMap({ matrix: [], label: "g" })).toThrow("invalid matrix: []");
  expect(() => heatMap({ matrix, label: "g", limit: 0 })).toThrow("invalid limit: 0");
});
