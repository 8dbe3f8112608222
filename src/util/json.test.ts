import { describe, expect, test } from "vitest";
import { plain, pretty, rounded } from "./json.ts";

describe("JSON for people", () => {
  test("rounds to six digits, leaves whole numbers, and names what JSON lacks", () => {
    expect(rounded({ a: [1.23456789, 123456789], b: Number.NaN, c: -Infinity, d: "x", e: null })).toEqual({
      a: [1.23457, 123456789],
      b: "NaN",
      c: "-Infinity",
      d: "x",
      e: null,
    });
  });

  test("null and what is empty stay short, wherever they stand", () => {
    expect(plain(null)).toBe("null");
    expect(plain({ a: null, b: 1 })).toBe("a: null; b: 1");
    expect(pretty({})).toBe("{}");
    expect(pretty({ "a name longer than the line": null }, 10)).toBe('{\n  "a name longer than the line": null\n}');
  });

  test("plain words for the UI", () => {
    expect(plain({ verdict: "holds", of: 2, norm: { least: 1, most: 2 }, observed: ["a ×1", "b ×1"] })).toBe(
      "verdict: holds; of: 2; norm: (least: 1; most: 2); observed: a ×1, b ×1",
    );
  });

  test("keeps on a line what fits, and parses back", () => {
    const value = {
      short: [1, 2],
      empty: {},
      long: "x".repeat(30),
      deep: { list: ["y".repeat(20), "z".repeat(20)] },
    };
    const text = pretty(value, 40);
    expect(JSON.parse(text)).toEqual(value);
    expect(text.split("\n")[1]).toBe('  "short": [1, 2],');
    expect(text).toContain(`"list": [\n`);
  });

  test("fills each line, however deep it lies and however long the names above it", () => {
    const value = { "a long name of a condition": { "and another one": { list: [1, 2, 3] } } };
    // With the comma that may follow the line is 45 characters long.
    expect(pretty(value, 45)).toContain('\n    "and another one": { "list": [1, 2, 3] }\n');
    expect(pretty(value, 44)).toContain('\n    "and another one": {\n      "list": [1, 2, 3]\n    }\n  }\n}');
  });
});
