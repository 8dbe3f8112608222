import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Places, placesIn } from "../record/places.ts";
import type { ConclusionRecord } from "../record/record.ts";
import type { Report } from "../record/report.ts";
import type { Failure } from "../report/outcome.ts";
import { exampleConclusion, exampleReport } from "../testing/report.ts";
import { type Entry, entries, stateShown } from "./entry.ts";
import { png } from "./testing/example.ts";

let places: Places;
beforeEach(() => {
  places = placesIn(mkdtempSync(join(tmpdir(), "entry-")));
  for (const folder of [places.figures, ...["recorded", "differences"].map(inReports)])
    mkdirSync(folder, { recursive: true });
});
afterEach(() => rmSync(places.root, { recursive: true }));

const inReports = (name: string) => join(places.reports, "figures", name);
const kept = () => join(places.figures, "T1.png");
const fresh = () => inReports("T1.png");
const drawn = (...files: string[]) => {
  for (const file of files) writeFileSync(file, png(0));
};
const entriesOf = (reports: readonly Report[], record: ConclusionRecord, failures: readonly Failure[] = []) =>
  entries({ places, reports, record, failures });
function entryOf(state: Report["picture"]["state"] | undefined, outcome: "same" | "moved" | "missing" = "same"): Entry {
  const conclusion = { ...exampleConclusion, figure: true };
  const picture = {
    state: state ?? "none",
    actual: "reports/figures/T1.png",
    difference: "reports/figures/differences/T1.png",
  };
  const reports = state ? [exampleReport("T1", conclusion, outcome, { picture })] : [];
  return entriesOf(reports, { T1: conclusion })[0]!;
}
const sources = ({ figure, before, difference }: Entry) => [figure, before, difference].map((picture) => picture?.src);

describe("the pictures of an entry", () => {
  const everywhere = () => [kept(), fresh(), ...["recorded/T1.png", "differences/T1.png"].map(inReports)];

  test("are this run's, those before, and the difference, where they differ", () => {
    drawn(...everywhere());
    expect(sources(entryOf("different"))).toEqual([
      "figures/T1.png",
      "figures/recorded/T1.png",
      "figures/differences/T1.png",
    ]);
    expect(entryOf("different").figure).toEqual({ src: "figures/T1.png", width: 40, height: 30 });
  });

  test.each(["same", "alike"] as const)("are this run's only, where they are %s", (state) => {
    drawn(...everywhere());
    expect(sources(entryOf(state))).toEqual(["figures/T1.png", undefined, undefined]);
  });

  test.each([
    ["same", "../snapshots/figures/T1.png"],
    ["alike", "../snapshots/figures/T1.png"],
    ["different", undefined],
    ["missing", undefined],
    [undefined, "../snapshots/figures/T1.png"],
  ] as const)("is the record's, where this run's (%s) is not here, if it would be the same: %s", (state, source) => {
    drawn(kept());
    expect(entryOf(state).figure?.src).toBe(source);
  });

  test("before is the record's, where nothing was kept aside; without a difference there is none", () => {
    drawn(kept(), fresh());
    expect(sources(entryOf("different"))).toEqual(["figures/T1.png", "../snapshots/figures/T1.png", undefined]);
    rmSync(kept());
    expect(sources(entryOf("different"))).toEqual(["figures/T1.png", undefined, undefined]);
  });

  test("is none for what is not a picture, or cut short", () => {
    drawn(kept());
    for (const content of [png(0).subarray(0, 23), Buffer.from("a text that is long enough to be a head")]) {
      writeFileSync(fresh(), content);
      expect(sources(entryOf("same"))[0]).toBe("../snapshots/figures/T1.png");
    }
  });

  test("is none where the conclusion has none", () => {
    drawn(kept());
    expect(entriesOf([], { T1: exampleConclusion })[0]!.figure).toBeUndefined();
  });
});

test("entries are what was concluded and what is on record, by id, the run's first", () => {
  const report = exampleReport("T10", { claim: "of this run" });
  const record = { T2: exampleConclusion, T10: exampleConclusion };
  const all = entriesOf([report], record);
  expect(all.map(({ id }) => id)).toEqual(["T2", "T10"]);
  expect(all[1]!.conclusion.claim).toBe("of this run");
  expect(all.map(({ spec }) => spec)).toEqual([undefined, "../hypotheses/one.spec.ts"]);
});

test("a conclusion's state is what the comparison says; moved where only the picture differs", () => {
  expect(entryOf("different").state).toBe("moved");
  expect(entryOf("same").state).toBe("same");
  expect(entryOf("same", "moved").state).toBe("moved");
  expect(entryOf("different", "missing").state).toBe("new");
  expect(entryOf(undefined).state).toBe("on record");
});

describe("what failed", () => {
  const failure = { id: "T1", title: "an example", message: "no" };
  const record = { T1: exampleConclusion };

  test("is that before it is anything else, and keeps what it came to", () => {
    const [undone] = entriesOf([], record, [failure]);
    expect([undone!.state, stateShown(undone!), undone!.failures]).toEqual(["on record", "failed", [failure]]);
    const changed = exampleReport("T1", {}, "changed");
    const [objected] = entriesOf([changed], record, [failure]);
    expect([objected!.state, stateShown(objected!), objected!.report]).toEqual(["changed", "failed", changed]);
    expect(stateShown(entriesOf([], record, [{ ...failure, id: "T10" }])[0]!)).toBe("on record");
  });

  test("without a conclusion has no entry", () => {
    expect(entriesOf([], {}, [failure])).toEqual([]);
  });
});

test("what is on record has its spec where that is still there, whether or not a run knows the line", () => {
  const specOf = (spec: string) => entriesOf([], { T1: { ...exampleConclusion, spec } })[0]!.spec;
  expect(specOf("hypotheses/one.spec.ts")).toBeUndefined();
  mkdirSync(join(places.root, "hypotheses"));
  writeFileSync(join(places.root, "hypotheses/one.spec.ts"), "");
  expect(specOf("hypotheses/one.spec.ts")).toBe("../hypotheses/one.spec.ts");
  // As in records from before they knew the files.
  expect(specOf(undefined as unknown as string)).toBeUndefined();
});
