import { describe, expect, test } from "vitest";
import { fail, finite, InputError, oneOf, quote, wholeNumber } from "./check.ts";

const nothing = Number.NEGATIVE_INFINITY;

describe("InputError", () => {
  test("shows its name and message, and no line of our code", () => {
    const error = new InputError("invalid size: 3");
    expect(error.name).toBe("InputError");
    expect(error.stack).toBe("InputError: invalid size: 3");
  });
});

describe("quote", () => {
  test.each<[unknown, string]>([
    ["3", '"3"'],
    [3, "3"],
    [Number.NaN, "NaN"],
    [null, "null"],
    [undefined, "undefined"],
    [[1, Number.POSITIVE_INFINITY, { a: Number.NaN }], '[1,"Infinity",{"a":"NaN"}]'],
  ])("%o as %s", (value, text) => {
    expect(quote(value)).toBe(text);
  });

  test("cuts what is longer than 80 characters to 80", () => {
    // The two quotation marks count.
    expect(quote("x".repeat(78))).toBe(`"${"x".repeat(78)}"`);
    expect(quote("x".repeat(79))).toBe(`"${"x".repeat(76)}...`);
  });
});

test("fail names what is wrong, the value and what is expected", () => {
  expect(() => fail("size", "3", "a number")).toThrow(new InputError('invalid size: "3"; expected a number'));
});

describe("wholeNumber", () => {
  test("returns those from the least on", () => {
    expect([wholeNumber("size", 2, 2), wholeNumber("size", 2 ** 53 - 1, 2)]).toEqual([2, 2 ** 53 - 1]);
  });
  test.each([1, 2.5, 2 ** 53, Number.NaN, "2", 2n, null])("rejects %o below, between or beside them", (value) => {
    expect(() => wholeNumber("size", value, 2)).toThrow(/^invalid size: .*; expected a whole number of at least 2$/);
  });
});

describe("finite", () => {
  test("returns those from the least on, or above it", () => {
    expect([finite("rate", -1e300), finite("rate", 0, 0), finite("rate", 1e-300, 0, true)]).toEqual([
      -1e300, 0, 1e-300,
    ]);
  });
  test.each<[unknown, number, boolean, string]>([
    [Number.POSITIVE_INFINITY, nothing, false, "a finite number"],
    ["1", nothing, false, "a finite number"],
    [-1, 0, false, "a finite number of at least 0"],
    [0, 0, true, "a finite number above 0"],
  ])("rejects %o from %d on (strictly: %o)", (value, least, strict, expected) => {
    expect(() => finite("rate", value, least, strict)).toThrow(
      new InputError(`invalid rate: ${quote(value)}; expected ${expected}`),
    );
  });
});

test("oneOf returns one of the options and lists them otherwise", () => {
  expect(oneOf("loss", "b", ["a", "b"])).toBe("b");
  expect(() => oneOf("loss", "c", ["a", "b"])).toThrow('invalid loss: "c"; expected "a" or "b"');
});
