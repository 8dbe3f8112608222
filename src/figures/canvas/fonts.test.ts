import { GlobalFonts } from "canvas";
import { expect, test } from "vitest";
import { font, loadFace, textWidth } from "./fonts.ts";

test("text has the width of DejaVu Sans, whose M is 0.863 em wide", () => {
  expect(textWidth("M", 1000)).toBeCloseTo(863, 0);
  expect(textWidth("M", 1000, "bold")).toBeCloseTo(995, 0);
});

test.each([..."αΣ‖√·×−≥⁻⁶ᵢ✓✗≈▲→"])("%s has a glyph of its own", (sign) => {
  // U+FFFF is never a character: it is drawn as the box for what is missing.
  const width = textWidth(sign, 100);
  expect(width).toBeGreaterThan(0);
  expect(Math.abs(width - textWidth("\uffff", 100))).toBeGreaterThan(0.01);
});

test("the fonts are registered under names of our own", () => {
  expect(font(12, "bold")).toBe('12px "Figure Sans Bold"');
  expect(GlobalFonts.has("Figure Sans")).toBe(true);
  expect(GlobalFonts.has("Figure Sans Bold")).toBe(true);
});

test("a font that cannot be read is an error that names it", () => {
  expect(() => loadFace("Nothing", "/nowhere/Nothing.ttf")).toThrow("no font could be read from /nowhere/Nothing.ttf");
});
