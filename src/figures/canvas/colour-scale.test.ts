import { expect, test } from "vitest";
import { render, words } from "../testing/render.ts";
import { colourBar, colourBarHeight, colourScale, diverging, readableOn } from "./colour-scale.ts";

test("diverging colours are white at 0, deepest at the limit, and clamp beyond", () => {
  const colours = diverging(2);
  expect(colours(0)).toBe("#ffffff");
  expect(colours(2)).toBe("#00598c");
  expect(colours(-2)).toBe("#b04a00");
  expect(colours(9)).toBe(colours(2));
  expect(colours(1)).not.toBe(colours(-1));
  expect(colours.domain).toEqual([-2, 2]);
});

test("values of one sign get colours that run over their domain, and one value the middle colour", () => {
  const colours = colourScale([1, 2, 3]);
  expect(colours(0)).toBe(colours(1));
  expect(colours(3)).toBe("#00436b");
  expect(colourScale([4, 4])(4)).toBe(colours(2));
});

test("values on both sides of 0 get the diverging scale", () => {
  expect(colourScale([-1, 3]).domain).toEqual([-3, 3]);
  expect(colourScale([-5, 3])(0)).toBe("#ffffff");
  expect(colourScale([1, 3]).domain).toEqual([1, 3]);
  expect(colourScale([0, 3]).domain).toEqual([0, 3]);
});

test("text is dark on pale grounds and pale on dark ones", () => {
  expect(readableOn("#dcefff")).toBe("#1f2430");
  expect(readableOn("#00598c")).toBe("#ffffff");
});

test("the bar runs from the low to the high colour with its numbers", () => {
  const bar = (lo: number, hi: number) => ({
    width: 240,
    height: colourBarHeight,
    draw: (ctx: Parameters<typeof colourBar>[0]) => colourBar(ctx, colourScale([lo, hi]), "bias", [20, 0], 200),
  });
  const picture = render(bar(1, 3));
  expect(picture.at(218, 23)).toBe(colourScale([1, 3])(1 + 2 * (63.5 / 64)));
  expect(picture.at(22, 23)).toBe(colourScale([1, 3])(1 + 2 * (0.5 / 64)));
  expect(words(bar(1, 3)).sort()).toEqual(["1", "2", "3", "bias"]);
  expect(words(bar(2, 2))).toEqual(["bias", "2"]);
});
