import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { type Break, breaksOf, broken } from "./break.ts";
import all from "./breaks.json" with { type: "json" };

const file = "scripts/mutation/break.ts";
const some: Break = {
  name: "some",
  change: "the spec files are not counted",
  file,
  search: "specs.length === 0",
  replacement: "false",
  specs: ["tied/loss"],
};
const checked = (...changes: Partial<Break>[]) =>
  breaksOf(
    ".",
    changes.map((change) => ({ ...some, ...change })),
  );

test.each(all)("$name fits the code and the specs as they are", (each) => {
  expect(breaksOf(".", [each])).toEqual([each]);
});

test("the list is sorted by file, and every name is given once", () => {
  const files = all.map((each) => each.file);
  expect(files).toEqual(files.toSorted());
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});

test("the text is replaced, and nothing else", () => {
  const place = { ...some, file: "package.json", search: '"private": true', replacement: '"private": false' };
  expect(JSON.parse(broken(".", place))).toEqual({ ...manifest, private: false });
});

test("what a break gets wrong is told, with its name", () => {
  expect(checked({})).toEqual([some]);
  expect(() => checked({}, {})).toThrow('name of a break: "some"; expected one that no other');
  expect(() => checked({ file: "nowhere.ts" })).toThrow('file of some: "nowhere.ts"');
  expect(() => checked({ search: "nowhere" })).toThrow(
    `search of some: "nowhere"; expected a text found once, not 0 times, in ${file}`,
  );
  expect(() => checked({ search: "existsSync(" })).toThrow("not 2 times");
  expect(() => checked({ replacement: some.search })).toThrow("replacement of some");
  expect(() => checked({ specs: [] })).toThrow("specs of some: []");
  expect(() => checked({ specs: ["tied/loss", "tied/none"] })).toThrow('spec of some: "tied/none"');
});
