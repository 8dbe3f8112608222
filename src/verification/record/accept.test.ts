import { describe, expect, test } from "vitest";
import { acceptCommand } from "./accept.ts";

describe("the command that accepts", () => {
  test.each([
    ["T1 a claim", "^T1 "],
    ["T1", "^T1$"],
    ["T1.b a claim", "^T1\\.b "],
  ])("%s alone", (title, pattern) => {
    expect(acceptCommand(title)).toBe(`npx vitest run --project hypotheses -t "${pattern}" -u`);
    const matched = ["T1 a claim", "T10 a claim", "T1b a", "T1.b a claim", "T1xb a", "B1 as in T1 a claim", "T1"];
    expect(matched.filter((other) => new RegExp(pattern).test(other))).toEqual([title]);
  });

  test("everything", () => {
    expect(acceptCommand()).toBe("npx vitest run --project hypotheses -u");
  });
});
