import { expect, test } from "vitest";
import { palette } from "../canvas/style.ts";
import { render } from "../testing/render.ts";
import { pairs } from "./pairs.ts";

/** With the longest of length 1.16 a unit is 100 pixels around (150, 150). */
const at = (degrees: number, size: number) => {
  const angle = (degrees * Math.PI) / 180;
  return [Math.round(150 + 100 * size * Math.cos(angle)), Math.round(150 - 100 * size * Math.sin(angle))] as const;
};
const vector = (degrees: number, size: number) => {
  const angle = (degrees * Math.PI) / 180;
  return [size * Math.cos(angle), size * Math.sin(angle)];
};
const written = [vector(-70, 0.5), vector(20, 1.16)];
const reading = [vector(-110, 1), vector(50, 0.8)];

test("turned so that the longest written vector points right and the second up, with its reader", () => {
  // The longest stood at 20°, the second 90° clockwise of it: turned by −20° and mirrored.
  const drawn = render(pairs({ written, reading, power: 1 }));
  expect(drawn.at(...at(0, 1.16))).toBe(palette.relu);
  expect(drawn.at(...at(90, 0.5))).toBe(palette.relu);
  expect(drawn.at(...at(-30, 0.8))).toBe(palette.gelu);
  expect(drawn.at(...at(130, 1))).toBe(palette.gelu);
});

/** Whether there is green within two pixels of a place. */
const arcAt = (drawn: ReturnType<typeof render>, angle: number, size: number) => {
  const [x, y] = at(angle, size);
  return drawn.count(palette.green, [x - 2, y - 2, x + 3, y + 3]) > 0;
};

test("an arc joins a pair the short way round", () => {
  const drawn = render(pairs({ written, reading, power: 1 }));
  // The first pair's arc has 0.22 of the radius available, 116 pixels.
  expect([-15, 15, 165].map((angle) => arcAt(drawn, angle, 0.22 * 1.16))).toEqual([true, false, false]);
  const wide = render(pairs({ written: [vector(0, 1.16)], reading: [vector(200, 1.16)], power: 1 }));
  expect([-100, 100].map((angle) => arcAt(wide, angle, 0.22 * 1.16))).toEqual([true, false]);
});

test("where the two of a pair coincide both marks and both labels show", () => {
  const drawn = render(pairs({ written: [vector(0, 1)], reading: [vector(0, 1)], power: 1 }));
  // A unit is 116 pixels here.
  expect(drawn.at(150 + 116, 150)).toBe(palette.gelu);
  expect(drawn.count(palette.relu, [150 + 112, 144, 150 + 122, 156])).toBeGreaterThan(5);
  expect(drawn.count(palette.relu, [150 + 124, 140, 150 + 137, 160])).toBeGreaterThan(5);
  expect(drawn.count(palette.gelu, [150 + 138, 140, 150 + 150, 160])).toBeGreaterThan(5);
});

test("lengths are cube roots by default", () => {
  const drawn = render(
    pairs({
      written: [vector(0, 1.16 ** 3), vector(90, 0.125)],
      reading: [
        [-1, 0],
        [0, -1],
      ],
    }),
  );
  expect(drawn.at(...at(0, 1.16))).toBe(palette.relu);
  expect(drawn.at(...at(90, 0.5))).toBe(palette.relu);
});

test("refuses what it cannot draw", () => {
  expect(() => pairs({ written, reading: [] })).toThrow("reading vectors: 0; expected 2");
  expect(() => pairs({ written: [], reading: [] })).toThrow("reading vectors: 0");
  expect(() => pairs({ written: [[Number.NaN, 0]], reading: [[1, 0]] })).toThrow("coordinate: NaN");
});
