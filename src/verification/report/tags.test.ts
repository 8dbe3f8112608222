import { expect, test } from "vitest";
import { allTags, tagsOf } from "./tags.ts";

const note = {
  title: "A text",
  author: "Somebody",
  url: "https://example.org",
  sections: [{ id: "one", title: "The first" }],
  rows: [],
  errata: [],
};

test("a hypothesis is tagged by role, kind, section and verdict on record", () => {
  const kind = "population" as const;
  const about = { row: "T1", section: "one", kind };
  expect(tagsOf({ ...about, role: "as printed", verdict: "refuted" })).toEqual([
    "as-printed",
    "population",
    "one",
    "refuted",
  ]);
  expect(tagsOf({ ...about, role: "repaired", verdict: "in part" })).toEqual([
    "repaired",
    "population",
    "one",
    "in-part",
  ]);
  const mine = { row: null, role: null, section: "My own", kind, verdict: undefined };
  expect(tagsOf(mine)).toEqual(["own", "population", "not-on-record"]);
});

test("every tag is listed, once", () => {
  const names = allTags(note).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(
    expect.arrayContaining(["as-printed", "instrument", "own", "exact", "one", "measured", "in-part", "not-on-record"]),
  );
});
