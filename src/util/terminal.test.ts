import { fc, test as properties } from "@fast-check/vitest";
import { describe, expect, test, vi } from "vitest";
import { fold, hang, paint, standardOutput } from "./terminal.ts";

describe("folding", () => {
  test("breaks at spaces, and cuts only a word longer than the line", () => {
    expect(fold("a claim of a few words", 10)).toEqual(["a claim of", "a few", "words"]);
    expect(fold("a superposition of it", 8)).toEqual(["a", "superpos", "ition of", "it"]);
    expect(fold("abcdefgh", 8)).toEqual(["abcdefgh"]);
    expect(fold("", 8)).toEqual([""]);
    expect(fold("superposition", 8)).toEqual(["superpos", "ition"]);
    expect(fold("ab abcdefgh", 8)).toEqual(["ab", "abcdefgh"]);
    expect(fold("a  claim\n of", 10)).toEqual(["a claim of"]);
    expect(fold("where n = 5", 8)).toEqual(["where", "n = 5"]);
    expect(fold("n = 5 ✗ 162 of 256; n = 8 ✓ 256 of 256", 26)).toEqual(["n = 5 ✗ 162 of 256;", "n = 8 ✓ 256 of 256"]);
  });

  properties.prop([fc.string(), fc.integer({ min: -5, max: 60 })])(
    "loses nothing but spaces, and keeps within the width",
    (text, width) => {
      const lines = fold(text, width);
      expect(lines.join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(Math.max(8, width));
    },
  );

  test("hangs under a head", () => {
    expect(hang("  head: ", "one two three four five", 20)).toEqual([
      "  head: one two",
      "        three four",
      "        five",
    ]);
  });
});

describe("colours", () => {
  test("only where the terminal takes them", () => {
    expect(paint({ columns: 80, colours: false }, "red", "x")).toBe("x");
    expect(paint({ columns: 80, colours: true }, "red", "x")).toBe("\u001b[31mx\u001b[39m");
  });

  test("follow NO_COLOR and FORCE_COLOR", () => {
    const stream = vi.spyOn(process, "stdout", "get");
    const terminal = { isTTY: true, columns: 40, write: () => true, once: () => {}, on: () => {} };
    stream.mockReturnValue(Object.assign(Object.create(process.stderr), terminal) as never);
    try {
      vi.stubEnv("FORCE_COLOR", "1");
      expect(standardOutput()).toEqual({ columns: 40, colours: true });
      vi.stubEnv("FORCE_COLOR", "0");
      expect(standardOutput().colours).toBe(false);
    } finally {
      stream.mockRestore();
      vi.unstubAllEnvs();
    }
  });
});
