import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Report } from "../report.ts";
import { exampleConclusion, exampleReport } from "../testing/report.ts";
import { type Entry, entries } from "./entry.ts";
import { png } from "./testing/example.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "entry-"));
  for (const folder of ["figures", "reports/figures/recorded", "reports/figures/differences"])
    mkdirSync(join(root, folder), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const drawn = (...files: string[]) => {
  for (const file of files) writeFileSync(join(root, file), png(0));
};
function entryOf(
  state: Report["picture"]["state"] | undefined,
  outcome: "same" | "moved" | "missing" = "same",
): Entry {
  const conclusion = { ...exampleConclusion, figure: true };
  const reports = state
    ? [exampleReport("T1", conclusion, outcome, { picture: { state } as Report["picture"] })]
    : [];
  const places = { reports: join(root, "reports"), figures: join(root, "figures") };
  return entries(reports, { T1: conclusion }, [], places)[0]!;
}
const sources = ({ figure, before, difference }: Entry) =>
  [figure, before, difference].map((picture) => picture?.src);

describe("the pictures of an entry", () => {
  const everywhere = [
    "figures/T1.png",
    ...["", "recorded/", "differences/"].map((at) => `reports/figures/${at}T1.png`),
  ];

  test("are this run's, those before, and the difference, where they differ", () => {
    drawn(...everywhere);
    expect(sources(entryOf("different"))).toEqual([
      "figures/T1.png",
      "figures/recorded/T1.png",
      "figures/differences/T1.png",
    ]);
    expect(entryOf("different").figure).toEqual({ src: "figures/T1.png", width: 40, height: 30 });
  });

  test.each(["same", "alike"] as const)("are this run's only, where they are %s", (state) => {
    drawn(...everywhere);
    expect(sources(entryOf(state))).toEqual(["figures/T1.png", undefined, undefined]);
  });

  test.each([
    ["same", "../figures/T1.png"],
    ["alike", "../figures/T1.png"],
    ["different", undefined],
    ["missing", undefined],
    [undefined, "../figures/T1.png"],
  ] as const)(
    "is the record's, where this run's (%s) is not here, if it would be the same: %s",
    (state, source) => {
      drawn("figures/T1.png");
      expect(entryOf(state).figure?.src).toBe(source);
    },
  );

  test("before is the record's, where nothing was kept aside; without a difference there is none", () => {
    drawn("figures/T1.png", "reports/figures/T1.png");
    expect(sources(entryOf("different"))).toEqual(["figures/T1.png", "../figures/T1.png", undefined]);
    rmSync(join(root, "figures/T1.png"));
    expect(sources(entryOf("different"))).toEqual(["figures/T1.png", undefined, undefined]);
  });

  test("is none for what is not a picture, or cut short", () => {
    drawn("figures/T1.png");
    for (const content of [png(0).subarray(0, 23), Buffer.from("a text that is long enough to be a head")]) {
      writeFileSync(join(root, "reports/figures/T1.png"), content);
      expect(sources(entryOf("same"))[0]).toBe("../figures/T1.png");
    }
  });

  test("is none where the conclusion has none", () => {
    drawn("figures/T1.png");
    const places = { reports: join(root, "reports"), figures: join(root, "figures") };
    expect(entries([], { T1: exampleConclusion }, [], places)[0]).not.toHaveProperty("figure");
  });
});

test("a conclusion's state is what the comparison says; moved where only the picture differs", () => {
  expect(entryOf("different").state).toBe("moved");
  expect(entryOf("same").state).toBe("same");
  expect(entryOf("same", "moved").state).toBe("moved");
  expect(entryOf("different", "missing").state).toBe("new");
  expect(entryOf(undefined).state).toBe("on record");
});
