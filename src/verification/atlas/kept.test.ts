import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Gallery } from "../examples/gallery.ts";
import { type Places, placesIn } from "../record/places.ts";
import type { ConclusionRecord } from "../record/record.ts";
import type { Report } from "../record/report.ts";
import { exampleConclusion, exampleReport } from "../testing/report.ts";
import { keep, readKept } from "./kept.ts";

let places: Places;
beforeEach(() => {
  places = placesIn(mkdtempSync(join(tmpdir(), "kept-")));
});
afterEach(() => rmSync(places.root, { recursive: true }));

const folder = () => join(places.reports, "hypotheses");
const file = (id: string) => join(folder(), `${id}.json`);
const record = { T1: exampleConclusion };
const gallery = { label: "given", of: 8, command: "explore {seed}", seeds: [{ seed: 7 }] };
const report = exampleReport("T1", {}, "same", { galleries: [gallery as unknown as Gallery] });
const run = (reports: readonly Report[], on: ConclusionRecord = record, variant: string | null = null) =>
  keep({ places, reports, record: on, variant });
const files = () => readdirSync(folder()).sort();

describe("what is kept", () => {
  test("is read again as it was", () => {
    run([report]);
    expect(files()).toEqual(["T1.json"]);
    expect(readKept(places, "T1", exampleConclusion)).toEqual(report);
    expect(readKept(places, "T2", exampleConclusion)).toBeUndefined();
  });

  test("is what is on record, or about to be; nothing else takes its place", () => {
    run([report]);
    const before = readFileSync(file("T1"), "utf8");
    const changed = exampleReport("T1", { verdict: "refuted" }, "changed");
    run([changed]);
    const accepted = { ...changed, mode: "all" } as const;
    run([accepted], record, "the seeds are shifted");
    expect(readFileSync(file("T1"), "utf8")).toBe(before);
    run([accepted]);
    expect(readKept(places, "T1", { ...exampleConclusion, verdict: "refuted" })).toEqual(accepted);
    const fresh = (mode: Report["mode"]) => exampleReport("T2", {}, "missing", { mode });
    run([fresh("none")]);
    expect(files()).toEqual(["T1.json"]);
    run([fresh("new")]);
    expect(files()).toEqual(["T1.json", "T2.json"]);
  });

  test("goes with its hypothesis; what another run is writing stays", () => {
    run([report]);
    for (const name of ["T9.json", ".T1.json.uuid.tmp", "notes.txt"]) writeFileSync(join(folder(), name), "{}");
    run([]);
    expect(files()).toEqual([".T1.json.uuid.tmp", "T1.json", "notes.txt"]);
    run([], {});
    expect(files()).toEqual([".T1.json.uuid.tmp", "notes.txt"]);
  });
});

describe("what is kept is left out", () => {
  test.each([{ trained: "other" }, { fingerprint: "other" }, { verdict: "refuted" }] as const)(
    "where the record has moved on: %j",
    (moved) => {
      run([report]);
      expect(readKept(places, "T1", { ...exampleConclusion, ...moved })).toBeUndefined();
    },
  );

  const damaged: readonly (readonly [string, string])[] = [
    ["empty", ""],
    ["cut short", JSON.stringify(report).slice(0, -9)],
    ["nothing", "null"],
    ["another's", JSON.stringify({ ...report, id: "T2" })],
    ["without a conclusion", JSON.stringify({ ...report, conclusion: undefined })],
    ["without a spec", JSON.stringify({ ...report, spec: {} })],
    ["of an engine without a name", JSON.stringify({ ...report, engine: {} })],
    ["without galleries", JSON.stringify({ ...report, galleries: undefined })],
    ...[{ label: 1 }, { command: 1 }, { of: "8" }, { seeds: null }, { seeds: [{}] }].map(
      (change) =>
        [
          `with a gallery of ${JSON.stringify(change)}`,
          JSON.stringify({ ...report, galleries: [{ ...gallery, ...change }] }),
        ] as const,
    ),
  ];
  test.each(damaged)("where the file is damaged: %s", (_, text) => {
    mkdirSync(folder(), { recursive: true });
    writeFileSync(file("T1"), text);
    expect(readKept(places, "T1", exampleConclusion)).toBeUndefined();
    writeFileSync(file("T1"), JSON.stringify(report));
    expect(readKept(places, "T1", exampleConclusion)).toEqual(report);
  });
});
