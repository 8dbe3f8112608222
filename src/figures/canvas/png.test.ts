import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { decode } from "../testing/render.ts";
import { encodePng } from "./png.ts";

const opaque = (colours: readonly number[]) =>
  Uint8ClampedArray.from(colours.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255, 255]));

property.prop([
  fc.array(fc.integer({ min: 0, max: 0xffffff }), { minLength: 6, maxLength: 6 }),
  fc.constantFrom(1, 2, 3, 6),
])("up to 256 colours come back exactly, at the right place", async (colours, width) => {
  const pixels = opaque(colours);
  const decoded = await decode(encodePng(pixels, width, 6 / width));
  expect([decoded.width, decoded.height]).toEqual([width, 6 / width]);
  expect([...decoded.data]).toEqual([...pixels]);
});

test("256 colours are exact, and with more every pixel stays near its own", async () => {
  const greys = (count: number) => Array.from({ length: count }, (_, i) => (i % 256) * 0x010101 + (i >> 8));
  const exact = opaque(greys(256));
  expect([...(await decode(encodePng(exact, 16, 16))).data]).toEqual([...exact]);

  const many = opaque(Array.from({ length: 4096 }, (_, i) => ((i % 64) << 18) | ((i >> 6) << 10) | 0x80));
  const { data } = await decode(encodePng(many, 64, 64));
  const worst = Math.max(...data.map((value, i) => Math.abs(value - many[i]!)));
  expect(worst).toBeGreaterThan(0);
  expect(worst).toBeLessThanOrEqual(16);
});

test("the colour used most stays exact however many there are", async () => {
  const colours = Array.from({ length: 2000 }, (_, i) => (i % 2 === 0 ? 0x0072b2 : (i * 8191) & 0xffffff));
  const picture = await decode(encodePng(opaque(colours), 50, 40));
  expect(picture.at(0, 0)).toBe("#0072b2");
  expect(picture.at(48, 39)).toBe("#0072b2");
});
