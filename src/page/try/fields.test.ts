import { expect, test } from "vitest";
import { flags } from "../../explore/flags.ts";
import { fields, inOrder, shownValue, withValue } from "./fields.ts";
import { presets } from "./presets.ts";

const field = (name: string) => fields.find((one) => one.name === name)!;
const none = new Map();

test("every flag that says what to train has a control", () => {
  const names = fields.flatMap(({ name }) => (name === "tied" ? ["tied", "untied"] : [name]));
  const others = ["checkpoints", "engine", "json", "figure", "help"];
  expect([...names, ...others].sort()).toEqual(Object.keys(flags).sort());
});

test("a control shows what was put into it", () => {
  for (const [name, value] of [
    ["features", "8"],
    ["tied", "untied"],
    ["tied", "tied"],
    ["output-bias", "on"],
    ["loss", "mse"],
  ] as const) {
    const given = withValue(none, field(name), value);
    expect(shownValue(given, field(name))).toBe(value);
    expect(withValue(given, field(name), "").size).toBe(0);
  }
});

test("flags are those of the command line: no spaces, a switch has no value, weights are tied or untied", () => {
  expect([...withValue(none, field("lr"), " 0.1 : 3 : 2 ")]).toEqual([["lr", "0.1:3:2"]]);
  expect([...withValue(none, field("hidden-bias"), "on")]).toEqual([["hidden-bias", ""]]);
  const tied = withValue(none, field("tied"), "tied");
  expect([...withValue(tied, field("tied"), "untied").keys()]).toEqual(["untied"]);
});

test("other data take along what was said of the former", () => {
  const given = withValue(withValue(none, field("data"), "k-hot"), field("active"), "3");
  expect([...withValue(given, field("data"), "one-hot")]).toEqual([["data", "one-hot"]]);
  expect([...withValue(given, field("data"), "k-hot").keys()]).toEqual(["data", "active"]);
});

test("flags stand in the form's order, however they came", () => {
  for (const { given } of presets) expect([...inOrder(new Map([...given].reverse()))]).toEqual([...given]);
});
