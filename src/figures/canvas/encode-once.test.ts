import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { encodeOnce } from "./encode-once.ts";
import { encodePng } from "./png.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "figures-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

const pixels = (shade: number) => new Uint8ClampedArray(6 * 4 * 4).fill(shade);
const file = () => join(directory, readdirSync(directory)[0]!);

test("gives the encoder's bytes, the second time from the file", () => {
  const png = encodePng(pixels(200), 6, 4);
  expect(encodeOnce(pixels(200), 6, 4, directory)).toEqual(png);
  const [first] = [readFileSync(file())];
  expect(encodeOnce(pixels(200), 6, 4, directory)).toEqual(png);
  expect(readFileSync(file())).toEqual(first);
  expect(readdirSync(directory)).toHaveLength(1);
});

test("other pixels and other sizes are other figures", () => {
  encodeOnce(pixels(200), 6, 4, directory);
  expect(encodeOnce(pixels(201), 6, 4, directory)).toEqual(encodePng(pixels(201), 6, 4));
  expect(encodeOnce(pixels(200), 4, 6, directory)).toEqual(encodePng(pixels(200), 4, 6));
  expect(readdirSync(directory)).toHaveLength(3);
});

test.each([
  ["damaged", (bytes: Buffer) => bytes.with(40, bytes[40]! ^ 1)],
  ["cut short", (bytes: Buffer) => bytes.subarray(0, 20)],
])("a file that is %s is encoded again, and mended", (_, spoil) => {
  const png = encodeOnce(pixels(7), 6, 4, directory);
  const whole = readFileSync(file());
  writeFileSync(file(), spoil(whole));
  expect(encodeOnce(pixels(7), 6, 4, directory)).toEqual(png);
  expect(readFileSync(file())).toEqual(whole);
});

test("without a directory, or with one that cannot be, figures are drawn all the same", () => {
  const png = encodePng(pixels(7), 6, 4);
  expect(encodeOnce(pixels(7), 6, 4, null)).toEqual(png);
  const blocked = join(directory, "file");
  writeFileSync(blocked, "");
  expect(encodeOnce(pixels(7), 6, 4, join(blocked, "below"))).toEqual(png);
});
