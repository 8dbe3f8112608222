import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { paths, readRecord, serialise } from "./record.ts";
import { absentFigures, isFresh, putOnRecord } from "./recording.ts";
import type { Report } from "./report.ts";
import { exampleConclusion, exampleReport } from "./testing/report.ts";

const real = { ...paths };
let directory: string;
let drawn: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "recording-"));
  paths.record = join(directory, "conclusions.json");
  paths.figures = join(directory, "figures");
  drawn = join(directory, "drawn.png");
  writeFileSync(drawn, "drawn");
});
afterEach(() => {
  Object.assign(paths, real);
  rmSync(directory, { recursive: true });
});

const old = { T1: exampleConclusion, T2: exampleConclusion };
const refuted = { verdict: "refuted" } as const;
const figure = (id: string) => join(paths.figures, `${id}.png`);
const text = (file: string) => (existsSync(file) ? readFileSync(file, "utf8") : undefined);

function given(): void {
  mkdirSync(paths.figures, { recursive: true });
  writeFileSync(paths.record, serialise(old));
  writeFileSync(figure("T1"), "old");
}

describe("the record after a run", () => {
  test.each([
    ["none", "missing", false],
    ["none", "changed", false],
    ["new", "missing", true],
    ["new", "changed", false],
    ["all", "same", true],
    ["all", "changed", true],
  ] as const)("in mode %s a conclusion that is %s is fresh: %s", (mode, outcome, fresh) => {
    expect(isFresh(exampleReport("T1", {}, outcome, { mode }))).toBe(fresh);
  });

  test("has what was accepted, conclusion and figure, and keeps the rest", () => {
    given();
    const picture: Report["picture"] = { state: "different", actual: drawn };
    putOnRecord([exampleReport("T1", refuted, "changed", { mode: "all", picture })], old, []);
    expect(readRecord(paths.record)).toEqual({
      T1: { ...exampleConclusion, ...refuted },
      T2: exampleConclusion,
    });
    expect(text(figure("T1"))).toBe("drawn");
  });

  test("is as it was, to the byte, where nothing is fresh", () => {
    given();
    const unformatted = JSON.stringify(old);
    writeFileSync(paths.record, unformatted);
    const picture: Report["picture"] = { state: "different", actual: drawn };
    putOnRecord([exampleReport("T1", refuted, "changed", { mode: "new", picture })], old, ["T2"]);
    putOnRecord([exampleReport("T1", refuted, "missing", { mode: "none", picture })], old, ["T2"]);
    expect(text(paths.record)).toBe(unformatted);
    expect(text(figure("T1"))).toBe("old");
  });

  test("loses what nobody owns under -u, and the figure of what draws none any more", () => {
    given();
    writeFileSync(figure("X1"), "nobody's");
    putOnRecord([exampleReport("T1", {}, "same", { mode: "all" })], old, ["T2", "figures/X1.png"]);
    expect(Object.keys(readRecord(paths.record))).toEqual(["T1"]);
    expect([existsSync(figure("T1")), existsSync(figure("X1"))]).toEqual([false, false]);
  });

  test("has no figure to lose where none was drawn or it is gone already", () => {
    writeFileSync(paths.record, serialise(old));
    putOnRecord([exampleReport("T1", refuted, "changed", { mode: "all" })], old, ["figures/X1.png"]);
    expect(readRecord(paths.record).T1!.verdict).toBe("refuted");
  });

  test("gains what is missing and nothing else, and loses nothing, without -u", () => {
    given();
    writeFileSync(figure("X1"), "nobody's");
    const reports = [
      exampleReport("T1", refuted, "changed", { mode: "new" }),
      exampleReport("T3", refuted, "missing", { mode: "new" }),
    ];
    putOnRecord(reports, old, ["T2", "figures/X1.png"]);
    expect(readRecord(paths.record)).toEqual({ ...old, T3: { ...exampleConclusion, ...refuted } });
    expect([existsSync(figure("T1")), existsSync(figure("X1"))]).toEqual([true, true]);
  });

  test("loses what nobody owns where -u was given to one of several machines", () => {
    given();
    const reports = [exampleReport("T1", {}, "same", { mode: "all" }), exampleReport("T3", {}, "missing")];
    putOnRecord(reports, old, ["T2"]);
    expect(Object.keys(readRecord(paths.record))).toEqual(["T1"]);
  });

  test("is not written again where it says so already", () => {
    given();
    const before = statSync(paths.record).ino;
    putOnRecord([exampleReport("T1", {}, "same", { mode: "all" })], old, []);
    // A new file would take the old one's place.
    expect(statSync(paths.record).ino).toBe(before);
  });

  test("gains what was missing, and a figure missing beside a conclusion that is there", () => {
    const picture: Report["picture"] = { state: "missing", actual: drawn };
    putOnRecord([exampleReport("T1", {}, "missing", { mode: "new", picture })], {}, []);
    expect(Object.keys(readRecord(paths.record))).toEqual(["T1"]);
    rmSync(figure("T1"));
    putOnRecord([exampleReport("T1", {}, "same", { mode: "new", picture })], old, []);
    expect(text(figure("T1"))).toBe("drawn");
  });
});

test("figures that the record needs and that are not there are named", () => {
  const picture = (state: "same" | "different" | "missing", actual: string): Report["picture"] => ({
    state,
    actual,
  });
  const reports = [
    exampleReport("T1", {}, "changed", { mode: "all", picture: picture("different", "absent/T1.png") }),
    exampleReport("T2", {}, "same", { mode: "all", picture: picture("same", "absent/T2.png") }),
    exampleReport("T3", {}, "changed", { mode: "all", picture: picture("different", drawn) }),
    exampleReport("T4", {}, "changed", { mode: "none", picture: picture("different", "absent/T4.png") }),
    exampleReport("T5", {}, "same", { mode: "none", picture: picture("missing", "absent/T5.png") }),
  ];
  expect(absentFigures(reports)).toEqual(["absent/T1.png"]);
});
