import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { exampleConclusion, exampleReport } from "../testing/report.ts";
import { figureFile, type Places, placesIn } from "./places.ts";
import { readRecord, serialise } from "./record.ts";
import type { Report } from "./report.ts";
import { absentFigures, finishPending, isFresh, putOnRecord } from "./write.ts";

let places: Places;
let directory: string;
let drawn: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "recording-"));
  places = placesIn(directory);
  mkdirSync(places.figures, { recursive: true });
  drawn = "drawn.png";
  writeFileSync(join(directory, drawn), "drawn");
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const old = { T1: exampleConclusion, T2: exampleConclusion };
const refuted = { verdict: "refuted" } as const;
const figure = (id: string) => figureFile(places, id);
const text = (file: string) => (existsSync(file) ? readFileSync(file, "utf8") : undefined);

function given(): void {
  writeFileSync(places.record, serialise(old));
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

  test("has what was accepted, conclusion and figure, and keeps the rest", async () => {
    given();
    const picture: Report["picture"] = { state: "different", actual: drawn };
    await putOnRecord(places, [exampleReport("T1", refuted, "changed", { mode: "all", picture })], []);
    expect(readRecord(places.record)).toEqual({
      T1: { ...exampleConclusion, ...refuted },
      T2: exampleConclusion,
    });
    expect(text(figure("T1"))).toBe("drawn");
  });

  test("is as it was, to the byte, where nothing is fresh", async () => {
    given();
    const unformatted = JSON.stringify(old);
    writeFileSync(places.record, unformatted);
    const picture: Report["picture"] = { state: "different", actual: drawn };
    await putOnRecord(places, [exampleReport("T1", refuted, "changed", { mode: "new", picture })], ["T2"]);
    await putOnRecord(places, [exampleReport("T1", refuted, "missing", { mode: "none", picture })], ["T2"]);
    expect(text(places.record)).toBe(unformatted);
    expect(text(figure("T1"))).toBe("old");
  });

  test("loses what nobody owns under -u, and the figure of what draws none any more", async () => {
    given();
    writeFileSync(figure("X1"), "nobody's");
    await putOnRecord(places, [exampleReport("T1", {}, "same", { mode: "all" })], ["T2", "figures/X1.png"]);
    expect(Object.keys(readRecord(places.record))).toEqual(["T1"]);
    expect([existsSync(figure("T1")), existsSync(figure("X1"))]).toEqual([false, false]);
  });

  test("has no figure to lose where none was drawn or it is gone already", async () => {
    writeFileSync(places.record, serialise(old));
    await putOnRecord(places, [exampleReport("T1", refuted, "changed", { mode: "all" })], ["figures/X1.png"]);
    expect(readRecord(places.record).T1!.verdict).toBe("refuted");
  });

  test("gains what is missing and nothing else, and loses nothing, without -u", async () => {
    given();
    writeFileSync(figure("X1"), "nobody's");
    const reports = [
      exampleReport("T1", refuted, "changed", { mode: "new" }),
      exampleReport("T3", refuted, "missing", { mode: "new" }),
    ];
    await putOnRecord(places, reports, ["T2", "figures/X1.png"]);
    expect(readRecord(places.record)).toEqual({ ...old, T3: { ...exampleConclusion, ...refuted } });
    expect([existsSync(figure("T1")), existsSync(figure("X1"))]).toEqual([true, true]);
  });

  test("loses what nobody owns where -u was given to one of several machines", async () => {
    given();
    const reports = [exampleReport("T1", {}, "same", { mode: "all" }), exampleReport("T3", {}, "missing")];
    await putOnRecord(places, reports, ["T2"]);
    expect(Object.keys(readRecord(places.record))).toEqual(["T1"]);
  });

  test("is not written again where it says so already", async () => {
    given();
    const before = statSync(places.record).ino;
    await putOnRecord(places, [exampleReport("T1", {}, "same", { mode: "all" })], []);
    // A new file would take the old one's place.
    expect(statSync(places.record).ino).toBe(before);
  });

  test("gains what was missing, and a figure missing beside a conclusion that is there", async () => {
    const picture: Report["picture"] = { state: "missing", actual: drawn };
    await putOnRecord(places, [exampleReport("T1", {}, "missing", { mode: "new", picture })], []);
    expect(Object.keys(readRecord(places.record))).toEqual(["T1"]);
    rmSync(figure("T1"));
    await putOnRecord(places, [exampleReport("T1", {}, "same", { mode: "new", picture })], []);
    expect(text(figure("T1"))).toBe("drawn");
  });
});

test("figures that the record needs and that are not there are named", async () => {
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
  expect(absentFigures(places, reports)).toEqual(["absent/T1.png"]);
});

test("runs that write at once lose nothing of each other's", async () => {
  given();
  const ids = Array.from({ length: 12 }, (_, i) => `X${i}`);
  await Promise.all(ids.map((id) => putOnRecord(places, [exampleReport(id, {}, "missing", { mode: "new" })], [])));
  expect(Object.keys(readRecord(places.record)).sort()).toEqual(["T1", "T2", ...ids].sort());
});

test("a run killed at any moment leaves the record as it was, or as it was to be", {
  timeout: 60_000,
}, async () => {
  const script = `
    import { putOnRecord } from ${JSON.stringify(join(import.meta.dirname, "write.ts"))};
    import { placesIn } from ${JSON.stringify(join(import.meta.dirname, "places.ts"))};
    import { exampleReport } from ${JSON.stringify(join(import.meta.dirname, "../testing/report.ts"))};
    const picture = { state: "different", actual: "drawn.png" };
    const reports = Array.from({ length: 40 }, (_, i) =>
      exampleReport("T" + i, { verdict: "refuted", figure: true }, "changed", { mode: "all", picture }));
    process.stdout.write("ready");
    await putOnRecord(placesIn(${JSON.stringify(directory)}), reports, []);`;
  const file = join(directory, "write.mts");
  writeFileSync(file, script);
  const ids = Array.from({ length: 40 }, (_, i) => `T${i}`);
  const before = Object.fromEntries(ids.map((id) => [id, { ...exampleConclusion, figure: true }]));
  const found = new Set<string>();
  for (let delay = 0; delay < 12; delay++) {
    writeFileSync(places.record, serialise(before));
    for (const id of ids) writeFileSync(figure(id), "old");
    const child = spawn(process.execPath, ["--import", "tsx", file], { stdio: ["ignore", "pipe", "ignore"] });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    await new Promise((resolve) => setTimeout(resolve, delay));
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("close", resolve));
    // Another run would wait until it is stale.
    rmSync(`${join(directory, "snapshots")}.lock`, { recursive: true, force: true });
    await finishPending(places);
    const verdicts = Object.values(readRecord(places.record)).map(({ verdict }) => verdict);
    const states = new Set([...verdicts, ...ids.map((id) => (text(figure(id)) === "old" ? "holds" : "refuted"))]);
    expect([...states]).toHaveLength(1);
    found.add([...states].join());
  }
  expect(found.size).toBeGreaterThan(0);
});

test("a lock that cannot be made is told at once, and one that is held is waited for", async () => {
  given();
  const fresh = [exampleReport("T1", refuted, "changed", { mode: "all" })];
  const lock = `${join(directory, "snapshots")}.lock`;
  const start = performance.now();
  writeFileSync(lock, "");
  await expect(putOnRecord(places, fresh, [])).rejects.toThrow(`a file is where the lock is to be: ${lock}`);
  expect(performance.now() - start).toBeLessThan(5000);
  expect(readRecord(places.record)).toEqual(old);
  rmSync(lock);
  mkdirSync(lock);
  setTimeout(() => rmSync(lock, { recursive: true }), 300);
  await putOnRecord(places, fresh, []);
  expect(readRecord(places.record).T1).toMatchObject(refuted);
});
