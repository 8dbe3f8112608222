import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folders = ["src", "scripts", "bench", "hypotheses"];
const files = folders.flatMap((folder) =>
  (readdirSync(folder, { recursive: true }) as string[]).map((name) => join(folder, name)),
);

test("no file's URL is made a path by its pathname, in which a space is %20, and C: has a slash before it", () => {
  const sources = ["vitest.config.ts", ...files].filter((file) => /\.(ts|mjs)$/.test(file));
  expect(sources.length).toBeGreaterThan(400);
  const wrong = /import\.meta\.url\)\.pathname/;
  expect(sources.filter((file) => wrong.test(readFileSync(file, "utf8")))).toEqual([]);
});
