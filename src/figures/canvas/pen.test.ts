import { fc, test as property } from "@fast-check/vitest";
import { createCanvas } from "canvas";
import { describe, expect, test } from "vitest";
import { render } from "../testing/render.ts";
import { textWidth } from "./fonts.ts";
import { diamond, disc, paragraphHeight, snap, text, wrap } from "./pen.ts";

const sheet = (draw: Parameters<typeof render>[0]["draw"]) => render({ width: 60, height: 40, draw });

describe("wrap", () => {
  const words = fc.array(fc.stringMatching(/^[a-zA-Zα-ω]{1,30}$/), { maxLength: 12 });
  property.prop([words, fc.integer({ min: 30, max: 300 })])(
    "keeps every letter, and every line fits",
    (list, width) => {
      const lines = wrap(list.join(" "), width, 12);
      expect(lines.join("")).toBe(lines.join("").trim());
      expect(lines.join("").replaceAll(" ", "")).toBe(list.join(""));
      for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(width);
    },
  );

  test("breaks between words and fills lines", () => {
    expect(wrap("one two three", textWidth("one two", 12), 12)).toEqual(["one two", "three"]);
    expect(wrap("  ", 100, 12)).toEqual([]);
  });
});

test("positions are rounded to a sixteenth of a pixel", () => {
  expect([0.03, 0.04, -1.99].map(snap)).toEqual([0, 0.0625, -2]);
});

test("a difference too small to see does not change the bytes", () => {
  const at = (x: number) => sheet((ctx) => disc(ctx, [x, 20], 6, { fill: "#0072b2" })).data;
  expect(at(30.001)).toEqual(at(30));
  expect(at(30.2)).not.toEqual(at(30));
});

test("marks are painted where they are said to be", () => {
  const picture = sheet((ctx) => {
    disc(ctx, [15, 20], 6, { fill: "#0072b2" });
    diamond(ctx, [45, 20], 6, { fill: "#d55e00" });
  });
  expect(picture.at(15, 20)).toBe("#0072b2");
  expect(picture.at(18, 22)).toBe("#0072b2");
  expect(picture.at(45, 20)).toBe("#d55e00");
  expect(picture.at(49, 23)).toBe("#ffffff");
});

test("text is not blank, stands on its middle, and has a halo where asked", () => {
  const picture = sheet((ctx) => text(ctx, "HH", [30, 20], { size: 20, align: "center", colour: "#000000" }));
  const inked = Array.from({ length: 40 }, (_, y) => y).filter((y) => picture.count("#000000", [0, y, 60, y + 1]) > 0);
  expect((inked[0]! + inked.at(-1)!) / 2).toBeCloseTo(20, -0.5);
  expect(inked.length).toBeGreaterThan(10);

  const over = (halo: boolean) =>
    sheet((ctx) => {
      ctx.fillStyle = "#0072b2";
      ctx.fillRect(0, 0, 60, 40);
      text(ctx, "H", [30, 20], { size: 20, align: "center", halo });
    }).count("#ffffff");
  expect(over(false)).toBe(0);
  expect(over(true)).toBeGreaterThan(40);
});

test("a dash does not outlive its stroke", () => {
  const ctx = createCanvas(10, 10).getContext("2d");
  disc(ctx, [5, 5], 3, { stroke: "#000000", dash: [2, 2] });
  disc(ctx, [5, 5], 3, { stroke: "#000000" });
  expect(ctx.getLineDash()).toEqual([]);
});

test("a paragraph is as high as its lines", () => {
  expect(paragraphHeight(0, 12)).toBe(0);
  expect(paragraphHeight(2, 12)).toBe(33);
});
