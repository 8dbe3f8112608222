import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { exampleConclusion } from "../testing/report.ts";
import { byId, readRecord, serialise } from "./record.ts";

const conclusion = exampleConclusion;

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
    expect(readFileSync(file, "utf8")).toContain('"criterion": { "words": "an even end", "share": 0.95 }');
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
    const list = ["x".repeat(60), "x".repeat(60)];
    const evidence = { properties: { a: { holds: true, found: list as never } }, nearMisses: {} };
    const text = serialise({ T1: { ...conclusion, evidence } });
    const lines = text.split("\n");
    const first = lines.indexOf('          "found": [');
    expect(lines.slice(first + 1, first + 4)).toEqual([
      `            "${"x".repeat(60)}",`,
      `            "${"x".repeat(60)}"`,
      "          ]",
    ]);
  });

  test.each(["{", "[]", "null", "1"])("refuses %j instead of overwriting it", (text) => {
    const file = join(directory, "conclusions.json");
    writeFileSync(file, text);
    expect(() => readRecord(file)).toThrow(
      text === "{" ? "is not a conclusion record" : "is not a conclusion record (not an object)",
    );
  });

  test("is in order of ids, whatever order things were concluded in", () => {
    const ids = ["T10", "T2", "B1", "T2b", "T1"];
    const text = serialise(Object.fromEntries(ids.map((id) => [id, conclusion])));
    expect(Object.keys(JSON.parse(text))).toEqual(["B1", "T1", "T2", "T2b", "T10"]);
    expect([...ids].sort(byId)).toEqual(["B1", "T1", "T2", "T2b", "T10"]);
  });
});
