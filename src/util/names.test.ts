import { expect, test } from "vitest";
import { demandKnown } from "./names.ts";

test("an unknown key is named, with the nearest known one", () => {
  const known = ["endPoints", "observe", "expect"];
  expect(() => demandKnown("T1", { observe: 1, expect: 2 }, known)).not.toThrow();
  expect(() => demandKnown("T1", { observe: 1, endpoints: false }, known)).toThrow(
    'unknown field "endpoints" of T1; did you mean "endPoints"?',
  );
});
