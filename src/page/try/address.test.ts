import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import type { Given } from "../../explore/training.ts";
import { fromAddress, inFragment, toAddress, withTry } from "./address.ts";
import { fields, withValue } from "./fields.ts";
import { presets } from "./presets.ts";

const typed = fc.array(fc.tuple(fc.constantFrom(...fields), fc.string({ maxLength: 12 })), { maxLength: 9 });

test.prop([typed])("an address gives the form back, whatever was typed into it", (changes) => {
  const given = changes.reduce<Given>(
    (flags, [field, value]) =>
      withValue(flags, field, field.name === "tied" ? (value.length > 5 ? "untied" : "tied") : value),
    new Map() as Given,
  );
  const address = toAddress(given);
  expect(address).not.toMatch(/[&# ]/);
  expect([...fromAddress(address).given]).toEqual([...given]);
  expect(fromAddress(address).unknown).toEqual([]);
  expect(inFragment(`#${withTry("#role=answer", address)}`)).toBe(address);
});

test("it can be read", () => {
  expect(toAddress(presets[8]!.given)).toBe(
    "features=8;hidden=8,2,8;untied;loss=mse;nonlinearity=relu;steps=4000;lr=0.128:1.28:0.32;seeds=20000..20031;warmup=0.05",
  );
});

test("what the form does not have is told", () => {
  const { given, unknown } = fromAddress("features=8;colour=red;hidden;tied=yes;features=9;json=out.json;lr=%ZZ");
  expect([...given]).toEqual([
    ["features", "8"],
    ["lr", "%ZZ"],
  ]);
  expect(unknown).toEqual(["colour=red", "hidden", "tied=yes", "features=9", "json=out.json"]);
});

test("filters stay beside it, and the id of a hypothesis gives way", () => {
  expect(withTry("#role=answer&try=tied", "untied")).toBe("role=answer&try=untied");
  expect(withTry("#T1", "tied")).toBe("try=tied");
  expect(withTry("#role=answer&q=a+b&try=tied", null)).toBe("role=answer&q=a+b");
  expect(withTry("#T1", null)).toBe("T1");
  expect(withTry("", null)).toBe("");
  expect(inFragment("#role=answer")).toBeNull();
  expect(inFragment("")).toBeNull();
});
