import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { packagesOf, versionOf } from "./packages.ts";

const files = {
  "node_modules/a/package.json": `{ "version": "1.0.0", "dependencies": { "b": "*" }, "peerDependencies": { "gone": "*" } }`,
  "node_modules/a/node_modules/b/package.json": `{ "version": "2.0.0", "optionalDependencies": { "c": "*" } }`,
  "node_modules/b/package.json": `{ "version": "3.0.0" }`,
  "node_modules/c/package.json": `{ "version": "4.0.0", "dependencies": { "a": "*" } }`,
  "node_modules/@scope/one/package.json": `{ "version": "5.0.0" }`,
};
let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "packages-")));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
});
afterEach(() => rmSync(root, { recursive: true }));

test("a package comes with all that it needs, each once, the nearest of a name first", () => {
  const found = packagesOf("a/some/file.js", root).map(({ name, version }) => `${name} ${version}`);
  expect(found).toEqual(["a 1.0.0", "b 2.0.0", "c 4.0.0"]);
  expect(packagesOf("gone", root)).toEqual([]);
});

test("its version is the installed one, from the root or above it", () => {
  const inner = join(root, "x/y");
  mkdirSync(inner, { recursive: true });
  expect(versionOf("b/sub/path", inner)).toBe("3.0.0");
  expect(versionOf("@scope/one/sub", root)).toBe("5.0.0");
  expect(versionOf("not-installed", root)).toBe("absent");
});
