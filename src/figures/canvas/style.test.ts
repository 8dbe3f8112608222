import { expect, test } from "vitest";
import { conditionStyle, lighten, mix, palette, translucent, verdictStyle } from "./style.ts";

/** Contrast of WCAG 2.2, 1.4.3. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string) => {
    const [r, g, bl] = [1, 3, 5].map((at) => {
      const c = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * bl;
  };
  const [dark, light] = [luminance(a), luminance(b)].sort((p, q) => p - q) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

test("verdicts read on their ground, and differ in symbol as well as colour", () => {
  const styles = Object.values(verdictStyle);
  for (const { colour, fill } of styles) expect(contrast(colour, fill)).toBeGreaterThan(4.5);
  expect(new Set(styles.map((s) => s.symbol)).size).toBe(5);
  expect(new Set(styles.map((s) => s.fill)).size).toBe(5);
});

test("small text reads on paper", () => {
  expect(contrast(palette.muted, palette.paper)).toBeGreaterThan(4.5);
});

test("six conditions differ in colour and in dash, the seventh is the first again", () => {
  const six = Array.from({ length: 6 }, (_, i) => conditionStyle(i));
  expect(new Set(six.map((s) => s.colour)).size).toBe(6);
  expect(new Set(six.map((s) => s.dash.join())).size).toBe(6);
  expect(conditionStyle(6)).toBe(conditionStyle(0));
});

test("colours blend channel by channel", () => {
  expect(mix("#000000", "#ff8040", 0.5)).toBe("#804020");
  expect(mix("#102030", "#ffffff", 0)).toBe("#102030");
  expect(lighten("#102030", 1)).toBe("#ffffff");
  expect(translucent("#102030", 0.5)).toBe("#10203080");
  expect(translucent("#102030", 0.01)).toBe("#10203003");
});
