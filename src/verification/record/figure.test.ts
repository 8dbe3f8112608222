import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { encodePng } from "../../figures/canvas/png.ts";
import { compareFigure } from "./figure.ts";
import { figureFile, type Places, placesIn } from "./places.ts";

let places: Places;
let root: string;
beforeEach(() => {
  mkdirSync(".cache", { recursive: true });
  root = mkdtempSync(resolve(".cache/picture-"));
  places = placesIn(root);
  mkdirSync(places.figures, { recursive: true });
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** White, 40 × 30, with the first so many pixels of a grey. */
function png(pixels = 0, grey = 0): Buffer {
  const data = new Uint8ClampedArray(40 * 30 * 4).fill(255);
  for (let i = 0; i < pixels; i++) data.fill(grey, 4 * i, 4 * i + 3);
  return encodePng(data, 40, 30);
}
const actual = "reports/figures/T1.png";
const recorded = "snapshots/figures/T1.png";

test("a conclusion without a figure has none", async () => {
  expect(await compareFigure(places, "T1", undefined)).toEqual({ state: "none" });
  expect(existsSync(join(root, "reports"))).toBe(false);
});

test("a figure that is not on record is kept and missing", async () => {
  expect(await compareFigure(places, "T1", png())).toEqual({ state: "missing", actual });
  expect(readFileSync(join(root, actual))).toEqual(png());
  expect(existsSync(figureFile(places, "T1"))).toBe(false);
});

test("one that cannot be written is compared all the same, and says why it is in no file", async () => {
  writeFileSync(figureFile(places, "T1"), png(5));
  // A file where the folder is to be.
  writeFileSync(join(root, "reports"), "");
  const unwritten = expect.stringContaining("reports/figures");
  expect(await compareFigure(places, "T1", png(5))).toEqual({ state: "same", unwritten, recorded });
  expect(await compareFigure(places, "T1", png(600))).toMatchObject({ state: "different", unwritten, recorded });
  expect(await compareFigure(places, "T2", png(5))).toEqual({ state: "missing", unwritten });
});

test("the same bytes are the same", async () => {
  writeFileSync(figureFile(places, "T1"), png(5));
  expect(await compareFigure(places, "T1", png(5))).toEqual({
    state: "same",
    actual,
    recorded,
  });
});

test("a shade that nobody sees is alike", async () => {
  writeFileSync(figureFile(places, "T1"), png());
  expect(await compareFigure(places, "T1", png(600, 253))).toEqual({
    state: "alike",
    actual,
    recorded,
  });
  expect(existsSync(join(root, "reports/figures/differences"))).toBe(false);
});

test("another picture is different, by how much, with a picture of the difference; the record stays", async () => {
  writeFileSync(figureFile(places, "T1"), png());
  const state = await compareFigure(places, "T1", png(600));
  expect(state).toEqual({
    state: "different",
    actual,
    recorded,
    difference: "reports/figures/differences/T1.png",
    ratio: 600 / (40 * 30),
  });
  expect(existsSync(join(root, state.difference!))).toBe(true);
  expect(readFileSync(figureFile(places, "T1"))).toEqual(png());
});

test.each([
  ["empty", ""],
  ["cut short", png().subarray(0, 60)],
  ["a pointer to a large file", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"],
])("a figure on record that is %s is damaged", async (_, content) => {
  writeFileSync(figureFile(places, "T1"), content);
  expect(await compareFigure(places, "T1", png())).toEqual({ state: "damaged", actual, recorded });
});
