import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { canonicalJson, sha256 } from "./canonical.ts";

describe("canonicalJson", () => {
  test("sorts the keys of every object and leaves arrays in order", () => {
    expect(canonicalJson({ b: [3, { d: 1, c: null }], a: "x" })).toBe('{"a":"x","b":[3,{"c":null,"d":1}]}');
  });

  test.prop([fc.dictionary(fc.string(), fc.jsonValue())])("does not see the order of keys", (object) => {
    const reversed = Object.fromEntries(Object.entries(object).reverse());
    expect(canonicalJson(reversed)).toBe(canonicalJson(object));
    expect(JSON.parse(canonicalJson(object))).toEqual(JSON.parse(JSON.stringify(object)));
  });
});

describe("sha256", () => {
  test("is a digest of the parts, not of their concatenation", () => {
    expect(sha256("ab", "c")).toMatch(/^[0-9a-f]{64}$/);
    expect(sha256("ab", "c")).not.toBe(sha256("a", "bc"));
    expect(sha256("ab", "c")).toBe(sha256(Buffer.from("ab"), "c"));
  });
});
