import { join } from "node:path";
import { expect, type TestContext, test } from "vitest";
import { detailsOf } from "./details.ts";
import type { Finding } from "./finding.ts";

const task = (location?: { line: number; column: number }) =>
  ({
    name: "T1 x",
    file: { filepath: join(process.cwd(), "hypotheses", "a.spec.ts") },
    location,
  }) as TestContext["task"];
const finding = {} as Finding;

test("details say where a hypothesis stands and how it was read", () => {
  expect(detailsOf(task({ line: 7, column: 1 }), "so", finding)).toEqual({
    title: "T1 x",
    file: "hypotheses/a.spec.ts",
    line: 7,
    reading: "so",
    galleries: [],
  });
  expect(
    detailsOf(task(), undefined, { ...finding, galleries: [{ label: "given" } as never] }),
  ).toMatchObject({
    line: null,
    reading: null,
    galleries: [{ label: "given" }],
  });
});

test("a file's path has the same signs on every system", () => {
  const windows = { name: "T1", file: { filepath: "hypotheses\\deep\\a.spec.ts" } } as TestContext["task"];
  expect(detailsOf(windows, undefined, finding).file).toBe("hypotheses/deep/a.spec.ts");
});
