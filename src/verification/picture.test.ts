import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { encodePng } from "../figures/canvas/png.ts";
import { comparePicture, figureFile } from "./picture.ts";
import { paths } from "./record.ts";

const real = { ...paths };
let root: string;
beforeEach(() => {
  mkdirSync(".cache", { recursive: true });
  root = mkdtempSync(resolve(".cache/picture-"));
  paths.figures = join(root, "snapshots/figures");
  mkdirSync(paths.figures, { recursive: true });
});
afterEach(() => {
  Object.assign(paths, real);
  rmSync(root, { recursive: true });
});

/** White, 40 × 30, with the first so many pixels of a grey. */
function png(pixels = 0, grey = 0): Buffer {
  const data = new Uint8ClampedArray(40 * 30 * 4).fill(255);
  for (let i = 0; i < pixels; i++) data.fill(grey, 4 * i, 4 * i + 3);
  return encodePng(data, 40, 30);
}
const from = (file: string) => relative("", join(root, file));
const actual = () => from("reports/figures/T1.png");
const recorded = () => from("snapshots/figures/T1.png");

test("a conclusion without a figure has none", async () => {
  expect(await comparePicture("T1", undefined)).toEqual({ state: "none" });
  expect(existsSync(join(root, "reports"))).toBe(false);
});

test("a figure that is not on record is kept and missing", async () => {
  expect(await comparePicture("T1", png())).toEqual({ state: "missing", actual: actual() });
  expect(readFileSync(actual())).toEqual(png());
  expect(existsSync(figureFile("T1"))).toBe(false);
});

test("the same bytes are the same", async () => {
  writeFileSync(figureFile("T1"), png(5));
  expect(await comparePicture("T1", png(5))).toEqual({
    state: "same",
    actual: actual(),
    recorded: recorded(),
  });
});

test("a shade that nobody sees is alike", async () => {
  writeFileSync(figureFile("T1"), png());
  expect(await comparePicture("T1", png(600, 253))).toEqual({
    state: "alike",
    actual: actual(),
    recorded: recorded(),
  });
  expect(existsSync(join(root, "reports/figures/differences"))).toBe(false);
});

test("another picture is different, by how much, with a picture of the difference; the record stays", async () => {
  writeFileSync(figureFile("T1"), png());
  const state = await comparePicture("T1", png(600));
  expect(state).toEqual({
    state: "different",
    actual: actual(),
    recorded: recorded(),
    difference: from("reports/figures/differences/T1.png"),
    ratio: 600 / (40 * 30),
  });
  expect(existsSync(state.difference!)).toBe(true);
  expect(readFileSync(figureFile("T1"))).toEqual(png());
});
