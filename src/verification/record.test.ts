import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { plain, pretty, rounded } from "../util/json.ts";
import type { Conclusion } from "./conclusion.ts";
import { summarise } from "./observation.ts";
import { byId, readRecord, serialise } from "./record.ts";

const conclusion: Conclusion = {
  claim: "a claim",
  section: "test",
  kind: "exact",
  verdict: "holds",
  summary: "in short",
  evidence: { given: { satisfied: 256, of: 256 } },
  errorRate: 1e-4,
  figure: false,
  trained: null,
  engine: null,
  fingerprint: null,
};

describe("the record", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "record-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  test("reads back what it wrote, and is empty when there is none", () => {
    const file = join(directory, "conclusions.json");
    expect(readRecord(file)).toEqual({});
    writeFileSync(file, serialise({ T1: conclusion }));
    expect(readRecord(file)).toEqual({ T1: conclusion });
    expect(readFileSync(file, "utf8")).toContain('"evidence": { "given": { "satisfied": 256, "of": 256 } }');
  });

  test("is read again when its file has changed, and only then", () => {
    const file = join(directory, "conclusions.json");
    writeFileSync(file, serialise({ T1: conclusion }));
    const first = readRecord(file);
    expect(readRecord(file)).toBe(first);
    writeFileSync(file, serialise({ T1: conclusion, T2: conclusion }));
    expect(Object.keys(readRecord(file))).toEqual(["T1", "T2"]);
  });

  test("has long evidence on several lines, each a step further in", () => {
    const list = (letter: string) => [letter.repeat(60), letter.repeat(60)];
    const text = serialise({ T1: { ...conclusion, evidence: { a: list("x") } } });
    const lines = text.split("\n");
    const first = lines.indexOf('    "evidence": {');
    expect(lines.slice(first + 1, first + 6)).toEqual([
      '      "a": [',
      `        "${"x".repeat(60)}",`,
      `        "${"x".repeat(60)}"`,
      "      ]",
      "    },",
    ]);
  });

  test.each(["{", "[]", "null", "1"])("refuses %j instead of overwriting it", (text) => {
    const file = join(directory, "conclusions.json");
    writeFileSync(file, text);
    expect(() => readRecord(file)).toThrow(
      text === "{" ? "is not a conclusion record" : "is not a conclusion record (not an object)",
    );
  });

  test("keeps the ledger's order whatever order things were concluded in", () => {
    const ids = ["T10", "T2", "B1", "T2b", "T1"];
    const text = serialise(Object.fromEntries(ids.map((id) => [id, conclusion])));
    expect(Object.keys(JSON.parse(text))).toEqual(["B1", "T1", "T2", "T2b", "T10"]);
    expect([...ids].sort(byId)).toEqual(["B1", "T1", "T2", "T2b", "T10"]);
  });
});

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
    expect(pretty({ "a name longer than the line": null }, 10)).toBe(
      '{\n  "a name longer than the line": null\n}',
    );
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

describe("summaries of observations", () => {
  test("count words, booleans and small whole numbers, most frequent first", () => {
    expect(summarise(["b", "a", "b"])).toEqual({ observed: ["b ×2", "a ×1"] });
    expect(summarise([{ k: 5, ok: true }, { k: 4, ok: true }, null])).toEqual({
      k: ["4 ×1", "5 ×1"],
      ok: ["true ×2"],
    });
  });

  test("give quantiles of other numbers", () => {
    const values = Array.from({ length: 101 }, (_, i) => i + 0.5);
    expect(summarise(values)).toEqual({
      observed: { least: 0.5, lower: 5.5, median: 50.5, upper: 95.5, most: 100.5 },
    });
  });

  test("count up to twelve whole numbers, and take the quantiles of more or of fractions among them", () => {
    const twelve = Array.from({ length: 12 }, (_, i) => i);
    expect(summarise(twelve)).toEqual({ observed: expect.arrayContaining(["0 ×1", "11 ×1"]) });
    expect(summarise([...twelve, 12])).toMatchObject({ observed: { least: 0, median: 6, most: 12 } });
    // In the order of size, neither as given nor as text.
    expect(summarise([10, 9.5, 8, 100])).toEqual({
      observed: { least: 8, lower: 8, median: 10, upper: 100, most: 100 },
    });
  });

  test("cut a long tail", () => {
    const words = Array.from({ length: 14 }, (_, i) => `w${String(i).padStart(2, "0")}`);
    expect((summarise(words).observed as string[]).slice(-2)).toEqual(["w11 ×1", "2 others ×2"]);
  });
});
