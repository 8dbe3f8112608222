import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { angleBetween, angleOffCross, emptyOppositeSectors, longestPair } from "./quadrants.ts";

const at = (degrees: number, length = 1) => {
  const angle = (degrees * Math.PI) / 180;
  return [length * Math.cos(angle), length * Math.sin(angle)];
};
const degrees = (radians: number) => (radians * 180) / Math.PI;
const sets = fc.array(fc.tuple(fc.integer({ min: 0, max: 359 }), fc.integer({ min: 1, max: 50 })), {
  minLength: 2,
  maxLength: 7,
});

describe("angleOffCross", () => {
  test("of crosses, a pentagon, and three directions", () => {
    expect(degrees(angleOffCross([at(10), at(100, 2), at(190), at(280)]))).toBeCloseTo(0, 10);
    expect(degrees(angleOffCross([at(0), at(94)]))).toBeCloseTo(2, 10);
    // A pentagon's angles modulo 90° are 0, 18, 36, 54, 72: the widest gap is 18°.
    expect(degrees(angleOffCross([0, 72, 144, 216, 288].map((a) => at(a))))).toBeCloseTo(36, 10);
    expect(degrees(angleOffCross([at(0), at(45)]))).toBeCloseTo(22.5, 10);
  });

  prop.prop([sets, fc.integer({ min: 0, max: 359 })])("does not depend on the frame or on lengths", (set, turn) => {
    const plain = set.map(([angle]) => at(angle));
    const turned = set.map(([angle, length]) => at(angle + turn, length / 10));
    expect(angleOffCross(turned)).toBeCloseTo(angleOffCross(plain), 9);
  });
});

describe("emptyOppositeSectors", () => {
  test("of vectors inside two opposite quadrants, and of a pentagon", () => {
    expect(degrees(emptyOppositeSectors([at(5), at(80), at(190), at(265)]))).toBeCloseTo(100, 10);
    expect(degrees(emptyOppositeSectors([at(0), at(90), at(180), at(270)]))).toBeCloseTo(90, 10);
    expect(degrees(emptyOppositeSectors([0, 72, 144, 216, 288].map((a) => at(a))))).toBeCloseTo(36, 10);
  });

  prop.prop([sets])("turning a vector round changes nothing", (set) => {
    const plain = set.map(([angle]) => at(angle));
    const [first, ...others] = plain;
    expect(emptyOppositeSectors([first!.map((x) => -x), ...others])).toBeCloseTo(emptyOppositeSectors(plain), 9);
  });
});

test("without vectors the whole circle is free", () => {
  expect(angleOffCross([])).toBe(0);
  expect(emptyOppositeSectors([])).toBe(Math.PI);
});

describe("longestPair", () => {
  test("takes the two longest and bisects by angle, not by length", () => {
    const { angle, bisector } = longestPair([at(200, 1), at(20, 9), at(80, 2)]);
    expect(degrees(angle)).toBeCloseTo(60, 10);
    expect(degrees(angleBetween(bisector, at(50)))).toBeCloseTo(0, 5);
  });

  test("needs two", () => {
    expect(() => longestPair([at(0)])).toThrow("number of vectors: 1; expected at least 2");
    expect(degrees(longestPair([at(0), at(90, 3)]).angle)).toBeCloseTo(90, 10);
  });

  test("angles beyond rounding", () => {
    expect(angleBetween([0.1, 0.2], [0.3, 0.6])).toBeCloseTo(0, 7);
    expect(angleBetween([0.1, 0.2], [-0.3, -0.6])).toBeCloseTo(Math.PI, 7);
  });
});
